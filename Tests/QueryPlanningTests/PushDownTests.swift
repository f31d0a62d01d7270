import FeatureTables
import Testing

@testable import QueryPlanning

/// Where conditions end up, as plans drawn in one line from the top to the source: `take · filter · scan`.
@Suite struct FilterPushDown {
  private func shape(_ text: String) throws -> String {
    drawn(try Bound.plan(text).pushingFiltersDown())
  }

  private func drawn(_ plan: LogicalPlan) -> String {
    let title = "\(plan.operation)".prefix { $0.isLetter }
    var own = String(title)
    if case .filter(let condition) = plan.operation { own = "filter[\(condition.conjuncts.count)]" }
    guard let first = plan.inputs.first else { return own }
    var others = ""
    for other in plan.inputs.dropFirst() {
      let side = drawn(other)
      if side != "scan" { others += "(\(side))" }
    }
    return "\(own)\(others) · \(drawn(first))"
  }

  @Test(arguments: [
    ("clinics | sort by name | where kind == \"x\"", "sort · filter[1] · scan"),
    ("clinics | within 1 km of parks | where kind == \"x\"", "keep · filter[1] · scan"),
    // The geometry does not change, so conditions on it pass too.
    ("parks | intersecting districts | where area() > 1 km2", "keep · filter[1] · scan"),
    ("places | nearest clinics as c | where district == \"x\"", "nearest · filter[1] · scan"),
    ("places | locate in districts as d | where district == \"x\"", "locate · filter[1] · scan"),
    ("service_halls | join districts on district == d.name as d | where services > 5", "join · filter[1] · scan"),
    ("parks | count clinics as n | where kind == \"x\"", "count · filter[1] · scan"),
    ("parks | density clinics per km2 as d | where kind == \"x\"", "density · filter[1] · scan"),
    ("parks | coverage by clinics within 1 km as c | where kind == \"x\"", "coverage · filter[1] · scan"),
    (
      "markets | around 1 km residents as r (n = count()) | where kind == \"x\"",
      "project · around · filter[1] · scan"
    ),
    ("parks | gaps by clinics within 1 km | where kind == \"x\"", "gaps · filter[1] · scan"),
    ("parks | buffer 5 m | centroid | where kind == \"x\"", "centroid · buffer · filter[1] · scan"),
    ("parks | select name, kind | where kind == \"x\"", "project · filter[1] · scan"),
    ("parks | derive a = 1 | where kind == \"x\"", "project · filter[1] · scan"),
    ("clinics | union markets | where kind == \"x\"", "union(filter[1] · scan) · filter[1] · scan"),
    ("parks | distinct kind | where kind == \"x\"", "distinct · filter[1] · scan"),
    ("parks | dissolve by kind | where kind == \"x\"", "dissolve · filter[1] · scan"),
    // Both sides are widened to one schema first.
    (
      "circle | select name | union parks | where name == \"x\"",
      "union(filter[1] · scan) · project · project · filter[1] · result"
    ),
  ])
  func passes(_ text: String, _ expected: String) throws {
    #expect(try shape(text) == expected, "\(text)")
  }

  @Test(arguments: [
    // What a step adds is not there below it.
    ("places | nearest clinics as c | where c.distance > 5 m", "filter[1] · nearest · scan"),
    ("places | nearest clinics as c | where c.kind == \"x\"", "filter[1] · nearest · scan"),
    ("places | locate in districts as d | where d.name == \"x\"", "filter[1] · locate · scan"),
    ("parks | count clinics as n | where n > 5", "filter[1] · count · scan"),
    ("service_halls | join districts on district == d.name as d | where d.urban", "filter[1] · join · scan"),
    ("parks | derive kind = lower(kind) | where kind == \"x\"", "filter[1] · project · scan"),
    ("parks | select name = kind | where name == \"x\"", "filter[1] · project · scan"),
    // The rows that come first, and the whole, are other rows behind a filter.
    ("parks | take 5 | where kind == \"x\"", "filter[1] · take · scan"),
    ("clinics | summarize n = count() by kind | where kind == \"x\"", "project · filter[1] · summarize · scan"),
    ("parks | where area() < mean(area())", "project · filter[1] · aggregateOverAll · scan"),
    (
      "parks | where area() < mean(area()) | where kind == \"x\"",
      "project · filter[2] · aggregateOverAll · scan"
    ),
    ("parks | derive m = mean(area()) | where kind == \"x\"", "project · filter[1] · aggregateOverAll · scan"),
    ("parks | distinct kind | where name == \"x\"", "filter[1] · distinct · scan"),
    // The first row of a combination is another one when its geometry is asked.
    ("parks | distinct | where area() > 1 km2", "filter[1] · distinct · scan"),
    ("parks | dissolve by kind | where area() > 1 km2", "filter[1] · dissolve · scan"),
    ("parks | dissolve | where 1 > 2", "filter[1] · dissolve · scan"),
    ("parks | buffer 5 m | where area() > 1 km2", "filter[1] · buffer · scan"),
    ("parks | clip to districts | where area() > 1 km2", "filter[1] · clip · scan"),
    ("parks | grid 1 km | where row > 5", "filter[1] · tiles · scan"),
  ])
  func stays(_ text: String, _ expected: String) throws {
    #expect(try shape(text) == expected, "\(text)")
  }

  @Test(arguments: [
    // Taken apart at `and`, each condition goes as far as it can.
    (
      "places | nearest clinics as c | where district == \"x\" and c.distance > 5 m and name == \"y\"",
      "filter[1] · nearest · filter[2] · scan"
    ),
    (
      "places | where name == \"a\" | sort by name | where district == \"b\" | within 1 km of parks | where name != \"c\"",
      "keep · sort · filter[3] · scan"
    ),
    ("places | within 1 km of (clinics | sort by name | where kind == \"x\")", "keep(sort · filter[1] · scan) · scan"),
    (
      "clinics | union (markets | take 5) | take 9 | where kind == \"x\"",
      "filter[1] · take · union(take · scan) · scan"
    ),
  ])
  func several(_ text: String, _ expected: String) throws {
    #expect(try shape(text) == expected, "\(text)")
  }

  /// A condition that can fail must not see rows that it would not have seen.
  @Test(arguments: [
    ("residents | within 1 km of clinics | where 1 / pop > 2", "filter[1] · keep · scan"),
    ("residents | within 1 km of clinics | where pop * 2 > 2", "filter[1] · keep · scan"),
    ("residents | sort by pop | where 1 / pop > 2", "sort · filter[1] · scan"),
    ("residents | nearest clinics as c | where 1 / pop > 2", "nearest · filter[1] · scan"),
    // `pop != 0` guards the division, below and above.
    ("residents | where pop != 0 | sort by pop | where 1 / pop > 2", "sort · filter[2] · scan"),
    (
      "residents | locate in districts as d | where d.urban and 1 / pop > 2", "filter[2] · locate · scan"
    ),
    (
      "residents | locate in districts as d | where 1 / pop > 2 and d.urban",
      "filter[1] · locate · filter[1] · scan"
    ),
  ])
  func guarded(_ text: String, _ expected: String) throws {
    #expect(try shape(text) == expected, "\(text)")
  }

  @Test func conditionsKeepTheirOrder() throws {
    let plan = try Bound.plan("residents | where pop != 0 | sort by pop | where 1 / pop > 2 | where pop < 9")
      .pushingFiltersDown()
    guard case .filter(let condition) = plan.inputs[0].operation else {
      Issue.record("\(plan.inputs[0].operation)")
      return
    }
    let comparisons = condition.conjuncts.map { conjunct -> String in
      if case .compare(let comparison, _, _) = conjunct.kind { return comparison.rawValue }
      return "?"
    }
    #expect(comparisons == ["!=", ">", "<"])
  }

  @Test(arguments: [
    "parks | where true or false | where null is null and not (kind in (\"a\", \"b\", \"c\"))",
    "residents | nearest 1000000 clinics as a | nearest 1000000 clinics as b | nearest 1000000 clinics as c | where pop > 5",
    "residents | where not (pop == 1 or pop != 1) | nearest 3 clinics as c | where false | summarize n = count()",
    "residents | where pop not in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) | take 0 | where pop > 1",
    "clinics | union (markets | where false) | dissolve by kind | where kind == \"x\" | grid 1 km | where row > 3",
  ])
  func estimatesStayNumbers(_ text: String) throws {
    let plan = try Bound.plan(text)
    func check(_ plan: LogicalPlan) {
      #expect(plan.estimatedRows.isFinite && plan.estimatedRows >= 0, "\(plan.operation)")
      plan.inputs.forEach(check)
    }
    check(plan)
    check(plan.pushingFiltersDown())
  }

  /// Nothing is lost on the way: schema and system are those that were bound.
  @Test(arguments: [
    "places | nearest clinics as c | where district == \"x\" and c.distance > 5 m",
    "southern | union parks | where name == \"x\" | buffer 5 m | where area() > 1 km2",
    "clinics | union markets | where kind == \"x\" | summarize n = count() by kind | where n > 5",
    "parks | within 1 km of southern | where name == \"x\"",
  ])
  func whatComesOutIsTheSame(_ text: String) throws {
    let plan = try Bound.plan(text)
    let pushed = plan.pushingFiltersDown()
    #expect(pushed.schema == plan.schema && pushed.referenceSystem == plan.referenceSystem)
    #expect(pushed.sourceNames == plan.sourceNames)
    func check(_ plan: LogicalPlan) {
      if case .filter(let condition) = plan.operation {
        #expect(condition.fields.allSatisfy { plan.inputs[0].schema.index(of: $0) != nil })
        #expect(plan.schema == plan.inputs[0].schema && plan.referenceSystem == plan.inputs[0].referenceSystem)
      }
      plan.inputs.forEach(check)
    }
    check(pushed)
  }

  // MARK: Strategies

  @Test(arguments: [
    // The smaller side is indexed, and the larger asks.
    ("residents | within 1 km of clinics", PhysicalPlan.Strategy.indexPlaces),
    ("clinics | within 1 km of residents", .indexRows), ("parks | outside districts", .indexPlaces),
    ("start_up_area | intersecting districts", .indexRows), ("clinics | beyond 1 km of clinics", .indexPlaces),
    ("parks | count collection_points", .indexPlaces), ("collection_points | count parks", .indexPlaces),
    ("parks | density clinics per km2", .indexPlaces), ("parks | take 1 | count clinics", .indexRows),
    // A filter makes a side smaller.
    ("clinics | where name == \"x\" | within 1 km of markets", .indexRows),
    ("clinics | within 1 km of (markets | where name == \"x\")", .indexPlaces),
    ("residents | nearest clinics as c", .indexPlaces), ("clinics | nearest residents as c", .indexPlaces),
    ("places | locate in districts as d", .indexPlaces), ("parks | coverage by clinics within 1 km", .indexPlaces),
    ("parks | clip to districts", .indexPlaces), ("parks | erase districts", .indexPlaces),
    ("parks | gaps by clinics within 1 km", .indexPlaces),
    ("service_halls | join districts on district == d.name as d", .hash), ("parks | distinct kind", .hash),
    ("parks | sort by name", .collect), ("parks | dissolve", .collect), ("parks | grid 1 km", .collect),
    ("parks | take 5", .stream), ("parks | buffer 5 m", .stream), ("parks | union districts", .stream),
    ("point(117.1, 36.8)", .stream), ("values (a = 1)", .stream), ("circle", .stream),
  ])
  func strategy(_ text: String, _ expected: PhysicalPlan.Strategy) throws {
    #expect(try Bound.plan(text).pushingFiltersDown().physical().strategy == expected, "\(text)")
  }

  @Test func aPhysicalPlanIsTheLogicalOne() throws {
    let plan = try Bound.plan("places | nearest clinics as c | where district == \"x\" | sort by c.distance")
    let physical = plan.pushingFiltersDown().physical()
    #expect(physical.schema == plan.schema && physical.referenceSystem == "EPSG:4548")
    #expect(physical.strategy == .collect && physical.inputs.map(\.strategy) == [.indexPlaces])
    #expect(physical.inputs[0].inputs.map(\.strategy) == [.stream, .stream])
  }
}
