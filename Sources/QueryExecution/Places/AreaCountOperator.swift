import FeatureTables
import GeometryKernel
import GeometryOperations
import QueryPlanning
import SpatialIndexes

/// Adds to each area how many rows of a layer share a point with it, or that number per m²: `count` and `density`.
final class AreaCountOperator: CollectingOperator {
  private let name: String
  private let isDensity: Bool
  private let areas: any BatchOperator
  private let layer: any BatchOperator
  private let work: PlaceWork
  private(set) var detail = ""
  var output: BatchReader

  init(name: String, isDensity: Bool, areas: any BatchOperator, layer: any BatchOperator, work: PlaceWork) {
    self.name = name
    self.isDensity = isDensity
    self.areas = areas
    self.layer = layer
    self.work = work
    output = BatchReader(work.context)
  }

  func compute() throws -> Batch {
    let (batch, geometry) = try work.collect(areas, 0)
    work.noteUnlessAreas(geometry.maximumDimension, ofInput: 0)
    let counts = work.plan.strategy == .indexRows ? try countAsked(geometry) : try countAsking(geometry)
    var isPlaced = Array(repeating: true, count: geometry.count)
    for row in 0..<geometry.count where geometry.isNullOrEmpty(at: row) { isPlaced[row] = false }
    let column: Column
    if isDensity {
      let measures = (0..<geometry.count).map { geometry.area(at: $0) ?? 0 }
      column = Column(
        .number(zip(counts, measures).map { $1 > 0 ? Double($0) / $1 : 0 }), validity: measures.map { $0 > 0 })
    } else {
      column = Column(.integer(counts.map(Int64.init)), validity: isPlaced.contains(false) ? isPlaced : [])
    }
    return batch.with([name: column], schema: work.plan.schema)
  }

  /// An index over the areas; the layer's rows ask, several batches at once.
  private func countAsked(_ areas: GeometryArray) throws -> [Int32] {
    let index = try work.areaIndex(areas)
    detail = "index over the areas: \(index)"
    let (plan, monitor, holdsOnlyAreas) = (work.plan, work.context.monitor, areas.holdsOnlyAreas)
    var counts = [Int](repeating: 0, count: areas.count)
    var waves = BatchWaves(work.context.workers)
    while let wave = try waves.next(
      of: layer,
      { batch -> [Int] in
        var counts = [Int](repeating: 0, count: areas.count)
        let places = batch.places
        if places.holdsOnlySinglePoints && holdsOnlyAreas {
          index.tally(places, into: &counts)
          return counts
        }
        let pairs = index.candidates(of: places.boxes()).pairs
        let answers = try plan.inGEOS(monitor) {
          try $0.test(.intersects, places, rows: pairs.queries, areas, rows: pairs.rows)
        }
        for (area, answer) in zip(pairs.rows, answers) where answer { counts[Int(area)] += 1 }
        return counts
      })
    {
      for found in wave { for area in counts.indices { counts[area] += found[area] } }
    }
    return counts.map { Int32(truncatingIfNeeded: $0) }
  }

  /// An index over the layer; the areas ask.
  private func countAsking(_ areas: GeometryArray) throws -> [Int32] {
    let geometry = try work.collect(layer, 1).geometry
    let index = try work.index(geometry)
    detail = "index over \(work.plan.name(ofInput: 1)): \(index)"
    if geometry.holdsOnlySinglePoints && areas.holdsOnlyAreas {
      return try index.countPointsInside(areas, workers: work.context.workers)
    }
    let (plan, monitor) = (work.plan, work.context.monitor)
    let runs = work.context.workers.runs(of: areas.count, atLeast: 1)
    return try work.context.workers.map(pieces: runs.count) { piece -> [Int32] in
      let areas = areas.slice(runs[piece])
      let pairs = index.candidates(of: areas.boxes()).pairs
      let answers = try plan.inGEOS(monitor) {
        try $0.test(.intersects, areas, rows: pairs.queries, geometry, rows: pairs.rows)
      }
      var counts = [Int32](repeating: 0, count: areas.count)
      for (area, answer) in zip(pairs.queries, answers) where answer { counts[Int(area)] += 1 }
      return counts
    }
    .flatMap(\.self)
  }
}
