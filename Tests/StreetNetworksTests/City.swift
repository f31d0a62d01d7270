import GeometryKernel
import TestSupport
import WorkControl

@testable import StreetNetworks

/// A network, a mode and a tree over it.
struct City {
  let graph: StreetGraph
  let travel: TravelGraph
  let tree: EdgeTree

  init(_ graph: StreetGraph, _ mode: TravelMode = .walk, _ measure: TravelMeasure = .length) throws {
    self.graph = graph
    travel = try TravelGraph(graph, mode, measure)
    tree = EdgeTree(graph)
  }

  init(_ drawing: Drawing, _ mode: TravelMode = .walk, _ measure: TravelMeasure = .length) throws {
    try self.init(drawing.graph(), mode, measure)
  }

  func snap(_ points: GeometryArray, _ snapping: Snapping = Snapping(), workers: Workers = .one) throws -> SnappedPoints
  {
    try tree.snap(points, to: travel, snapping, workers: workers)
  }

  func nearest(
    _ facilities: GeometryArray, of points: GeometryArray, within limit: Double = .infinity,
    _ direction: TravelDirection = .toFacilities, _ snapping: Snapping = Snapping()
  ) throws -> NearestFacilities {
    try NearestReach(of: snap(facilities, snapping), over: travel, within: limit, direction: direction)
      .nearest(of: snap(points, snapping))
  }
}
