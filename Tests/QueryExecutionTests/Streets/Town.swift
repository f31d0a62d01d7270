import FeatureTables
import GeometryKernel
import QueryLanguage
import QueryPlanning
import StreetNetworks
import TestSupport
import Testing

@testable import QueryExecution

/// A drawn town that is asked in the language: streets, layers of places in it, and nothing else.
final class Town {
  let drawing: Drawing
  private let streets: TravelNetwork
  private var tables: [String: Table] = [:]
  var settings = TravelSettings()
  var modes = TravelMode.defaults
  var workers: Int? = 1
  var batchRows = Batch.capacity
  private(set) var notes: [String] = []
  private(set) var profile: ProfiledPlan?

  init(_ drawing: Drawing) throws {
    self.drawing = drawing
    streets = TravelNetwork(try drawing.graph())
  }

  init(_ graph: StreetGraph) {
    drawing = Drawing("")
    streets = TravelNetwork(graph)
  }

  /// A layer of places with ids from 1 and the letters as their names.
  func add(_ layer: String, _ letters: String, dx: Double = 0, dy: Double = 0, ids: [Int64]? = nil) {
    add(layer, drawing.points(letters, dx: dx, dy: dy), names: letters.map(String.init), ids: ids)
  }

  func add(
    _ layer: String, _ geometry: GeometryArray, names: [String]? = nil, ids: [Int64]? = nil,
    _ more: [(String, ValueType, [Value])] = []
  ) {
    let rows = 0..<geometry.count
    let own: [(String, ValueType, [Value])] = [
      ("id", .integer, ids?.map { .integer($0) } ?? rows.map { .integer(Int64($0 + 1)) }),
      ("name", .text, names?.map { .text($0) } ?? rows.map { .text("\(layer) \($0 + 1)") }),
    ]
    let columns = own + more
    tables[layer] = Table(
      schema: Schema(columns.map { Field($0.0, $0.1) } + [Field(Field.geometryName, .geometry)]),
      columns: columns.map { column($0.1, $0.2) } + [Column(.geometry(geometry))], rowCount: geometry.count)
  }

  func ask(_ query: String, _ location: SourceLocation = #_sourceLocation) throws -> Table {
    let parsed = Parser.parse(SourceText(query, name: "test"))
    var binder = Binder(catalog: self)
    guard case .query(let pipeline)? = parsed.script.statements.first?.kind, let plan = binder.bind(pipeline),
      parsed.diagnostics.isEmpty
    else {
      throw Diagnostics(parsed.diagnostics + binder.diagnostics)
    }
    var settings = ExecutionSettings()
    settings.workers = workers
    settings.batchRows = batchRows
    let context = ExecutionContext(data: self, settings: settings)
    let (table, profile) = try Executor.profile(plan.pushingFiltersDown().physical(), context: context)
    notes = context.notes
    self.profile = profile
    return table
  }

  /// The rows as text, columns by ` | `, numbers in base units, null as a dash.
  func rows(_ query: String, _ location: SourceLocation = #_sourceLocation) throws -> [String] {
    let table = try ask(query, location)
    return (0..<table.rowCount).map { row in
      zip(table.schema.fields, table.columns).compactMap { field, column -> String? in
        if field.type == .geometry { return nil }
        return switch column.value(at: row) {
        case .null: "-"
        case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
        case let value: value.text
        }
      }.joined(separator: " | ")
    }
  }
}

extension Town: PlanningCatalog {
  var relationNames: [String] { tables.keys.sorted() }

  func relation(named name: String) throws -> RelationInfo? {
    tables[name].map {
      RelationInfo(schema: $0.schema, referenceSystem: "plane", rowCount: Double($0.rowCount), resultKey: nil)
    }
  }

  func answer(sql: String) throws -> (table: Table, referenceSystem: String?) {
    (Table(schema: Schema([]), columns: [], rowCount: 0), nil)
  }

  func network() throws -> NetworkInfo? { NetworkInfo(layer: "streets", modes: modes.map(\.name)) }

  func workingSystem(longitude: Double, latitude: Double) -> String { "plane" }
}

extension Town: ExecutionData {
  func table(layer: String, referenceSystem: String?) throws -> Table {
    tables[layer] ?? Table(schema: Schema([]), columns: [], rowCount: 0)
  }

  func result(named: String) throws -> (table: Table, referenceSystem: String?) {
    (try table(layer: named, referenceSystem: nil), "plane")
  }

  func reproject(_ geometry: GeometryArray, from: String, to: String) throws -> GeometryArray { geometry }

  func position(longitude: Double, latitude: Double, in referenceSystem: String) throws -> (x: Double, y: Double) {
    (longitude, latitude)
  }

  func travelNetwork(named layer: String, in referenceSystem: String) throws -> TravelNetwork { streets }

  func travelMode(named name: String) throws -> TravelMode {
    guard let mode = modes.first(where: { $0.name == name }) else {
      throw Diagnostic(.noNetwork, at: nil, "nobody travels by \(name)")
    }
    return mode
  }

  var travelSettings: TravelSettings { settings }
}

extension GeometryArray {
  /// Upright rectangles by their west, south, east and north.
  static func boxes(_ sides: [(Double, Double, Double, Double)]) -> GeometryArray {
    var areas = GeometryArrayBuilder()
    for (west, south, east, north) in sides {
      areas.beginRow(.polygon)
      areas.beginPart(.area)
      areas.addRing(xs: [west, east, east, west, west], ys: [south, south, north, north, south])
      areas.endRow()
    }
    return areas.finish()
  }
}
