import GeometryKernel
import GeometryOperations
import SpatialIndexes
import WorkControl

/// Gaps and overlaps between areas that should tile: districts, parcels, cells.
///
/// Where areas tile, each edge between two of them runs once in either direction with the same vertices. Rows all of whose
/// edges do are settled by comparing edges; only rows with other edges, and the pairs with one of them, are overlaid by GEOS
/// (the division that JTS `CoverageValidator` makes). What is narrower than a centimetre on average is the rounding of
/// coordinates, not a gap.
///
/// - Overlap: two areas share an area. Certain.
/// - Gap: a hole in the union of all areas. Certain, if they should tile; a wedge that is open to the outside is none.
///
/// O(edges), and O(n log n) in the vertices of the rows that are not settled. Rows that are not valid are left out.
enum Coverage {
  /// Metres.
  static let leastWidth = 0.01

  static func symptoms(of layer: CheckedLayer, invalid: Set<Int32>, _ workers: Workers) throws -> [Symptom] {
    guard let geometry = layer.geometry?.rightHanded(), geometry.maximumDimension == .area else { return [] }
    try workers.monitor.report("comparing edges", fraction: nil, done: 0)
    var use = (0..<geometry.count).map { row in
      !geometry.isNullOrEmpty(at: row) && !invalid.contains(Int32(row))
        && geometry.parts(at: row).allSatisfy { geometry.dimension(ofPart: $0) == .area }
    }
    let settled = try geometry.withView { try SettledRows($0, among: use, workers.monitor) }
    for row in use.indices where settled.rows[row] { use[row] = false }
    let open = use.indices.filter { use[$0] }.map { Int32($0) }
    return [
      Symptom(kind: .overlap, sites: try overlaps(layer, geometry, open, settled, workers)),
      Symptom(kind: .gap, sites: try gaps(layer, geometry, open, settled, workers)),
    ]
  }

  // MARK: Overlaps

  private static func overlaps(
    _ layer: CheckedLayer, _ geometry: GeometryArray, _ open: [Int32], _ settled: SettledRows, _ workers: Workers
  ) throws -> [Symptom.Site] {
    let index = try SpatialIndex(geometry, workers: workers)
    try workers.monitor.report("finding neighbours", fraction: nil, done: 0)
    let candidates = index.candidates(of: open.map { geometry.box(at: Int($0)) })
    var left: [Int32] = []
    var right: [Int32] = []
    for (number, row) in open.enumerated() {
      for other in candidates.rows[candidates.range(of: number)] where settled.isUsed[Int(other)] {
        // A pair of open rows comes up from both sides.
        if other > row || (other < row && settled.rows[Int(other)]) {
          left.append(min(row, other))
          right.append(max(row, other))
        }
      }
    }
    let (pairLeft, pairRight) = (left, right)
    let runs = workers.runs(of: left.count, atLeast: 256)
    let sites = try workers.map(pieces: runs.count) { piece in
      try workers.monitor.report(
        "overlaying neighbours", fraction: Double(piece) / Double(runs.count), done: runs[piece].lowerBound)
      return try overlaps(layer, geometry, Array(pairLeft[runs[piece]]), Array(pairRight[runs[piece]]))
    }
    return sites.flatMap { $0 }.sorted { ($0.row ?? 0, $0.other ?? 0) < ($1.row ?? 0, $1.other ?? 0) }
  }

  private static func overlaps(
    _ layer: CheckedLayer, _ geometry: GeometryArray, _ left: [Int32], _ right: [Int32]
  ) throws -> [Symptom.Site] {
    let shared = try inGEOS {
      try $0.intersection(geometry, rows: left, with: geometry, rows: right, keeping: .area, validity: .known)
    }
    return shared.withView { view in
      left.indices.compactMap { pair in
        let box = view.finiteBox(at: pair)
        guard !box.isEmpty, let size = layer.size(of: shared, pair), size.width > leastWidth else { return nil }
        return Symptom.Site(
          row: Int(left[pair]), other: Int(right[pair]), x: box.centerX, y: box.centerY,
          detail: "\(shown(size.area)) shared with \(layer.label(of: Int(right[pair])))")
      }
    }
  }

  // MARK: Gaps

  private static func gaps(
    _ layer: CheckedLayer, _ geometry: GeometryArray, _ open: [Int32], _ settled: SettledRows, _ workers: Workers
  ) throws -> [Symptom.Site] {
    guard open.count > 1 else { return [] }
    try workers.monitor.report("uniting areas", fraction: nil, done: open.count)
    let united = settled.neighbours(of: open, in: geometry)
    let union = try inGEOS { try $0.union(geometry.gather((open + united).sorted()), validity: .known) }
    try workers.monitor.check()
    let holes = union.holes
    guard holes.count > 0 else { return [] }
    // What settled rows fill is no gap: none of their edges lies in or on one.
    var filled = [Bool](repeating: false, count: holes.count)
    var xs: [Double] = []
    var ys: [Double] = []
    for row in settled.rows.indices where settled.rows[row] {
      let first = geometry.coordinates(at: row).lowerBound
      xs.append((geometry.xs[first] + geometry.xs[first + 1]) / 2)
      ys.append((geometry.ys[first] + geometry.ys[first + 1]) / 2)
    }
    for hole in SpatialIndex(holes).firstContaining(GeometryArray(pointsX: xs, y: ys)) where hole >= 0 {
      filled[Int(hole)] = true
    }
    let sites = (0..<holes.count).compactMap { hole -> Symptom.Site? in
      guard !filled[hole], let size = layer.size(of: holes, hole), size.width > leastWidth else { return nil }
      let box = holes.box(at: hole)
      return Symptom.Site(row: nil, other: nil, x: box.centerX, y: box.centerY, detail: shown(size.area))
    }
    return sites.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
  }

  private static func inGEOS<Result>(_ work: (GEOSContext) throws -> Result) throws -> Result {
    do {
      return try work(GEOSContext())
    } catch let error as GeometryError where error == .cancelled {
      throw Cancelled()
    }
  }

  /// An area in square metres, as people write it.
  static func shown(_ area: Double) -> String {
    if area >= 1e5 { return "\((area / 1e4).rounded() / 100) km²" }
    return area >= 1 ? "\(Int(area.rounded())) m²" : "\((area * 1e4).rounded() / 1e4) m²"
  }
}

extension GeometryArray {
  /// The holes of all areas, each as an area.
  fileprivate var holes: GeometryArray {
    var builder = GeometryArrayBuilder()
    for row in 0..<count {
      for part in parts(at: row) where dimension(ofPart: part) == .area {
        for ring in rings(ofPart: part).dropFirst() {
          let run = coordinates(ofRing: ring)
          builder.beginRow(.polygon)
          builder.beginPart(.area)
          builder.addRing(xs: xs[run], ys: ys[run])
          builder.endRow()
        }
      }
    }
    return builder.finish()
  }
}
