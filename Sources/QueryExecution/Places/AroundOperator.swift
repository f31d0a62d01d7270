import FeatureTables
import GeometryKernel
import QueryPlanning
import SpatialIndexes
import WorkControl

/// Adds aggregates over the candidates within a distance of each row.
final class AroundOperator: BatchOperator {
  private let distance: Double
  private let aggregates: [BoundAggregate]
  private let rows: any BatchOperator
  private let candidates: any BatchOperator
  private let work: PlaceWork
  private var prepared: (candidates: Batch, index: SpatialIndex)?
  private(set) var detail = ""

  init(
    distance: Double, _ aggregates: [BoundAggregate], rows: any BatchOperator, candidates: any BatchOperator,
    work: PlaceWork
  ) {
    self.distance = distance
    self.aggregates = aggregates
    self.rows = rows
    self.candidates = candidates
    self.work = work
  }

  func next() throws -> Batch? {
    let (candidates, index) = try prepare()
    guard let batch = try rows.next(), let geometry = batch.geometry else { return nil }
    let counts = index.countWithin(distance, of: geometry)
    let columns =
      aggregates.allSatisfy { $0.function == .count && $0.argument == nil }
      ? aggregates.map { _ in Column(.integer(counts.map(Int64.init))) }
      : try aggregated(geometry, counts, candidates, index)
    let named = Dictionary(uniqueKeysWithValues: zip(aggregates.map(\.field.name), columns))
    return batch.with(named, schema: work.plan.schema)
  }

  private func aggregated(_ geometry: GeometryArray, _ counts: [Int32], _ candidates: Batch, _ index: SpatialIndex)
    throws -> [Column]
  {
    let states = try GroupedAggregates(aggregates, context: work.context)
    let fields = candidates.schema.fields.filter { $0.name != "distance" } + [Field("distance", .number(.metre))]
    for run in runs(of: counts) {
      try work.context.monitor.check()
      let matches = index.within(distance, of: geometry.slice(run), distances: true)
      let near = candidates.selecting(matches.rows)
        .with(["distance": Column(.number(matches.distances))], schema: Schema(fields))
      let groups = matches.pairs.queries.map { $0 + Int32(truncatingIfNeeded: run.lowerBound) }
      try states.add(near, groups: groups, groupCount: run.upperBound)
    }
    return try states.finish(groupCount: geometry.count)
  }

  private func prepare() throws -> (Batch, SpatialIndex) {
    if let prepared { return prepared }
    let (batch, geometry) = try work.collect(candidates, 1)
    let made = (candidates: batch, index: SpatialIndex(geometry))
    detail = "\(made.index)"
    prepared = made
    return made
  }
}
