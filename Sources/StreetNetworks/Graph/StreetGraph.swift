import GeometryKernel

/// A street network as a graph in flat buffers: nodes where streets meet or end, edges between them.
///
/// Nodes are numbered along a Hilbert curve and edges by the node at which they begin, so that what is near on the map
/// is near in memory, and a tree over the edges needs no order of its own. An edge keeps the class, the access and the
/// source row of its line and runs in the line's direction, *forward*. Its geometry is the node at which it begins, its
/// own vertices, and the node at which it ends.
///
/// **Size.** 30 bytes an edge and 24 a node, 2 more an edge where streets have speeds of their own and 8 where they have
/// heights, and 16 for each vertex between nodes: 52 bytes an edge in a city whose streets are straight between corners. What a mode
/// (`TravelGraph`) and snapping (`EdgeTree`) add keeps that under 92 where every street is open both ways.
public struct StreetGraph: Sendable, Equatable {
  /// Metres in the reference system of the lines.
  public internal(set) var nodeXs: [Double] = []
  public internal(set) var nodeYs: [Double] = []
  /// The component of each node, in the numbering of `components`.
  public internal(set) var nodeComponents: [Int32] = []
  /// Offsets into `arcs`, one more than there are nodes.
  public internal(set) var arcStarts: [Int32] = [0]
  /// The edges at each node, ascending: `edge << 1`, plus 1 where the edge ends at the node rather than begins.
  public internal(set) var arcs: [Int32] = []

  public internal(set) var fromNodes: [Int32] = []
  public internal(set) var toNodes: [Int32] = []
  /// Centimetres, rounded.
  public internal(set) var lengths: [Int32] = []
  /// The class of each edge, in the numbering of `classNames`.
  public internal(set) var classes: [UInt8] = []
  public internal(set) var access: [StreetAccess] = []
  /// Centimetres a second, 0 where the source does not say; empty where it never does.
  public internal(set) var speeds: [UInt16] = []
  /// How much longer walking forward along each edge takes than on the flat, see `SlopePace`; empty where no street has
  /// heights.
  public internal(set) var forwardPaces: [Float] = []
  /// The same backward.
  public internal(set) var backwardPaces: [Float] = []
  /// The row of the line, −1 for an edge that bridges a gap.
  public internal(set) var rows: [Int32] = []
  /// Offsets of the vertices between the nodes of an edge, one more than there are edges.
  public internal(set) var vertexStarts: [Int32] = [0]
  public internal(set) var vertexXs: [Double] = []
  public internal(set) var vertexYs: [Double] = []

  public internal(set) var classNames: [String] = []
  /// The weakly connected parts, the longest first: 0 is the main one.
  public internal(set) var components: [Component] = []

  /// A part of the network that no street joins to the rest, directions left aside.
  public struct Component: Sendable, Equatable {
    public var nodeCount = 0
    public var edgeCount = 0
    /// Centimetres.
    public var length = 0
  }

  /// No street.
  public init() {}

  public var nodeCount: Int { nodeXs.count }
  public var edgeCount: Int { fromNodes.count }

  /// Metres. O(components).
  public var totalLength: Double { Double(components.reduce(0) { $0 + $1.length }) / 100 }

  /// Nodes with a single edge end. O(nodes).
  public var deadEndCount: Int { (0..<nodeCount).count { degree(of: $0) == 1 } }

  public func degree(of node: Int) -> Int { Int(arcStarts[node + 1] - arcStarts[node]) }

  /// The main component's share of the whole length; 0 without a street.
  public var mainShare: Double {
    guard let main = components.first, totalLength > 0 else { return 0 }
    return Double(main.length) / 100 / totalLength
  }

  /// The length of the streets of each class in metres, in the numbering of `classNames`. O(edges).
  public var lengthsByClass: [Double] {
    var sums = [Int](repeating: 0, count: classNames.count)
    for edge in 0..<edgeCount { sums[Int(classes[edge])] += Int(lengths[edge]) }
    return sums.map { Double($0) / 100 }
  }

  /// The bytes that the buffers fill.
  public var byteCount: Int {
    nodeCount * 20 + arcStarts.count * 4 + arcs.count * 4 + edgeCount * 18 + speeds.count * 2 + forwardPaces.count * 8
      + vertexStarts.count * 4
      + vertexXs.count * 16
  }

  /// The box around all streets. O(vertices).
  public var extent: Box {
    var box = Box.empty
    for node in 0..<nodeCount { box.formUnion(x: nodeXs[node], y: nodeYs[node]) }
    for vertex in 0..<vertexXs.count { box.formUnion(x: vertexXs[vertex], y: vertexYs[vertex]) }
    return box
  }
}
