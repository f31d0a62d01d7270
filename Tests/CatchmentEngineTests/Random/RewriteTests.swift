import FeatureTables
import QueryExecution
import QueryLanguage
import QueryPlanning
import Testing

@testable import CatchmentEngine

/// Pushing filters down, choosing the side of the index, the size of batches and the number of threads change how an
/// answer is computed, never the answer.
@Suite struct RewriteTests {
  static let seeds: [UInt64] = [11, 12, 13, 14]
  static let pipelinesPerSeed = 40

  @Test(arguments: seeds) func answersStayTheSame(seed: UInt64) throws {
    let client = try TestClient()
    let stops = try RandomLayer(points: 40, seed: seed).brought(into: client, as: "stops")
    _ = try RandomLayer(points: 120, around: stops.places, seed: seed &+ 100).brought(into: client, as: "folk")
    _ = try RandomLayer(areas: 20, seed: seed &+ 200).brought(into: client, as: "blocks")
    _ = try RandomLayer(areas: 7, seed: seed &+ 300).brought(into: client, as: "fields")
    _ = try RandomLayer(lines: 20, seed: seed &+ 400).brought(into: client, as: "roads")
    var random = SplitMix64(seed: seed)
    var rewritten = 0
    var withRows = 0
    for _ in 0..<Self.pipelinesPerSeed {
      let pipeline = RandomPipeline(
        steps: 6, points: ["stops", "folk"], areas: ["blocks", "fields"], lines: ["roads"], random: &random
      ) { bound($0, client.session) }
      guard let pipeline else { continue }
      let pushed = pipeline.plan.pushingFiltersDown()
      let expected = try rows(pipeline.plan.physical(), client.session)
      #expect(
        try rows(pushed.physical(), client.session) == expected, "seed \(seed), pushed down: \(pipeline.text)")
      for strategy in [PhysicalPlan.Strategy.indexRows, .indexPlaces] {
        let forced = pushed.physical().indexing(strategy)
        #expect(try rows(forced, client.session) == expected, "seed \(seed), \(strategy): \(pipeline.text)")
      }
      let noted = try rows(pushed.physical(), client.session, notes: true)
      for (workers, batchRows) in [(1, 7), (3, 7), (2, 50)] {
        #expect(
          try rows(pushed.physical(), client.session, workers: workers, batchRows: batchRows, notes: true) == noted,
          "seed \(seed), \(workers) workers, batches of \(batchRows): \(pipeline.text)")
      }
      if "\(pushed)" != "\(pipeline.plan)" { rewritten += 1 }
      if !expected.isEmpty { withRows += 1 }
    }
    #expect(rewritten > Self.pipelinesPerSeed / 10)
    #expect(withRows > Self.pipelinesPerSeed / 6)
  }

  /// The layers that ship, with the session's own way to answer.
  @Test(arguments: [
    "places | nearest 2 clinics as c | where c.distance < 3 km and district == \"济阳区\" | sort by c.distance",
    "parks | derive area_mu = area() | count clinics as n | where area_mu > 1 km2 and n > 1",
    "subdistricts | coverage by clinics within 1 km of residents weighted by pop as c | where c.share > 50 % and id > 3",
    "clinics | union markets | where kind is not null | within 300 m of schools",
    "districts | clip to start_up_area | where area() > 20 km2",
    "parks | take 9 | where kind == \"industrial\" | density clinics per km2 as d | where d < mean(d)",
    "places | derive name = district | locate in subdistricts as s | where name is not null and s.name is not null",
  ])
  func embedded(_ query: String) throws {
    let client = try TestClient()
    let plan = try #require(bound(query, client.session), "\(query)")
    let expected = try rows(plan.physical(), client.session)
    for other in [
      plan.pushingFiltersDown().physical(), plan.physical().indexing(.indexRows),
      plan.physical().indexing(.indexPlaces),
    ] {
      #expect(try rows(other, client.session) == expected, "\(query)")
    }
    #expect(try rows(plan.physical(), client.session, workers: 3, batchRows: 50) == expected)
    #expect(try Array(expected.prefix(client.answer(query).rowCount)) == client.answer(query).exactRows)
  }

  private func bound(_ text: String, _ session: Session) -> LogicalPlan? {
    let parsed = Parser.parse(SourceText(text, name: "test"))
    guard parsed.diagnostics.isEmpty, case .query(let pipeline)? = parsed.script.statements.first?.kind else {
      return nil
    }
    var binder = session.binder()
    return binder.bind(pipeline)
  }

  /// - Parameter notes: Also what was noted, after the rows; what a filter drops early is not noted late.
  private func rows(
    _ plan: PhysicalPlan, _ session: Session, workers: Int = 1, batchRows: Int = Batch.capacity, notes: Bool = false
  ) throws -> [String] {
    var settings = ExecutionSettings()
    settings.workers = workers
    settings.batchRows = batchRows
    let context = ExecutionContext(data: session.relations, settings: settings)
    return try Executor.run(plan, context: context).exactRows + (notes ? context.notes : [])
  }
}

extension PhysicalPlan {
  /// The same with one side indexed wherever there is a choice.
  fileprivate func indexing(_ side: Strategy) -> PhysicalPlan {
    var plan = self
    plan.inputs = inputs.map { $0.indexing(side) }
    switch operation {
    case .keep, .count, .density: plan.strategy = side
    default: break
    }
    return plan
  }
}
