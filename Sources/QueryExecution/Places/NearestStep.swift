import FeatureTables
import GeometryKernel
import SpatialIndexes

/// Joins each row with its nearest candidates; a row without any stays once, with the reason.
struct NearestStep: BatchStep {
  private let count: Int
  private let limit: Double
  private let candidates: PlaceJoin
  private let index: SpatialIndex
  private let name: String

  /// - Parameter limit: In metres; infinite for however far.
  init(count: Int, prefix: String, limit: Double, candidates: any BatchOperator, work: PlaceWork) throws {
    self.count = count
    self.limit = limit
    let (batch, geometry) = try work.collectByID(candidates, 1)
    self.candidates = PlaceJoin(batch, prefix: prefix, work)
    index = try work.index(geometry)
    name = work.plan.name(ofInput: 1)
  }

  var detail: String { "\(index)" }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let places = batch.places
    let matches = index.nearest(count, to: places, within: limit)
    let empty = (0..<batch.rowCount).count { matches.range(of: $0).isEmpty }
    let none = ColumnView(Column.nulls(type: .text, count: matches.rows.count))
    if count == 1 && empty == 0 {
      return joined(batch, matches.rows, ColumnView(Column(.number(matches.distances))), none)
    }
    let capacity = matches.rows.count + empty
    var (own, found, distances) = ([Int32](), [Int32](), [Double]())
    own.reserveCapacity(capacity)
    found.reserveCapacity(capacity)
    distances.reserveCapacity(capacity)
    var reasons = FewTexts<String>(reservingRows: empty > 0 ? capacity : 0)
    for row in 0..<batch.rowCount {
      let range = matches.range(of: row)
      for match in range {
        own.append(Int32(truncatingIfNeeded: row))
        found.append(matches.rows[match])
        distances.append(matches.distances[match])
        if empty > 0 { reasons.appendNull() }
      }
      if range.isEmpty {
        own.append(Int32(truncatingIfNeeded: row))
        found.append(-1)
        distances.append(0)
        reasons.append(reason(places, row)) { $0 }
      }
    }
    let column = Column(.number(distances), validity: empty > 0 ? found.map { $0 >= 0 } : [])
    return joined(batch.selecting(own), found, ColumnView(column), empty > 0 ? reasons.finish() : none)
  }

  private func joined(_ rows: Batch, _ matches: [Int32], _ distances: ColumnView, _ reasons: ColumnView) -> Batch {
    candidates.assemble(rows, matches: matches, measured: ["distance": distances, "reason": reasons])
  }

  private func reason(_ places: GeometryArray, _ row: Int) -> String {
    if places.isNullOrEmpty(at: row) { return "no geometry" }
    if index.indexedCount == 0 { return "no \(name) to choose from" }
    // A coordinate that is not a finite number.
    guard limit.isFinite else { return "no distance to any \(name)" }
    return "too far: none within \(PlanTitle.quantity(limit, .length))"
  }
}
