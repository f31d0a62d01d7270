import GeometryKernel
import WorkControl

@testable import StreetNetworks

/// A street map drawn in letters: a letter is a place, columns are 50 m and rows 100 m apart, so that
///
///     A---B
///
/// is a street of 200 m. What is drawn between letters is for the reader; streets are named by their places.
struct Drawing {
  private var places: [Character: (x: Double, y: Double)] = [:]
  private(set) var lines = GeometryArray()
  private(set) var access: [StreetAccess] = []
  private(set) var classes: [UInt8] = []
  private(set) var classNames = [""]

  /// - Parameter streets: `AB` is a street, `ABC` one with a vertex, `A>B` a one-way for wheels; `AB:steps` has a class.
  init(_ map: String, _ streets: String...) {
    for (row, line) in map.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for (column, letter) in line.enumerated() where letter.isLetter {
        places[letter] = (Double(column) * 50, Double(-row) * 100)
      }
    }
    var builder = GeometryArrayBuilder()
    for street in streets {
      let halves = street.split(separator: ":")
      let name = halves.count > 1 ? String(halves[1]) : ""
      if !classNames.contains(name) { classNames.append(name) }
      classes.append(UInt8(classNames.firstIndex(of: name) ?? 0))
      access.append(street.contains(">") ? .oneWay : .all)
      builder.beginRow(.lineString)
      builder.beginPart(.line)
      builder.beginRing()
      for letter in halves[0] {
        if let place = places[letter] { builder.addCoordinate(x: place.x, y: place.y) }
      }
      builder.endRow()
    }
    lines = builder.finish()
  }

  var attributes: StreetAttributes { StreetAttributes(classNames: classNames, classes: classes, access: access) }

  func graph(_ builder: StreetGraphBuilder = StreetGraphBuilder()) throws -> StreetGraph {
    try builder.build(lines, attributes).0
  }

  /// Points at places, moved by metres.
  func points(_ letters: String, dx: Double = 0, dy: Double = 0) -> GeometryArray {
    let found = letters.map { places[$0] ?? (.nan, .nan) }
    return GeometryArray(pointsX: found.map { $0.x + dx }, y: found.map { $0.y + dy })
  }
}

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
