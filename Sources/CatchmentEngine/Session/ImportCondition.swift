import DataExchange
import FeatureTables
import GeometryKernel
import QueryExecution
import QueryLanguage
import QueryPlanning
import StreetNetworks

/// `import … where`: a condition on the columns of a file, which are known once it is open.
struct ImportCondition: RowCondition {
  let expression: Expression
  let parameters: [String: BoundExpression]
  let settings: ExecutionSettings

  func comparisons(over schema: Schema) throws -> [ColumnComparison] {
    try bind(schema).conjuncts.compactMap(\.columnComparison)
  }

  func columns(over schema: Schema) throws -> Set<String> { try bind(schema).fields }

  func rows(of table: Table) throws -> [Int32] {
    // A mistake is told over the columns that people know.
    _ = try bind(table)
    // What is left of a column of numbers tells which rows are.
    let number = "\u{0}row"
    let numbered = Table(
      schema: Schema(table.schema.fields + [Field(number, .integer)]),
      columns: table.columns + [Column(.integer((0..<table.rowCount).map(Int64.init)))], rowCount: table.rowCount)
    let context = ExecutionContext(data: NoRelations(), settings: settings)
    let kept = try Executor.run(try bind(numbered).rows.physical(), context: context)
    guard case .integer(let rows)? = kept[number]?.storage else { return [] }
    return rows.map { Int32(truncatingIfNeeded: $0) }
  }

  private func bind(_ schema: Schema) throws -> BoundExpression {
    let none = Table(schema: schema, columns: schema.fields.map { .nulls(type: $0.type, count: 0) }, rowCount: 0)
    return try bind(none).condition
  }

  private func bind(_ table: Table) throws -> (rows: LogicalPlan, condition: BoundExpression) {
    var binder = Binder(catalog: NoRelations(), parameters: parameters)
    guard let bound = binder.bindCondition(expression, over: table, label: "file") else {
      throw Diagnostics(binder.diagnostics)
    }
    return bound
  }
}

extension BoundExpression {
  /// The comparison of a column with constants that this is; `nil` for anything else.
  fileprivate var columnComparison: ColumnComparison? {
    switch kind {
    case .compare(let test, let a, let b):
      if let column = a.columnName, let value = b.constant { return ColumnComparison(column, test.told, [value]) }
      if let column = b.columnName, let value = a.constant { return ColumnComparison(column, test.mirrored, [value]) }
      return nil
    case .isIn(let a, let list):
      let values = list.compactMap(\.constant)
      guard let column = a.columnName, values.count == list.count else { return nil }
      return ColumnComparison(column, .equal, values)
    default: return nil
    }
  }

  private var columnName: String? {
    switch kind {
    case .field(let name): name
    case .number(let inner): inner.columnName
    default: nil
    }
  }

  private var constant: Value? {
    switch kind {
    case .constant(let value): value
    case .number(let inner): inner.constant
    default: nil
    }
  }
}

extension BoundExpression.Comparison {
  fileprivate var told: ColumnComparison.Test {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }

  /// The same with its sides exchanged.
  fileprivate var mirrored: ColumnComparison.Test {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: told
    }
  }
}

/// A session without layers: a condition on a file reads nothing but the file.
private final class NoRelations: PlanningCatalog, ExecutionData {
  var relationNames: [String] { [] }
  var travelSettings: TravelSettings { TravelSettings() }

  func relation(named name: String) throws -> RelationInfo? { nil }
  func answer(sql: String) throws -> (table: Table, referenceSystem: String?) { throw nothing }
  func network() throws -> NetworkInfo? { nil }
  func workingSystem(longitude: Double, latitude: Double) -> String { "EPSG:4326" }
  func table(layer: String, referenceSystem: String?) throws -> Table { throw nothing }
  func result(named: String) throws -> (table: Table, referenceSystem: String?) { throw nothing }
  func reproject(_ geometry: GeometryArray, from: String, to: String) throws -> GeometryArray { throw nothing }
  func position(longitude: Double, latitude: Double, in system: String) throws -> (x: Double, y: Double) {
    throw nothing
  }
  func travelNetwork(named layer: String, in referenceSystem: String) throws -> TravelNetwork { throw nothing }
  func travelMode(named name: String) throws -> TravelMode { throw nothing }

  private var nothing: Diagnostic {
    Diagnostic(.unknownLayer, at: nil, "a condition on a file reads its own columns alone")
  }
}
