import FeatureTables
import QueryLanguage
import Testing

@testable import QueryPlanning

/// Layers as a session over Jinan would know them: their columns and counts, no rows.
final class City: PlanningCatalog {
  private var relations: [String: RelationInfo] = [:]
  private let streets: NetworkInfo?

  init(hasStreets: Bool = false) {
    streets = hasStreets ? NetworkInfo(layer: "wuhan_streets", modes: ["walk", "cycle", "drive"]) : nil
    func layer(_ name: String, _ count: Double, _ fields: (String, ValueType)..., system: String = "EPSG:4548") {
      let schema = Schema(fields.map { Field($0.0, $0.1) } + [Field(Field.geometryName, .geometry)])
      relations[name] = RelationInfo(schema: schema, referenceSystem: system, rowCount: count, resultKey: nil)
    }
    let mu = Unit.named("mu").map(ValueType.number) ?? .plainNumber
    layer("start_up_area", 1, ("name", .text), ("area_km2", .number(.squareKilometre)))
    layer("districts", 12, ("name", .text), ("area_km2", .number(.squareKilometre)), ("urban", .boolean))
    layer("subdistricts", 10, ("name", .text), ("district", .text))
    layer("parks", 14, ("name", .text), ("name_en", .text), ("kind", .text), ("area_mu", mu))
    layer("places", 21, ("name", .text), ("name_en", .text), ("district", .text))
    layer("metro_stations", 15, ("name", .text), ("line", .text))
    layer("service_halls", 3, ("name", .text), ("district", .text), ("services", .integer))
    layer(
      "waste_facilities", 18, ("name", .text), ("kind", .text), ("capacity", .plainNumber), ("year", .integer))
    layer(
      "sale_points", 266, ("name", .text), ("district", .text), ("valid_from", .date), ("valid_to", .date))
    layer("collection_points", 14_100, ("kinds", .text), ("supervised", .boolean), ("district", .text))
    layer("clinics", 117, ("name", .text), ("kind", .text), ("subdistrict", .text))
    layer("markets", 142, ("name", .text), ("kind", .text), ("subdistrict", .text))
    layer("residents", 10_000, ("pop", .integer), ("subdistrict", .text))
    // Of another place, in another zone.
    layer("wuhan_streets", 92_667, ("name", .text), system: "EPSG:4547")
    // Names as only a file can bring them.
    layer("odd", 5, ("#1", .integer), ("distance", .number(.metre)), ("区县", .text))
    relations["budget"] = RelationInfo(
      schema: Schema([Field("district", .text), Field("year", .integer), Field("yuan", .plainNumber)]),
      referenceSystem: nil, rowCount: 40, resultKey: nil)
    relations["circle"] = RelationInfo(
      schema: Schema([
        Field("name", .text), Field("c.share", .number(.percent)), Field("c.total", .plainNumber),
        Field(Field.geometryName, .geometry),
      ]), referenceSystem: "EPSG:4548", rowCount: 10, resultKey: "circle@1")
    relations["southern"] = RelationInfo(
      schema: Schema([
        Field("name", .text), Field("h.geometry", .geometry), Field(Field.geometryName, .geometry),
      ]), referenceSystem: "EPSG:4547", rowCount: 7, resultKey: "southern@1")
  }

  var relationNames: [String] { relations.keys.sorted() }

  func relation(named name: String) throws -> RelationInfo? {
    if name == "torn" { throw Diagnostic(.unreadableLayer, at: nil, "torn ends in the middle of a row") }
    return relations[name]
  }

  func answer(sql: String) throws -> (table: Table, referenceSystem: String?) {
    guard sql.hasPrefix("select") else { throw Diagnostic(.unreadableLayer, at: nil, "near \"\(sql)\": syntax error") }
    let schema = Schema([Field("kind", .text), Field("n", .integer)])
    return (
      Table(schema: schema, columns: schema.fields.map { Column.nulls(type: $0.type, count: 2) }, rowCount: 2), nil
    )
  }

  func network() throws -> NetworkInfo? { streets }

  func workingSystem(longitude: Double, latitude: Double) -> String { longitude < 115.5 ? "EPSG:4547" : "EPSG:4548" }
}

/// What binding a text gives: of its first query, after the parameters before it.
struct Bound {
  var plan: LogicalPlan?
  var diagnostics: [Diagnostic] = []
  let source: SourceText

  init(_ text: String, forcedSystem: String? = nil, unread: Set<String> = [], hasStreets: Bool = false) {
    source = SourceText(text, name: "test")
    let parsed = Parser.parse(source)
    diagnostics = parsed.diagnostics
    var parameters: [String: BoundExpression] = [:]
    for statement in parsed.script.statements {
      var binder = Binder(catalog: City(hasStreets: hasStreets), parameters: parameters, forcedSystem: forcedSystem)
      binder.unreadNames = unread
      switch statement.kind {
      case .parameter(let name, let value): parameters[name.text] = binder.bindConstant(value)
      case .query(let pipeline), .explain(let pipeline), .define(_, let pipeline): plan = binder.bind(pipeline)
      case .assert(let subject, let condition, _):
        plan = binder.bindAssertion(subject, condition: condition)?.failing
      default: break
      }
      diagnostics += binder.diagnostics
    }
  }

  /// A mistake in one line: `code «underlined» message → fix`.
  func line(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.range.map { " «\(source[$0])»" } ?? ""
    return "\(diagnostic.code.name)\(place) \(diagnostic.message)" + (diagnostic.fix.map { " → \($0)" } ?? "")
  }

  var lines: [String] { diagnostics.map(line) }

  /// The plan of a text that must be right.
  static func plan(
    _ text: String, forcedSystem: String? = nil, hasStreets: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> LogicalPlan {
    let bound = Bound(text, forcedSystem: forcedSystem, hasStreets: hasStreets)
    let mistakes = bound.diagnostics.filter { $0.severity == .error }.map(bound.line)
    #expect(mistakes.isEmpty, "\(text)", sourceLocation: sourceLocation)
    return try #require(bound.plan, "\(text)", sourceLocation: sourceLocation)
  }
}
