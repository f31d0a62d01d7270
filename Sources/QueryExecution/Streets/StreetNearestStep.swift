import FeatureTables
import GeometryKernel
import QueryPlanning
import StreetNetworks

/// Joins each row with the places nearest to it along the streets; a row that reaches none stays once, with the reason.
struct StreetNearestStep: BatchStep {
  private let search: StreetSearch
  private let join: PlaceJoin
  private let measured: Field
  private let withRoute: Bool

  /// - Parameter places: The inputs behind the rows.
  init(
    count: Int, prefix: String, _ reach: TravelReach, withRoute: Bool, places: [any BatchOperator], work: PlaceWork
  ) throws {
    let (search, rows) = try work.streetSearch(count, reach, places, explaining: true)
    self.search = search
    self.withRoute = withRoute
    measured = BoundReach.travel(reach).measured
    join = PlaceJoin(rows, prefix: prefix, work)
  }

  var detail: String { search.description }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let rows = batch.places
    let answers = try search.answers(for: rows, remarks)
    // Of each row of the answer: the row it comes from, the match, -1 for none.
    var (own, matches) = ([Int32](), [Int32]())
    own.reserveCapacity(batch.rowCount)
    matches.reserveCapacity(batch.rowCount)
    for row in 0..<answers.count {
      let range = answers.range(of: row)
      for match in range {
        own.append(Int32(truncatingIfNeeded: row))
        matches.append(Int32(truncatingIfNeeded: match))
      }
      if range.isEmpty {
        own.append(Int32(truncatingIfNeeded: row))
        matches.append(-1)
      }
    }
    let isReached = matches.map { $0 >= 0 }
    let costs = Column(
      .number(matches.map { $0 < 0 ? 0 : answers.costs[Int($0)] }), validity: isReached.contains(false) ? isReached : []
    )
    let joined = join.assemble(
      own.count == batch.rowCount ? batch : batch.selecting(own),
      matches: matches.map { $0 < 0 ? -1 : answers.places[Int($0)] },
      measured: [measured.name: ColumnView(costs), "reason": reasons(answers, own, matches)])
    guard withRoute else { return joined }
    var routes = GeometryArrayBuilder()
    for match in matches {
      if match < 0 { routes.appendNull() } else { search.appendRoute(answers, Int(match), to: &routes) }
    }
    return joined.with([Field.geometryName: Column(.geometry(routes.finish()))], schema: joined.schema)
  }

  /// Most rows have none.
  private func reasons(_ answers: StreetSearch.Answers, _ own: [Int32], _ matches: [Int32]) -> ColumnView {
    if !matches.contains(-1), !answers.positions.contains(StreetSearch.Answers.straight) {
      return ColumnView(Column.nulls(type: .text, count: own.count))
    }
    var reasons = FewTexts<StreetReason>(reservingRows: own.count)
    let words = search.places.text
    for (row, match) in zip(own, matches) {
      let reason = match < 0 ? answers.reasons[Int(row)] : answers.reason(ofMatch: Int(match))
      if reason == .reached { reasons.appendNull() } else { reasons.append(reason, worded: words) }
    }
    return reasons.finish()
  }
}

extension StreetSearch {
  /// Adds the way of a match, with the stretches to and from the streets; none for a row that is in its place.
  fileprivate func appendRoute(_ answers: Answers, _ match: Int, to lines: inout GeometryArrayBuilder) {
    let position = Int(answers.positions[match])
    guard position < answers.joined.positions.count, let reach,
      let route = reach.route(of: answers.joined.positions, position)
    else {
      return lines.appendNull()
    }
    reach.append(
      route, of: answers.joined.positions, position,
      from: answers.joined.points.firstCoordinate(of: position),
      to: places.entries.points.firstCoordinate(of: route.facility), into: &lines)
  }
}

extension GeometryArray {
  fileprivate func firstCoordinate(of row: Int) -> (x: Double, y: Double)? {
    coordinates(at: row).first.map { (xs[$0], ys[$0]) }
  }
}
