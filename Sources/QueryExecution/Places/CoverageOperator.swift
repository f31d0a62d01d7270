import FeatureTables
import GeometryKernel
import GeometryOperations
import QueryPlanning
import SpatialIndexes

/// Adds to each area the share within reach of a facility: by area, or by the people who stand in it.
///
/// A facility outside of an area covers what it reaches inside. A person on the border of two areas belongs to both.
final class CoverageOperator: CollectingOperator {
  private let reach: BoundReach
  private let weight: BoundExpression?
  private let prefix: String
  private let inputs: [any BatchOperator]
  private let work: PlaceWork
  private(set) var detail = ""
  var output: BatchReader

  /// - Parameter inputs: areas, facilities, people when they are counted, and what the reach adds.
  init(_ reach: BoundReach, weight: BoundExpression?, prefix: String?, inputs: [any BatchOperator], work: PlaceWork) {
    self.reach = reach
    self.weight = weight
    self.prefix = prefix.map { $0 + "." } ?? ""
    self.inputs = inputs
    self.work = work
    output = BatchReader(work.context)
  }

  func compute() throws -> Batch {
    let (batch, areas) = try work.collect(inputs[0], 0)
    let (covered, total) = try asksPeople ? byPeople(areas) : byArea(areas)
    var reasons = ColumnBuilder(.text)
    var isAnswered = Array(repeating: true, count: areas.count)
    for row in 0..<areas.count {
      if areas.isNullOrEmpty(at: row) {
        reasons.append("no geometry")
        isAnswered[row] = false
      } else if total[row] <= 0 {
        reasons.append(asksPeople ? "no \(work.plan.name(ofInput: 2)) in it" : "no area")
        isAnswered[row] = false
      } else {
        reasons.appendNull()
      }
    }
    let validity = isAnswered.contains(false) ? isAnswered : []
    let shares = zip(covered, total).map { $1 > 0 ? $0 / $1 : 0 }
    return batch.with(
      [
        "\(prefix)share": Column(.number(shares), validity: validity),
        "\(prefix)covered": Column(.number(covered)), "\(prefix)total": Column(.number(total)),
        "\(prefix)reason": reasons.finish(),
      ], schema: work.plan.schema)
  }

  private var asksPeople: Bool { inputs.count - (reach.travel?.addedInputs ?? 0) > 2 }

  /// m² within reach and m² in all.
  private func byArea(_ areas: GeometryArray) throws -> (covered: [Double], total: [Double]) {
    let reach = try AreaReach(reach, of: Array(inputs.dropFirst()), work)
    detail = "\(reach)"
    return (try reach.coveredAreas(of: areas, work), (0..<areas.count).map { areas.area(at: $0) ?? 0 })
  }

  /// The people, or their weight, within reach and in all.
  private func byPeople(_ areas: GeometryArray) throws -> (covered: [Double], total: [Double]) {
    let census = Census(reach: try peoplesReach(), areas: try work.areaIndex(areas), weight: weight)
    detail = "\(census.reach); areas: \(census.areas)"
    var covered = [Double](repeating: 0, count: areas.count)
    var total = covered
    var waves = BatchWaves(work.context.workers)
    while let wave = try waves.next(of: inputs[2], { try census.ask($0) }) {
      // Weights are added in the order of the rows: the sums do not depend on threads.
      for people in wave {
        work.context.remarks.add(notes: people.notes, people.counts)
        for person in 0..<people.homes.count {
          for match in people.homes.range(of: person) {
            let area = Int(people.homes.rows[match])
            total[area] += people.weights[person]
            if people.isReached[person] { covered[area] += people.weights[person] }
          }
        }
      }
    }
    work.context.remarks.conclude()
    return (covered, total)
  }

  private func peoplesReach() throws -> Census.Reach {
    switch reach {
    case .straight(let distance): .straight(try work.index(work.collect(inputs[1], 1).geometry), distance)
    case .travel(let travel):
      .streets(
        try work.streetSearch(1, travel, [inputs[1]] + inputs.dropFirst(3), asking: 2, explaining: false).search)
    }
  }
}

/// What is asked of every person: the areas they stand in, whether they are reached, and what they weigh.
private struct Census: Sendable {
  /// Of facilities.
  enum Reach: Sendable, CustomStringConvertible {
    case straight(SpatialIndex, Double)
    case streets(StreetSearch)

    var description: String {
      switch self {
      case .straight(let index, _): "\(index)"
      case .streets(let search): search.description
      }
    }

    func reaches(_ points: GeometryArray, _ remarks: Remarks) throws -> [Bool] {
      switch self {
      case .straight(let index, let distance): return index.anyWithin(distance, of: points)
      case .streets(let search):
        let answers = try search.answers(for: points, remarks)
        remarks.countUnreached(answers.reasons)
        return (0..<answers.count).map { !answers.range(of: $0).isEmpty }
      }
    }
  }

  let reach: Reach
  let areas: SpatialIndex
  let weight: BoundExpression?

  struct Answers: Sendable {
    let homes: Matches
    let isReached: [Bool]
    let weights: [Double]
    let notes: [String]
    let counts: [Remark]
  }

  func ask(_ people: Batch) throws -> Answers {
    let points = people.places.singlePoints
    let remarks = Remarks()
    let weights = try weights(people, ExpressionEvaluator(remarks))
    let isReached = try reach.reaches(points, remarks)
    return Answers(
      homes: areas.containing(points), isReached: isReached, weights: weights, notes: remarks.notes,
      counts: remarks.counts)
  }

  /// One weight a row: 1 without an expression, 0 for a null.
  private func weights(_ batch: Batch, _ evaluator: ExpressionEvaluator) throws -> [Double] {
    guard let weight else { return Array(repeating: 1, count: batch.rowCount) }
    let column = try evaluator.evaluate(weight, over: batch)
    guard case .number(var values) = column.storage else { return Array(repeating: 0, count: batch.rowCount) }
    for row in values.indices where column.isNull(at: row) { values[row] = 0 }
    return values
  }
}
