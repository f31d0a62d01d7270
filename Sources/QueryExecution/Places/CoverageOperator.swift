import FeatureTables
import GeometryKernel
import GeometryOperations
import QueryPlanning
import SpatialIndexes

/// Adds to each area the share within reach of a facility: by area, or by the people who stand in it.
///
/// A facility outside of an area covers what it reaches inside. A person on the border of two areas belongs to both.
final class CoverageOperator: CollectingOperator {
  private let distance: Double
  private let weight: BoundExpression?
  private let prefix: String
  private let inputs: [any BatchOperator]
  private let work: PlaceWork
  private(set) var detail = ""
  var output: BatchReader

  /// - Parameter inputs: areas, facilities, and people when they are counted.
  init(distance: Double, weight: BoundExpression?, prefix: String?, inputs: [any BatchOperator], work: PlaceWork) {
    self.distance = distance
    self.weight = weight
    self.prefix = prefix.map { $0 + "." } ?? ""
    self.inputs = inputs
    self.work = work
    output = BatchReader(work.context)
  }

  func compute() throws -> Batch {
    let (batch, areas) = try work.collect(inputs[0], 0)
    let facilities = try work.collect(inputs[1], 1).geometry
    let (covered, total) = try inputs.count > 2 ? byPeople(areas, facilities) : byArea(areas, facilities)
    var reasons = ColumnBuilder(.text)
    var isAnswered = Array(repeating: true, count: areas.count)
    for row in 0..<areas.count {
      if areas.isNullOrEmpty(at: row) {
        reasons.append("no geometry")
        isAnswered[row] = false
      } else if total[row] <= 0 {
        reasons.append(inputs.count > 2 ? "no \(work.plan.name(ofInput: 2)) in it" : "no area")
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

  /// m² within reach and m² in all.
  private func byArea(_ areas: GeometryArray, _ facilities: GeometryArray) throws -> (
    covered: [Double], total: [Double]
  ) {
    let reach = try StraightReach(facilities, distance: distance, work)
    detail = "\(reach)"
    return (try reach.coveredAreas(of: areas, work), (0..<areas.count).map { areas.area(at: $0) ?? 0 })
  }

  /// The people, or their weight, within reach and in all.
  private func byPeople(_ areas: GeometryArray, _ facilities: GeometryArray) throws -> (
    covered: [Double], total: [Double]
  ) {
    let census = Census(
      reach: try work.index(facilities), areas: try work.areaIndex(areas), distance: distance, weight: weight)
    detail = "\(census.reach); areas: \(census.areas)"
    var covered = [Double](repeating: 0, count: areas.count)
    var total = covered
    var waves = BatchWaves(work.context.workers)
    while let wave = try waves.next(of: inputs[2], { try census.ask($0) }) {
      // Weights are added in the order of the rows: the sums do not depend on threads.
      for people in wave {
        work.context.remarks.add(notes: people.notes, unplacedRows: 0)
        for person in 0..<people.homes.count {
          for match in people.homes.range(of: person) {
            let area = Int(people.homes.rows[match])
            total[area] += people.weights[person]
            if people.isReached[person] { covered[area] += people.weights[person] }
          }
        }
      }
    }
    return (covered, total)
  }
}

/// What is asked of every person: the areas they stand in, whether they are reached, and what they weigh.
private struct Census: Sendable {
  let reach: SpatialIndex
  let areas: SpatialIndex
  let distance: Double
  let weight: BoundExpression?

  struct Answers: Sendable {
    let homes: Matches
    let isReached: [Bool]
    let weights: [Double]
    let notes: [String]
  }

  func ask(_ people: Batch) throws -> Answers {
    let points = people.places.singlePoints
    let remarks = Remarks()
    let weights = try weights(people, ExpressionEvaluator(remarks))
    return Answers(
      homes: areas.containing(points), isReached: reach.anyWithin(distance, of: points), weights: weights,
      notes: remarks.notes)
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
