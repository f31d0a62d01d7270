import FeatureTables
import GeometryKernel
import QueryPlanning
import SpatialIndexes

/// Joins each row with its nearest candidates; a row without any stays once, with the reason.
final class NearestOperator: BatchOperator {
  private let count: Int
  private let limit: Double?
  private let prefix: String
  private let rows: any BatchOperator
  private let candidates: any BatchOperator
  private let work: PlaceWork
  private var prepared: (index: SpatialIndex, joined: JoinedBatch)?
  private(set) var detail = ""

  init(
    count: Int, prefix: String, limit: Double?, rows: any BatchOperator, candidates: any BatchOperator, work: PlaceWork
  ) {
    self.count = count
    self.limit = limit
    self.prefix = prefix
    self.rows = rows
    self.candidates = candidates
    self.work = work
  }

  func next() throws -> Batch? {
    let (index, joined) = try prepare()
    guard let batch = try rows.next() else { return nil }
    guard let geometry = batch.geometry else { return nil }
    let matches = index.nearest(count, to: geometry, within: limit ?? .infinity)
    var own: [Int32] = []
    var found: [Int32] = []
    var distances: [Double] = []
    // Without a row that has no match it stays empty, which stands for all valid.
    var validity: [Bool] = []
    var hasUnmatched = false
    var reasons = ColumnBuilder(.text)
    own.reserveCapacity(max(batch.rowCount, matches.rows.count))
    found.reserveCapacity(own.capacity)
    distances.reserveCapacity(own.capacity)
    for row in 0..<batch.rowCount {
      let range = matches.range(of: row)
      for match in range {
        own.append(Int32(truncatingIfNeeded: row))
        found.append(matches.rows[match])
        distances.append(matches.distances[match])
      }
      if range.isEmpty {
        if !hasUnmatched { validity = Array(repeating: true, count: own.count) }
        hasUnmatched = true
        own.append(Int32(truncatingIfNeeded: row))
        found.append(-1)
        distances.append(0)
      }
      if hasUnmatched { validity += Array(repeating: !range.isEmpty, count: max(1, range.count)) }
    }
    let reason: Column
    if !hasUnmatched {
      reason = Column.nulls(type: .text, count: own.count)
    } else {
      for (i, row) in own.enumerated() {
        if validity[i] { reasons.appendNull() } else { reasons.append(self.reason(geometry, Int(row), index)) }
      }
      reason = reasons.finish()
    }
    let repeated = own.count == batch.rowCount && matches.rows.count == own.count ? batch : batch.selecting(own)
    return joined.assemble(
      repeated, matches: found,
      measured: [
        "\(prefix).distance": Column(.number(distances), validity: validity), "\(prefix).reason": reason,
      ])
  }

  private func reason(_ geometry: GeometryArray, _ row: Int, _ index: SpatialIndex) -> String {
    if geometry.isNullOrEmpty(at: row) { return "no geometry" }
    if index.indexedCount == 0 { return "no \(work.name(ofInput: 1)) to choose from" }
    return "too far: none within \(Int((limit ?? 0).rounded())) m"
  }

  private func prepare() throws -> (SpatialIndex, JoinedBatch) {
    if let prepared { return prepared }
    let (batch, geometry) = try work.collectByID(candidates, 1)
    let made = (
      index: SpatialIndex(geometry), joined: JoinedBatch(schema: work.plan.schema, prefix: prefix, candidates: batch)
    )
    prepared = made
    detail = "\(made.index)"
    return made
  }
}
