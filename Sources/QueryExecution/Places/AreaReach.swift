import DiscCoverage
import GeometryKernel
import GeometryOperations
import QueryPlanning
import SpatialIndexes
import WorkControl

/// What lies within reach of facilities as an area, for coverage by area and for gaps. In a straight line: of points
/// exactly, by discs; of lines and areas by buffers, whose round corners are polygons. Along streets: the outline of one
/// service area of all facilities.
enum AreaReach: Sendable, CustomStringConvertible {
  case discs(DiscUnion)
  /// One area a facility.
  case buffers(SpatialIndex)
  /// The parts of the service area, and what was walked.
  case streets(SpatialIndex, String)

  /// Chords in a quarter circle, where there are chords: two degrees each.
  private static let quadrantSegments = DiscUnion.chordsPerCircle / 4

  /// - Parameter others: The inputs behind the rows: the facilities first, what the reach adds last.
  /// - Throws: `Diagnostic` for a network or a mode that cannot be used, or an invalid facility area; `Cancelled`.
  init(_ reach: BoundReach, of others: [any BatchOperator], _ work: PlaceWork) throws {
    switch reach {
    case .straight(let distance):
      guard let facilities = others.first else { throw ExecutionDiagnostic.noInput(1, of: work.plan) }
      try self.init(try work.collect(facilities, 1).geometry, distance: distance, work)
    case .travel(let travel):
      let places = try work.streetPlaces(travel, others, for: .areas).1
      let served = ServedStreets(places.streets, places.entries, of: places.geometry, .merged, work)
      let lines = try served.lines(within: [places.streets.limit])
      let area = try served.areas(lines[0], ofFacilities: 1, width: LogicalPlan.Catchment.usualWidth)
      self = .streets(try work.index(area.parts()), places.description)
    }
  }

  private init(_ facilities: GeometryArray, distance: Double, _ work: PlaceWork) throws {
    if facilities.maximumDimension ?? .point == .point {
      self = .discs(try DiscUnion(around: facilities, radius: distance, workers: work.context.workers))
    } else {
      let buffers = try work.plan.inGEOS(work.context.monitor) {
        try $0.buffer(facilities, distance: distance, quadrantSegments: Self.quadrantSegments)
      }
      self = .buffers(try work.index(buffers))
    }
  }

  var description: String {
    switch self {
    case .discs(let discs): "\(discs)"
    case .buffers(let index): "buffers of \(index.indexedCount) places: \(index)"
    case .streets(_, let description): "service area: \(description)"
    }
  }

  /// How much of each area is within reach, in m².
  ///
  /// - Throws: `Diagnostic` for an invalid area, `Cancelled`.
  func coveredAreas(of areas: GeometryArray, _ work: PlaceWork) throws -> [Double] {
    switch self {
    case .discs(let discs):
      try Self.checkValidity(of: areas, work)
      return try discs.coveredAreas(of: areas, workers: work.context.workers)
    case .buffers(let index), .streets(let index, _):
      let near = index.candidates(of: areas.boxes())
      let covered = try work.plan.inGEOS(work.context.monitor) {
        try $0.clip(areas, to: index.geometry, starts: near.starts, candidates: near.rows, keeping: .area)
      }
      return (0..<areas.count).map { covered.area(at: $0) ?? 0 }
    }
  }

  /// GEOS can tell what is wrong and where; it is asked for runs of rows at once, and again for the words.
  private static func checkValidity(of areas: GeometryArray, _ work: PlaceWork) throws {
    let (plan, monitor) = (work.plan, work.context.monitor)
    let runs = work.context.workers.runs(of: areas.count, atLeast: 16)
    let areValid = try work.context.workers.map(pieces: runs.count) { piece in
      try plan.inGEOS(monitor) { try $0.validity(of: areas.slice(runs[piece])).isEmpty }
    }
    guard areValid.contains(false) else { return }
    try plan.inGEOS(monitor) { geos in
      if let defect = try geos.validity(of: areas).first { throw GeometryError.invalid(defect) }
    }
  }

  /// The parts of rows out of reach; rows all within reach become empty. Circles are drawn with chords of two degrees,
  /// which leave them by 0.0152 % of the distance at the most and towards the facility: gaps are that much too large.
  ///
  /// - Throws: `GeometryError`, `Cancelled`.
  func gaps(in rows: GeometryArray, _ geos: GEOSContext, _ monitor: WorkMonitor) throws -> GeometryArray {
    switch self {
    case .buffers(let index), .streets(let index, _):
      let near = index.candidates(of: rows.boxes())
      return try geos.erase(rows, by: index.geometry, starts: near.starts, candidates: near.rows)
    case .discs(let discs):
      var builder = GeometryArrayBuilder()
      for row in 0..<rows.count {
        let near = try discs.reaching(rows.box(at: row), workers: Workers(1, monitor: monitor))
        let this = rows.slice(row..<(row + 1))
        builder.append(near.count == 0 ? this : try Self.gaps(in: this, near, geos), row: 0)
      }
      return builder.finish()
    }
  }

  private static func gaps(in row: GeometryArray, _ discs: DiscUnion, _ geos: GEOSContext) throws -> GeometryArray {
    if let defect = try geos.validity(of: row).first { throw GeometryError.invalid(defect) }
    if row.holdsOnlyAreas, let area = row.area(at: 0), try discs.coveredAreas(of: row)[0] >= area {
      var empty = GeometryArrayBuilder()
      empty.beginRow(row.kind(at: 0))
      empty.endRow()
      return empty.finish()
    }
    if let outline = discs.outline(), let gaps = try? geos.erase(row, by: outline, validity: .known) { return gaps }
    // Where circles meet in one point the outline may be undecided: GEOS unites the discs, slowly but surely.
    let buffers = try geos.buffer(discs.centres, distance: discs.radius, quadrantSegments: quadrantSegments)
    return try geos.erase(row, by: buffers, validity: .known)
  }
}

extension GeometryArray {
  /// The parts of the only row, a row each.
  fileprivate func parts() -> GeometryArray {
    var rows = GeometryArrayBuilder()
    for part in count == 1 ? parts(at: 0) : 0..<0 {
      rows.beginRow(.polygon)
      rows.appendPart(of: self, part)
      rows.endRow()
    }
    return rows.finish()
  }
}
