import FeatureTables
import GeometryKernel
import QueryPlanning

/// `within` and `beyond` along the streets: keeps rows by whether they reach a place, or are reached from one.
///
/// Rows that `beyond` keeps have the reason why none is in reach; that they have no place themselves is one.
struct StreetKeepStep: BatchStep {
  private let search: StreetSearch
  /// `nil` for `within`.
  private let reasonName: String?
  private let schema: Schema

  /// - Parameter places: The inputs behind the rows.
  init(_ condition: PlaceCondition, _ reach: TravelReach, places: [any BatchOperator], work: PlaceWork) throws {
    if case .beyond(_, let prefix) = condition {
      reasonName = (prefix.map { $0 + "." } ?? "") + "reason"
    } else {
      reasonName = nil
    }
    schema = work.plan.schema
    search = try work.streetSearch(1, reach, places, explaining: reasonName != nil).search
  }

  var detail: String { search.description }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let answers = try search.answers(for: batch.places, remarks)
    var kept: [Int32] = []
    var reasons = ColumnBuilder(.text)
    let words = search.places.text
    for row in 0..<answers.count {
      if answers.range(of: row).isEmpty == (reasonName != nil) {
        kept.append(Int32(truncatingIfNeeded: row))
        if reasonName != nil { reasons.append(reason: words(answers.reasons[row])) }
      } else if reasonName == nil, answers.reasons[row] == .noGeometry {
        remarks.count(1, .unplaced)
      }
    }
    guard let reasonName else {
      remarks.countUnreached(answers.reasons)
      return kept.count == batch.rowCount ? batch : batch.selecting(kept)
    }
    return batch.selecting(kept).with([reasonName: reasons.finish()], schema: schema)
  }
}

extension Remarks {
  /// Counts what no reason column tells.
  func countUnreached(_ reasons: [StreetReason]) {
    var off = 0
    var isolated = 0
    for reason in reasons {
      switch reason {
      case .offNetwork: off += 1
      case .isolated: isolated += 1
      default: break
      }
    }
    count(off, .offNetwork)
    count(isolated, .isolated)
  }
}

extension PlaceWork {
  /// Reads the places of a reach and what it adds to them, and searches from them.
  ///
  /// - Parameters:
  ///   - others: The inputs behind the rows: the places first, what the reach adds last.
  ///   - asking: The input whose rows ask: people, of areas.
  ///   - explaining: Whether somebody asks why a row has no place.
  /// - Returns: The search, and the places' rows in the order of its numbers.
  func streetSearch(
    _ count: Int, _ reach: TravelReach, _ others: [any BatchOperator], asking: Int = 0, explaining: Bool
  ) throws -> (search: StreetSearch, places: Batch) {
    let (batch, places) = try streetPlaces(reach, others)
    var closed: StreetPlaces?
    if reach.openingDay != nil, explaining {
      closed = try StreetPlaces(
        collect(others, others.count - 1), entrances: places.entrances, places.streets, for: .reasons, self)
    }
    return (try StreetSearch(count, of: places, asking: asking, withClosed: closed, self), batch)
  }

  func streetPlaces(
    _ reach: TravelReach, _ others: [any BatchOperator], for purpose: StreetPlaces.Purpose = .ways
  ) throws -> (rows: Batch, StreetPlaces) {
    guard let first = others.first, others.count > reach.addedInputs else {
      throw ExecutionDiagnostic.noInput(1 + reach.addedInputs, of: plan)
    }
    let (batch, geometry) = try collectByID(first, 1)
    let entrances = reach.hasEntrances ? try collect(others, others.count - reach.addedInputs) : nil
    return (batch, try StreetPlaces(geometry, entrances: entrances, Streets(reach, self), for: purpose, self))
  }

  private func collect(_ others: [any BatchOperator], _ number: Int) throws -> GeometryArray {
    try collect(others[number], number + 1).geometry
  }
}
