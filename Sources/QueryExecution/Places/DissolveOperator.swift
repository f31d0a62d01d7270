import FeatureTables
import GeometryKernel
import GeometryOperations
import QueryPlanning

/// Unites the geometries of each combination of the keys, in the order in which they first come.
final class DissolveOperator: CollectingOperator {
  private let keys: [String]
  private let input: any BatchOperator
  private let work: PlaceWork
  var output: BatchReader

  init(_ keys: [String], input: any BatchOperator, work: PlaceWork) {
    self.keys = keys
    self.input = input
    self.work = work
    output = BatchReader(work.context)
  }

  func compute() throws -> Batch {
    let (batch, geometry) = try work.collect(input, 0)
    let columns = keys.compactMap { batch.schema.index(of: $0) }
    var groups = RowKeys(columns.map { batch.schema.fields[$0].type })
    let numbers = groups.identify(columns.map { Vector(batch.views[$0]) }, count: batch.rowCount)
    let groupCount = keys.isEmpty ? min(1, batch.rowCount) : groups.count
    let firsts =
      keys.isEmpty ? Array(repeating: 0, count: groupCount) : SummarizeOperator.firstRows(of: numbers, beyond: 0)
    let united = try work.plan.inGEOS(work.context.monitor) {
      try $0.union(geometry, groups: numbers, groupCount: groupCount)
    }
    return batch.selecting(firsts)
      .with([Field.geometryName: Column(.geometry(united))], schema: work.plan.schema)
  }
}
