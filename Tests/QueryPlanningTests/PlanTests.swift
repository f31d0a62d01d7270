import FeatureTables
import Testing

@testable import QueryPlanning

/// Columns, their order and the reference system after each step.
@Suite struct Plans {
  @Test(arguments: [
    ("parks", "name name_en kind area_mu geometry"),
    ("parks | where kind == \"core\" | sort by name | take 3", "name name_en kind area_mu geometry"),
    ("parks | where area() < mean(area())", "name name_en kind area_mu geometry"),
    ("parks | sort by area() / sum(area())", "name name_en kind area_mu geometry"),
    ("parks | select kind, name", "kind name geometry"),
    ("parks | select lower(name), x(), area() to mu", "lower_name x area geometry"),
    ("parks | derive mu = area() to mu, half = mu / 2", "name name_en kind area_mu mu half geometry"),
    ("parks | derive name = lower(name)", "name name_en kind area_mu geometry"),
    ("residents | summarize n = count(), sum(pop) by subdistrict", "subdistrict n sum_pop"),
    ("residents | summarize n = count()", "n"),
    ("residents | summarize by subdistrict", "subdistrict"),
    (
      "places | nearest 2 clinics as c",
      "name name_en district c.name c.kind c.subdistrict c.geometry c.distance c.reason geometry"
    ),
    ("places | locate in districts as d | select name, d.name", "name d.name geometry"),
    (
      "service_halls | join budget on district == b.district and services == b.year as b",
      "name district services b.district b.year b.yuan b.reason geometry"
    ),
    (
      "budget | join districts on district == districts.name",
      "district year yuan districts.name districts.area_km2 districts.urban districts.geometry districts.reason"
    ),
    (
      "markets | around 500 m residents as r (n = count(), near = min(distance))",
      "name kind subdistrict r.n r.near geometry"
    ),
    ("odd | nearest odd as o", "#1 distance 区县 o.#1 o.区县 o.geometry o.distance o.reason geometry"),
    ("parks | count clinics | density clinics per mu", "name name_en kind area_mu count density geometry"),
    (
      "subdistricts | coverage by clinics within 1 km of residents weighted by pop as c",
      "name district c.share c.covered c.total c.reason geometry"
    ),
    ("subdistricts | coverage by clinics within 1 km", "name district share covered total reason geometry"),
    ("subdistricts | gaps by clinics within 1 km", "name district geometry"),
    ("parks | buffer 5 m | centroid | hull | simplify 1 m", "name name_en kind area_mu geometry"),
    ("parks | dissolve by k = lower(kind)", "k geometry"), ("parks | dissolve", "geometry"),
    ("parks | grid 1 km", "id column row geometry"), ("parks | hexagons 1 km", "id column row geometry"),
    ("clinics | union waste_facilities", "name kind subdistrict capacity year geometry"),
    ("budget | distinct district", "district year yuan"),
    ("point(117.1, 36.8)", "geometry"), ("values (a = 1, b = \"x\"), (2, null)", "a b"), ("sql \"select 1\"", "kind n"),
    (
      "budget | join districts on district == d.name as d | derive geometry = d.geometry | where area() > 1 km2",
      "district year yuan d.name d.area_km2 d.urban d.geometry d.reason geometry"
    ),
  ])
  func columns(_ text: String, _ names: String) throws {
    #expect(try Bound.plan(text).schema.fields.map(\.name).joined(separator: " ") == names, "\(text)")
  }

  /// Units of what steps add.
  @Test(arguments: [
    ("places | nearest clinics as c", "c.distance", ValueType.number(.metre)),
    ("parks | count clinics as n", "n", .integer),
    ("parks | density clinics per km2 as d", "d", .number(Unit.preferred(for: .perArea))),
    ("parks | coverage by clinics within 1 km as c", "c.share", .number(.percent)),
    ("parks | coverage by clinics within 1 km as c", "c.total", .number(.squareKilometre)),
    ("parks | coverage by clinics within 1 km of residents as c", "c.total", .plainNumber),
    ("parks | coverage by clinics within 1 km of residents weighted by pop as c", "c.covered", .plainNumber),
    ("clinics | select a = 1 | union (clinics | select a = 2.5)", "a", .plainNumber),
    ("clinics | select a = 5 km | union (clinics | select a = 3 m)", "a", .number(Unit.named("km") ?? .metre)),
    ("values (r = 300 m), (1 km), (null)", "r", .number(.metre)),
    ("values (r = 1), (2.5)", "r", .plainNumber),
  ])
  func types(_ text: String, _ column: String, _ type: ValueType) throws {
    let schema = try Bound.plan(text).schema
    let index = try #require(schema.index(of: column))
    #expect(schema.fields[index].type == type, "\(text)")
  }

  /// Outside of an aggregate a key means what the groups are made of, inside it the rows' own.
  @Test func keysHideFields() throws {
    let plan = try Bound.plan(
      "sale_points | summarize y = district, last = max(district) by district = year(valid_from)")
    #expect(plan.schema.fields.map(\.type) == [.integer, .integer, .text])
  }

  @Test func independentColumnsAreDerivedTogether() throws {
    let plan = try Bound.plan("parks | derive a = 1, b = area(), c = a + 1, d = c * count(), e = d")
    var projections = 0
    var step = plan
    while let below = step.inputs.first {
      if case .project = step.operation { projections += 1 }
      step = below
    }
    // a b · c · d · e: c reads a, d reads c and an aggregate, e reads d
    #expect(projections == 4)
    #expect(plan.schema.attributes.map(\.name).suffix(5) == ["a", "b", "c", "d", "e"])
  }

  // MARK: Reference systems

  @Test func layersAreBroughtToTheSystemOfTheQuery() throws {
    let bound = Bound("parks | nearest wuhan_streets as w")
    let plan = try #require(bound.plan)
    #expect(plan.referenceSystem == "EPSG:4548" && plan.inputs[1].referenceSystem == "EPSG:4548")
    #expect(
      bound.lines == [
        "crs.mixed «wuhan_streets» wuhan_streets belongs in EPSG:4547 and is brought to EPSG:4548, the system of this query"
      ])
    #expect(bound.diagnostics.map(\.severity) == [.note])
  }

  @Test func forcedSystemHoldsEverywhereWithoutANote() throws {
    let bound = Bound("parks | within 1 km of (wuhan_streets | take 5)", forcedSystem: "EPSG:32650")
    let plan = try #require(bound.plan)
    #expect(bound.lines.isEmpty)
    #expect(plan.referenceSystem == "EPSG:32650")
    #expect(plan.inputs[1].inputs[0].referenceSystem == "EPSG:32650")
  }

  /// A result keeps its system, so it is reprojected as a step of its own, without the geometries that a join added.
  @Test func resultsAreReprojected() throws {
    let plan = try Bound.plan("parks | within 1 km of southern")
    let places = plan.inputs[1]
    guard case .reproject = places.operation, case .project = places.inputs[0].operation else {
      Issue.record("\(places.operation)")
      return
    }
    #expect(places.referenceSystem == "EPSG:4548" && places.schema.fields.map(\.name) == ["name", "geometry"])
    #expect(places.inputs[0].inputs[0].referenceSystem == "EPSG:4547")
    #expect(try Bound.plan("southern").schema.index(of: "h.geometry") == 1)
  }

  @Test func aPointLiesInTheSystemOfTheQuery() throws {
    #expect(try Bound.plan("point(114.3, 30.6)").referenceSystem == "EPSG:4547")
    #expect(try Bound.plan("parks | within 1 km of point(114.3, 30.6)").inputs[1].referenceSystem == "EPSG:4548")
  }

  @Test func summariesHaveNoSystemUntilAJoinBringsGeometry() throws {
    #expect(try Bound.plan("residents | summarize n = count() by subdistrict").referenceSystem == nil)
    #expect(try Bound.plan("budget | take 1").referenceSystem == nil)
    let joined = try Bound.plan("budget | join districts on district == d.name as d | derive geometry = d.geometry")
    #expect(joined.referenceSystem == "EPSG:4548")
  }

  @Test func sourcesAreNamedInTheOrderWritten() throws {
    let plan = try Bound.plan(
      "circle | coverage by (clinics | union markets) within 1 km of residents as k | outside parks | within 1 m of clinics"
    )
    #expect(plan.sourceNames == ["circle@1", "clinics", "markets", "residents", "parks"])
  }

  // MARK: Assertions

  @Test func anAssertionOfAggregatesIsAskedOnce() throws {
    let failing = try Bound.plan("assert residents: sum(pop) == 353600 and count() > 0")
    #expect(failing.schema.fields.map(\.name) == ["sum(pop)", "count"])
    let rows = try Bound.plan("assert residents: pop <= sum(pop)")
    #expect(rows.schema.fields.map(\.name) == ["pop", "geometry"])
  }

  /// Of a failing row: its name, what the condition reads, and its geometry.
  @Test func failingRowsTellTheirNameAndWhatWasAsked() throws {
    let failing = try Bound.plan("assert parks: area_mu > 5 mu")
    #expect(failing.schema.fields.map(\.name) == ["name", "area_mu", "geometry"])
  }

  /// A null answer does not hold either.
  @Test func failingRowsAreThoseNotTrue() throws {
    let failing = try Bound.plan("assert parks: area_mu > 5 mu")
    let filter = try #require(failing.inputs.first)
    guard case .filter(let condition) = filter.operation, case .caseWhen(let branches, let otherwise) = condition.kind
    else {
      Issue.record("\(failing.operation)")
      return
    }
    #expect(branches.map(\.value.constantValue) == [.boolean(false)])
    #expect(otherwise?.constantValue == .boolean(true))
  }

  @Test func nothingIsTooLongToRefuse() throws {
    let long = "parks" + String(repeating: " | take 5", count: Binder.mostSteps)
    #expect(try Bound.plan(long).schema.hasGeometry)
    let longer = Bound(long + " | take 4 | take 3")
    #expect(longer.plan == nil)
    #expect(longer.diagnostics.map(\.code) == [.tooManySteps])
  }
}
