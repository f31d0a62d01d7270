import FeatureTables
import GeometryKernel
import QueryPlanning
import SpatialIndexes
import WorkControl

/// Adds aggregates over the candidates within a distance of each row.
struct AroundStep: BatchStep {
  private let distance: Double
  private let aggregates: [BoundAggregate]
  private let candidates: Batch
  private let index: SpatialIndex
  private let schema: Schema
  private let monitor: WorkMonitor

  /// - Parameter distance: In metres.
  init(distance: Double, _ aggregates: [BoundAggregate], candidates: any BatchOperator, work: PlaceWork) throws {
    self.distance = distance
    self.aggregates = aggregates
    let (batch, geometry) = try work.collect(candidates, 1)
    self.candidates = batch
    index = try work.index(geometry)
    schema = work.plan.schema
    monitor = work.context.monitor
  }

  var detail: String { "\(index)" }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let places = batch.places
    let counts = index.countWithin(distance, of: places)
    let columns =
      aggregates.allSatisfy { $0.function == .count && $0.argument == nil }
      ? aggregates.map { _ in Column(.integer(counts.map(Int64.init))) } : try aggregated(places, counts, remarks)
    let named = Dictionary(uniqueKeysWithValues: zip(aggregates.map(\.field.name), columns))
    return batch.with(named, schema: schema)
  }

  private func aggregated(_ places: GeometryArray, _ counts: [Int32], _ remarks: Remarks) throws -> [Column] {
    let states = try GroupedAggregates(aggregates, remarks)
    let fields = candidates.schema.fields.filter { $0.name != "distance" } + [Field("distance", .number(.metre))]
    for run in runs(of: counts) {
      try monitor.check()
      let matches = index.within(distance, of: places.slice(run), distances: true)
      let near = candidates.selecting(matches.rows)
        .with(["distance": Column(.number(matches.distances))], schema: Schema(fields))
      let groups = matches.pairs.queries.map { $0 + Int32(truncatingIfNeeded: run.lowerBound) }
      try states.add(near, groups: groups, groupCount: run.upperBound)
    }
    return try states.finish(groupCount: places.count)
  }
}
