import GeometryKernel
import SpatialIndexes

/// Service areas of facilities: the streets that they reach, widened and closed over small holes.
///
/// An area holds what is within the width of a reached street and at least as near to it as to any street of the mode
/// that is not reached: it ends in the middle between the banks of a river, and at right angles where the time runs out.
/// Buffers of the reached streets are how walkability studies draw service areas (Forsyth, Van Riper, Larson, Wall,
/// Neumark-Sztainer, *Creating a replicable, valid cross-platform buffering technique: the sausage network buffer*,
/// 2012); that unreached streets hold them back is ours.
public struct ServiceAreas: Sendable {
  /// Metres on either side of a street, above 0.
  public let width: Double
  /// Square metres: holes up to this size are closed where no street of the mode lies in them.
  public let largestHole: Double
  private let lines: ServiceLines
  private let travel: TravelGraph
  private let edges: EdgeTree

  /// A street and the plots along it.
  public static let usualWidth = 25.0
  /// The inside of a city block of 250 m by 250 m.
  public static let usualLargestHole = 40_000.0

  /// - Parameters:
  ///   - lines: Stretches of streets by facility; what a facility has none of is unreached for it.
  ///   - edges: The tree of the network over which the stretches were found.
  public init(
    _ lines: ServiceLines, over travel: TravelGraph, _ edges: EdgeTree, width: Double = usualWidth,
    largestHole: Double = usualLargestHole
  ) {
    self.lines = lines
    self.travel = travel
    self.edges = edges
    self.width = width
    self.largestHole = largestHole
  }

  /// Areas, a row each, whose union is the service area of a facility with all its holes; neighbours one after another,
  /// so that runs of them can be united by themselves.
  ///
  /// - Complexity: O(s log s + s log e) for s stretches of the facility among e edges.
  public func pieces(of facility: Int) -> GeometryArray {
    edges.withView(travel.graph) { tree in
      var streets = WidenedStreets(
        ReachedStreets(lines, facility: Int32(facility), travel, tree), width: width)
      let areas = streets.widened()
      let boxes = areas.boxes()
      return areas.gather(hilbertOrder(boxes.map(\.centerX), boxes.map(\.centerY)))
    }
  }

  /// The union of the pieces without its small holes.
  ///
  /// - Parameter union: One row of areas, or of nothing.
  /// - Complexity: O(holes · (log edges + vertices of the hole)).
  public func closingSmallHoles(of union: GeometryArray, facility: Int) -> GeometryArray {
    guard union.count == 1, largestHole > 0 else { return union }
    return edges.withView(travel.graph) { tree in
      SmallHoles(ReachedStreets(lines, facility: Int32(facility), travel, tree), largest: largestHole).closed(union)
    }
  }
}
