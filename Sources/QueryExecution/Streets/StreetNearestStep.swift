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
    var (own, found, costs, reasons) = ([Int32](), [Int32](), ColumnBuilder(measured.type), ColumnBuilder(.text))
    var routes = GeometryArrayBuilder()
    for row in 0..<answers.count {
      let range = answers.range(of: row)
      for match in range {
        own.append(Int32(truncatingIfNeeded: row))
        found.append(answers.places[match])
        costs.append(answers.costs[match])
        reasons.append(reason: search.places.text(answers.reason(ofMatch: match)))
        if withRoute { search.appendRoute(answers, match, to: &routes) }
      }
      if range.isEmpty {
        own.append(Int32(truncatingIfNeeded: row))
        found.append(-1)
        costs.appendNull()
        reasons.append(reason: search.places.text(answers.reasons[row]))
        if withRoute { routes.appendNull() }
      }
    }
    let isSame = own.count == batch.rowCount
    let joined = join.assemble(
      isSame ? batch : batch.selecting(own), matches: found,
      measured: [measured.name: costs.finish(), "reason": reasons.finish()])
    guard withRoute else { return joined }
    return joined.with([Field.geometryName: Column(.geometry(routes.finish()))], schema: joined.schema)
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
