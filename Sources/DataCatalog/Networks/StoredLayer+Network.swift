import DataExchange
import FeatureTables
import GeometryKernel
import Projections
import StreetNetworks
import WorkControl

extension StoredLayer {
  /// Makes a street network of the layer's lines and attaches it.
  ///
  /// - Parameters:
  ///   - heights: Metres, one for each coordinate of the lines, not a number where unknown; empty for flat streets.
  ///   - system: Metric; chosen by where the lines lie where it is `nil`.
  /// - Throws: `NetworkError`, `ReferenceSystemError`, `Cancelled`.
  public mutating func attachNetwork(
    _ joining: NetworkJoining, heights: [Float] = [], in system: ReferenceSystem?, workers: Workers
  ) throws {
    guard let geometry = table.geometry, let own = referenceSystem else {
      throw NetworkError(
        .notLines, "\(name) has no geometry", fix: "a network is made of lines; import without network")
    }
    let kinds = geometry.distinctKinds
    if !kinds.isEmpty, !kinds.contains(where: \.hasLines) {
      let found = kinds.map(\.name).joined(separator: ", ")
      throw NetworkError(
        .notLines, "\(name) is a layer of \(found), and streets are lines",
        fix: "choose a layer of lines, or import without network")
    }
    let attributes = try NetworkAttributes(table, joining)
    let target = try system ?? own.working(forExtent: geometry.extent)
    let lines = try CoordinateTransform(from: own, to: target).apply(to: geometry, workers: workers)
    try workers.monitor.report("joining the streets of \(name)", fraction: nil, done: 0)
    let builder = StreetGraphBuilder(
      tolerance: joining.tolerance, planar: joining.isPlanar, bridging: joining.bridging)
    let (graph, report) = try wording {
      try builder.build(lines.geometry, heights: heights, attributes.attributes, monitor: workers.monitor)
    }
    let spread = NetworkSpread(of: try degrees(geometry, own, workers), measuredIn: target, areRows: true)
    let notes = attributes.notes + (heights.isEmpty ? [] : [Self.heightsNote(heights)])
    try attach(graph, report, joining, target, notes: notes, spread)
  }

  /// Makes a street network of ways that name their nodes and attaches it.
  ///
  /// - Throws: As above.
  public mutating func attachNetwork(
    of ways: StreetWays, in system: ReferenceSystem?, workers: Workers
  ) throws {
    let degrees = GeometryArray(pointsX: ways.longitudes, y: ways.latitudes)
    let target = try system ?? ReferenceSystem.wgs84.working(forExtent: degrees.extent)
    let nodes = try CoordinateTransform(from: .wgs84, to: target).apply(to: degrees, workers: workers).geometry
    try workers.monitor.report("joining the streets of \(name)", fraction: nil, done: 0)
    let (graph, report) = try wording {
      try StreetGraphBuilder().build(
        nodes: ways.nodes, xs: nodes.xs, ys: nodes.ys, wayStarts: ways.wayStarts, wayNodes: ways.wayNodes,
        ways.attributes, monitor: workers.monitor)
    }
    try attach(
      graph, report, nil, target, notes: [], NetworkSpread(of: degrees, measuredIn: target, areRows: false))
  }

  private static func heightsNote(_ heights: [Float]) -> String {
    let unknown = heights.count { !$0.isFinite }
    return "walking follows the heights of the streets"
      + (unknown > 0
        ? "; \(unknown) of \(heights.count) vertices have none and are taken to lie between their neighbours" : "")
  }

  /// Lines in degrees; none where they are projected and near each other, which is sooner seen in metres.
  private func degrees(_ lines: GeometryArray, _ own: ReferenceSystem, _ workers: Workers) throws -> GeometryArray {
    if own.isGeographic { return lines }
    let toDegrees = try CoordinateTransform(from: own, to: .wgs84)
    let extent = lines.extent
    guard extent.maxX - extent.minX > 300_000 || extent.maxY - extent.minY > 300_000 else {
      return GeometryArray(pointsX: [], y: [])
    }
    return try toDegrees.apply(to: lines, workers: workers).geometry
  }

  private mutating func attach(
    _ graph: StreetGraph, _ report: BuildReport, _ joining: NetworkJoining?, _ system: ReferenceSystem,
    notes: [String], _ spread: NetworkSpread?
  ) throws {
    network = LayerNetwork(
      network: TravelNetwork(graph), referenceSystem: system,
      record: try NetworkRecord(joining: joining, report: report, in: system, notes: notes, spread: spread))
  }

  /// What the builder throws, in words for a user.
  private func wording<Result>(_ build: () throws -> Result) throws -> Result {
    do { return try build() } catch let error as StreetNetworkError {
      switch error {
      case .noStreets:
        throw NetworkError(
          .noStreets, "\(name) has no street: no line of two different positions",
          fix: "choose a layer of lines, check what was left out on import, or name a smaller tolerance")
      case .wrongDistance(let name, let value):
        throw NetworkError(
          .wrongDistance, "the \(name) is \(value) m", fix: "give a length from 0 m to 1000 km, such as 0.5 m")
      default: throw NetworkError(.tooLarge, "\(name): \(error.description)", fix: error.fix)
      }
    }
  }
}

extension GeometryKind {
  fileprivate var hasLines: Bool { self == .lineString || self == .multiLineString || self == .collection }
}
