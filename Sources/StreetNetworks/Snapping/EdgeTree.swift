import GeometryKernel

/// A tree of boxes over the edges of a network, to find the nearest position on a street.
///
/// An R-tree packed along a Hilbert curve (I. Kamel, C. Faloutsos, *On Packing R-trees*, 1993) in which nothing is
/// sorted and no child is named: edges are numbered along the curve already, so that node `i` of a level holds nodes
/// `8i ..< 8i + 8` of the level below. An edge of many vertices is several items, of up to eight segments each. 13 bytes
/// an edge of one item.
public struct EdgeTree: Sendable {
  static let fanOut = 8

  /// The edge of each item, and which of its vertices the item begins with.
  let itemEdges: [Int32]
  let itemVertices: [Int32]
  /// The boxes of the levels one after another, from the one over the items to the root.
  let boxes: [Box]
  /// Where in `boxes` each level begins, and the end of the last.
  let levelStarts: [Int]

  /// O(vertices).
  public init(_ graph: StreetGraph) {
    var itemEdges: [Int32] = []
    var itemVertices: [Int32] = []
    itemEdges.reserveCapacity(graph.edgeCount)
    itemVertices.reserveCapacity(graph.edgeCount)
    var boxes: [Box] = []
    boxes.reserveCapacity(graph.edgeCount / 7 + 8)
    var box = Box.empty
    for edge in 0..<graph.edgeCount {
      let last = graph.vertexCount(of: edge) - 1
      for first in stride(from: 0, to: last, by: Self.fanOut) {
        if itemEdges.count % Self.fanOut == 0, !itemEdges.isEmpty {
          boxes.append(box)
          box = .empty
        }
        itemEdges.append(Int32(edge))
        itemVertices.append(Int32(first))
        for i in first...min(first + Self.fanOut, last) {
          let vertex = graph.vertex(i, of: edge)
          box.formUnion(x: vertex.x, y: vertex.y)
        }
      }
    }
    if !itemEdges.isEmpty { boxes.append(box) }
    var levelStarts = [0, boxes.count]
    while levelStarts[levelStarts.count - 1] - levelStarts[levelStarts.count - 2] > 1 {
      let level = levelStarts[levelStarts.count - 2]..<levelStarts[levelStarts.count - 1]
      for first in stride(from: level.lowerBound, to: level.upperBound, by: Self.fanOut) {
        var box = Box.empty
        for child in first..<min(first + Self.fanOut, level.upperBound) { box.formUnion(boxes[child]) }
        boxes.append(box)
      }
      levelStarts.append(boxes.count)
    }
    self.itemEdges = itemEdges
    self.itemVertices = itemVertices
    self.boxes = boxes
    self.levelStarts = levelStarts
  }

  /// The bytes that the buffers fill.
  public var byteCount: Int { itemEdges.count * 8 + boxes.count * 32 }
}

/// The nearest position on an edge.
struct NearestPosition {
  var edge: Int32 = -1
  /// The vertex at which its segment begins, counted from the edge's first.
  var vertex: Int32 = 0
  /// How far it is along the segment, 0…1.
  var share = 0.0
  var squaredDistance: Double

  /// Whether both are one position, from wherever it was sought.
  func isAt(_ other: NearestPosition) -> Bool { (edge, vertex, share) == (other.edge, other.vertex, other.share) }
}

/// The buffers of a tree and its network for the length of one closure.
struct EdgeTreeView {
  let itemEdges: UnsafeBufferPointer<Int32>
  let itemVertices: UnsafeBufferPointer<Int32>
  let boxes: UnsafeBufferPointer<Box>
  let levelStarts: UnsafeBufferPointer<Int>
  let streets: StreetView

  /// Lowers `best` to the nearest position on an edge that `accepts` lets through, and of equally near ones to that on
  /// the smallest edge. Farther than `best` is not looked at.
  @inline(__always)
  func search(x: Double, y: Double, _ best: inout NearestPosition, accepts: (Int) -> Bool) {
    guard boxes.count > 0 else { return }
    // Eight levels of eight hold more items than there can be; at each, seven wait at the most while one is opened.
    withUnsafeTemporaryAllocation(of: (Double, Int32, Int32).self, capacity: 128) { stack in
      let top = levelStarts.count - 2
      stack.initializeElement(
        at: 0, to: (squaredDistance(x, y, boxes[boxes.count - 1]), Int32(truncatingIfNeeded: top), 0))
      var depth = 1
      while depth > 0 {
        depth -= 1
        let (square, level, node) = stack[depth]
        if square > best.squaredDistance { continue }
        let firstChild = Int(node) * EdgeTree.fanOut
        if level == 0 {
          for item in firstChild..<min(firstChild + EdgeTree.fanOut, itemEdges.count) {
            let edge = Int(itemEdges[item])
            if accepts(edge) { streets.approach(edge, from: Int(itemVertices[item]), x, y, &best) }
          }
          continue
        }
        let start = levelStarts[Int(level) - 1]
        let end = levelStarts[Int(level)] - start
        let base = depth
        for child in firstChild..<min(firstChild + EdgeTree.fanOut, end) {
          let square = squaredDistance(x, y, boxes[start + child])
          guard square <= best.squaredDistance else { continue }
          // Children in the order of their distances, the nearest on top.
          var place = depth
          while place > base, stack[place - 1].0 < square {
            stack.initializeElement(at: place, to: stack[place - 1])
            place -= 1
          }
          stack.initializeElement(at: place, to: (square, level - 1, Int32(truncatingIfNeeded: child)))
          depth += 1
        }
      }
    }
  }
}

/// As `Box.squaredDistance`, without a branch.
@inline(__always)
private func squaredDistance(_ x: Double, _ y: Double, _ box: Box) -> Double {
  let dx = max(max(box.minX - x, x - box.maxX), 0)
  let dy = max(max(box.minY - y, y - box.maxY), 0)
  return dx * dx + dy * dy
}

/// The geometry of a network for the length of one closure.
struct StreetView {
  let nodeXs: UnsafeBufferPointer<Double>
  let nodeYs: UnsafeBufferPointer<Double>
  let fromNodes: UnsafeBufferPointer<Int32>
  let toNodes: UnsafeBufferPointer<Int32>
  let vertexStarts: UnsafeBufferPointer<Int32>
  let vertexXs: UnsafeBufferPointer<Double>
  let vertexYs: UnsafeBufferPointer<Double>

  /// Compares up to eight segments of an edge, from a vertex on.
  @inline(__always)
  func approach(_ edge: Int, from first: Int, _ x: Double, _ y: Double, _ best: inout NearestPosition) {
    let inner = Int(vertexStarts[edge])
    let innerCount = Int(vertexStarts[edge + 1]) - inner
    let from = Int(fromNodes[edge])
    let to = Int(toNodes[edge])
    var ax = first == 0 ? nodeXs[from] : vertexXs[inner + first - 1]
    var ay = first == 0 ? nodeYs[from] : vertexYs[inner + first - 1]
    for vertex in first..<min(first + EdgeTree.fanOut, innerCount + 1) {
      let bx = vertex == innerCount ? nodeXs[to] : vertexXs[inner + vertex]
      let by = vertex == innerCount ? nodeYs[to] : vertexYs[inner + vertex]
      let dx = bx - ax
      let dy = by - ay
      let squaredLength = dx * dx + dy * dy
      let along = (x - ax) * dx + (y - ay) * dy
      let share = squaredLength > 0 ? min(max(along / squaredLength, 0), 1) : 0
      // From the end itself where that is nearest, so that streets which share it are equally near to the last digit.
      let px = share == 1 ? bx : ax + share * dx
      let py = share == 1 ? by : ay + share * dy
      let square = (x - px) * (x - px) + (y - py) * (y - py)
      if square < best.squaredDistance
        || (square == best.squaredDistance && (best.edge < 0 || Int32(truncatingIfNeeded: edge) < best.edge))
      {
        best = NearestPosition(
          edge: Int32(truncatingIfNeeded: edge), vertex: Int32(truncatingIfNeeded: vertex), share: share,
          squaredDistance: square)
      }
      ax = bx
      ay = by
    }
  }
}

extension EdgeTree {
  /// Calls `body` with the buffers, which must not leave it; `graph` is the one the tree was made from.
  func withView<Result>(_ graph: StreetGraph, _ body: (EdgeTreeView) throws -> Result) rethrows -> Result {
    try graph.withStreetView { streets in
      try itemEdges.withUnsafeBufferPointer { itemEdges in
        try itemVertices.withUnsafeBufferPointer { itemVertices in
          try boxes.withUnsafeBufferPointer { boxes in
            try levelStarts.withUnsafeBufferPointer { levelStarts in
              try body(
                EdgeTreeView(
                  itemEdges: itemEdges, itemVertices: itemVertices, boxes: boxes, levelStarts: levelStarts,
                  streets: streets))
            }
          }
        }
      }
    }
  }
}

extension StreetGraph {
  func withStreetView<Result>(_ body: (StreetView) throws -> Result) rethrows -> Result {
    try nodeXs.withUnsafeBufferPointer { nodeXs in
      try nodeYs.withUnsafeBufferPointer { nodeYs in
        try fromNodes.withUnsafeBufferPointer { fromNodes in
          try toNodes.withUnsafeBufferPointer { toNodes in
            try vertexStarts.withUnsafeBufferPointer { vertexStarts in
              try vertexXs.withUnsafeBufferPointer { vertexXs in
                try vertexYs.withUnsafeBufferPointer { vertexYs in
                  try body(
                    StreetView(
                      nodeXs: nodeXs, nodeYs: nodeYs, fromNodes: fromNodes, toNodes: toNodes,
                      vertexStarts: vertexStarts, vertexXs: vertexXs, vertexYs: vertexYs))
                }
              }
            }
          }
        }
      }
    }
  }

  /// The share of an edge's length at a position on one of its segments; exactly 0 and 1 at its ends. O(vertices of the
  /// edge) where it has more than two.
  func fraction(_ position: NearestPosition) -> Double {
    let edge = Int(position.edge)
    let count = vertexCount(of: edge)
    if count == 2 { return position.share }
    if position.vertex == 0, position.share == 0 { return 0 }
    if Int(position.vertex) == count - 2, position.share == 1 { return 1 }
    var before = 0.0
    var whole = 0.0
    for i in 0..<count - 1 {
      let length = distance(vertex(i, of: edge), vertex(i + 1, of: edge))
      if i < position.vertex { before += length }
      if i == position.vertex { before += position.share * length }
      whole += length
    }
    return whole > 0 ? min(before / whole, 1) : 0
  }
}
