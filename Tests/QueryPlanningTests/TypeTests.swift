import FeatureTables
import Testing

@testable import QueryPlanning

/// What each form of expression is, and in which unit it is printed.
@Suite struct Types {
  /// Over `layer`: expression, its type as text: `text`, `integer`, `number`, `date`, `truth`, or a unit's symbol.
  private func type(_ expression: String, over layer: String = "parks") throws -> String {
    let plan = try Bound.plan("\(layer) | select a = \(expression)")
    guard case .project(let columns) = plan.operation, let column = columns.first else { return "no projection" }
    switch column.expression.type {
    case .boolean: return "truth"
    case .integer: return "integer"
    case .number(let unit): return unit == .one ? "number" : unit.symbol
    case .text: return "text"
    case .date: return "date"
    case .geometry: return "geometry"
    }
  }

  @Test(arguments: [
    // Literals
    ("5", "integer"), ("5.0", "number"), ("1e3", "number"), ("5 m", "m"), ("80 %", "%"), ("3 per km2", "/km²"),
    ("30 km/h", "km/h"), ("600 t/d", "t/d"), ("500 米", "m"), ("900 亩", "mu"), ("15 分钟", "min"), ("3 公里", "km"),
    ("2 平方公里", "km²"), ("5 公顷", "ha"), ("\"x\"", "text"), ("2021-05-11", "date"), ("true", "truth"),
    ("null", "text"), ("99999999999999999999", "number"), ("9007199254740992", "integer"),
    // Sums keep the unit of the left side; whole numbers stay whole
    ("1 + 2", "integer"), ("1 + 2.5", "number"), ("1 m + 2 km", "m"), ("2 km - 1 m", "km"), ("area() + 5 mu", "km²"),
    ("area_mu - area()", "mu"), ("80 % + 10 %", "%"), ("1 - 80 %", "%"), ("80 % - 0.1", "%"),
    // Products
    ("2 * 3", "integer"), ("2 * 3.0", "number"), ("6 / 3", "number"), ("2 * 5 m", "m"), ("5 km * 2", "km"),
    ("5 km / 2", "km"), ("10 / 2 m", "m^-1"), ("5 m * 5 m", "km²"), ("area() / 1 km2", "number"),
    ("area() / 1 m", "m"), ("area_mu / area()", "number"), ("10 / area()", "/km²"), ("30 km/h * 10 min", "m"),
    ("5 km / 30 km/h", "min"), ("5 km / 10 min", "km/h"), ("600 t/d * 30 d", "t"), ("3 per km2 * area()", "number"),
    ("5 * 1 mu", "mu"), ("600 t/d / 2", "t/d"),
    // A share is a factor; only a number divides it and leaves a share
    ("80 % * 5", "number"), ("5 * 80 %", "number"), ("80 % * 500 m", "m"), ("500 m * 80 %", "m"), ("80 % / 2", "%"),
    ("80 % / 40 %", "number"), ("500 m / 80 %", "m"), ("80 % * 80 %", "number"),
    // Signs and words
    ("-5", "integer"), ("-area()", "km²"), ("not true", "truth"), ("5 > 3", "truth"), ("area() > 900 mu", "truth"),
    ("kind in (\"core\", null)", "truth"), ("kind like \"c%\"", "truth"), ("area_mu is null", "truth"),
    ("geometry is not null", "truth"), ("kind == \"a\" and area() > 1 km2 or false", "truth"),
    // Conversions
    ("area() to mu", "mu"), ("area() to 平方公里", "km²"), ("0.5 to %", "%"), ("5 to %", "%"), ("3 m to mm", "mm"),
    ("10 / area() to per mu", "/mu"), ("5 km / 10 min to m/s", "m/s"), ("area() / area_mu to %", "%"),
    // Choices
    ("case when true then 1 else 2 end", "integer"), ("case when true then 1 else 2.5 end", "number"),
    ("case when true then null else 5 km end", "km"), ("case when true then 5 m else 1 km end", "m"),
    ("case when true then 0 else 50 % end", "%"), ("case when true then \"x\" end", "text"),
    ("coalesce(area_mu, 0 mu)", "mu"), ("coalesce(null, 2021-05-11)", "date"), ("coalesce(kind, \"none\")", "text"),
    ("coalesce(1, 2.5)", "number"), ("coalesce(true, false)", "truth"), ("least(5 km, 300 m)", "km"),
    ("greatest(1, 2)", "integer"), ("coalesce(null, null)", "text"),
    // Functions
    ("area()", "km²"), ("length()", "m"), ("x()", "m"), ("y()", "m"), ("kind()", "text"), ("vertices()", "integer"),
    ("distance(geometry, geometry)", "m"), ("area(geometry)", "km²"), ("lower(name)", "text"), ("upper(name)", "text"),
    ("trim(name)", "text"), ("concat(name, \" \", name_en)", "text"), ("characters(name)", "integer"),
    ("abs(-5)", "integer"), ("abs(-5 m)", "m"), ("round(2.5)", "number"), ("round(5)", "number"),
    ("round(area_mu, 1)", "mu"), ("floor(area())", "km²"), ("ceiling(80 %)", "%"), ("sqrt(area())", "m"),
    ("sqrt(4)", "number"), ("year(2021-05-11)", "integer"), ("month(2021-05-11)", "integer"),
    ("day(2021-05-11)", "integer"), ("date(name)", "date"), ("面积()", "km²"),
    // Aggregates over all rows
    ("count()", "integer"), ("count_distinct(kind)", "integer"), ("sum(area_mu)", "mu"), ("mean(area())", "km²"),
    ("median(vertices())", "number"), ("min(name)", "text"), ("max(area_mu)", "mu"), ("stdev(area())", "km²"),
    ("sum(vertices())", "integer"), ("mean(vertices())", "number"), ("area() / mean(area()) to %", "%"),
    ("area() < mean(area())", "truth"),
  ])
  func expression(_ text: String, _ expected: String) throws {
    #expect(try type(text) == expected, "\(text)")
  }

  @Test(arguments: [
    ("valid_to - valid_from", "d"), ("valid_from + 30 d", "date"), ("30 d + valid_from", "date"),
    ("valid_to - 1 d", "date"), ("(valid_to - valid_from) / 1 d", "number"), ("valid_from > \"2021-05-01\"", "truth"),
    ("\"2021-05-01\" < valid_from", "truth"), ("valid_from in (2021-05-01, \"2021-05-11\")", "truth"),
    ("open on 2021-06-01", "truth"), ("max(valid_to)", "date"), ("year(valid_from)", "integer"),
  ])
  func dates(_ text: String, _ expected: String) throws {
    #expect(try type(text, over: "sale_points") == expected, "\(text)")
  }

  @Test func peopleBecomeADensity() throws {
    #expect(try type("pop / (900 mu)", over: "residents") == "/km²")
    #expect(try type("sum(pop)", over: "residents") == "integer")
    #expect(try type("pop * 80 %", over: "residents") == "number")
    #expect(try type("c.share * 100", over: "circle") == "number")
    #expect(try type("c.share - mean(c.share)", over: "circle") == "%")
  }

  /// Rounding is in the unit printed: the step handed on is in base units.
  @Test(arguments: [
    ("round(area(), 2)", 1e4), ("round(area_mu)", 1e6 / 1500), ("round(length() to km, 1)", 100.0),
    ("round(12345.678, -2)", 100.0), ("floor(80 %)", 0.01),
  ])
  func roundingSteps(_ text: String, _ step: Double) throws {
    let plan = try Bound.plan("parks | select a = \(text)")
    guard case .project(let columns) = plan.operation, case .call(_, let arguments)? = columns.first?.expression.kind
    else {
      Issue.record("no call")
      return
    }
    let found = try #require(arguments.last?.constantNumber)
    #expect(abs(found - step) <= 1e-9 * step)
  }

  /// Constants are in base units and folded.
  @Test(arguments: [
    ("500 m", 500.0), ("3 公里", 3000), ("1 km + 500 m", 1500), ("2 * 3 km", 6000), ("(1 km2) / (2 km)", 500),
    ("30 km/h * 10 min", 5000), ("-(1 km) + 2 km", 1000), ("1500 mm to km", 1.5),
  ])
  func lengths(_ text: String, _ metres: Double) throws {
    let plan = try Bound.plan("parks | buffer \(text)")
    guard case .buffer(let found) = plan.operation else {
      Issue.record("no buffer")
      return
    }
    #expect(abs(found - metres) < 1e-9 * metres)
  }

  @Test func parametersAreConstantsWithTheirUnits() throws {
    let plan = try Bound.plan("param half = 250 m\nparam d = half * 2\nresidents | within d of clinics")
    guard case .keep(.within(.straight(500))) = plan.operation else {
      Issue.record("\(plan.operation)")
      return
    }
  }

  /// A field stands before a parameter of its name.
  @Test func fieldsStandBeforeParameters() throws {
    let plan = try Bound.plan("param pop = 5\nresidents | select a = pop")
    guard case .project(let columns) = plan.operation else { return }
    #expect(columns.first?.expression.kind == .field("pop"))
  }

  @Test func sameAggregateIsComputedOnce() throws {
    let plan = try Bound.plan("residents | select a = sum(pop), b = pop / sum(pop), c = max(pop)")
    guard case .aggregateOverAll(let aggregates) = plan.inputs[0].operation else {
      Issue.record("\(plan.inputs[0].operation)")
      return
    }
    #expect(aggregates.map(\.function) == [.sum, .max])
  }

  /// Hidden fields give way to names that a file brought.
  @Test func hiddenNamesAreFree() throws {
    let plan = try Bound.plan("odd | derive s = sum(`#1`) | where `#1` < max(`#1`)")
    #expect(plan.schema.fields.map(\.name) == ["#1", "distance", "区县", "s", "geometry"])
  }
}
