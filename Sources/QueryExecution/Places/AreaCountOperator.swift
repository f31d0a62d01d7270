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
    work.noteUnlessAreas(geometry, ofInput: 0)
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

  /// An index over the areas; the layer's rows ask, batch by batch.
  private func countAsked(_ areas: GeometryArray) throws -> [Int32] {
    let index = SpatialIndex(areas)
    detail = "index over the areas: \(index)"
    var counts = [Int32](repeating: 0, count: areas.count)
    while let batch = try layer.next() {
      guard let geometry = batch.geometry else { break }
      if geometry.holdsOnlySinglePoints && areas.holdsOnlyAreas {
        for area in index.containing(geometry).rows { counts[Int(area)] += 1 }
      } else {
        let pairs = index.candidates(of: geometry.boxes()).pairs
        let answers = try work.geometryWork {
          try $0.test(.intersects, geometry, rows: pairs.queries, areas, rows: pairs.rows)
        }
        for (area, answer) in zip(pairs.rows, answers) where answer { counts[Int(area)] += 1 }
      }
    }
    return counts
  }

  /// An index over the layer; the areas ask.
  private func countAsking(_ areas: GeometryArray) throws -> [Int32] {
    let geometry = try work.collect(layer, 1).geometry
    let index = SpatialIndex(geometry)
    detail = "index over \(work.name(ofInput: 1)): \(index)"
    if geometry.holdsOnlySinglePoints && areas.holdsOnlyAreas { return index.countPointsInside(areas) }
    let pairs = index.candidates(of: areas.boxes()).pairs
    let answers = try work.geometryWork {
      try $0.test(.intersects, areas, rows: pairs.queries, geometry, rows: pairs.rows)
    }
    var counts = [Int32](repeating: 0, count: areas.count)
    for (area, answer) in zip(pairs.queries, answers) where answer { counts[Int(area)] += 1 }
    return counts
  }
}
