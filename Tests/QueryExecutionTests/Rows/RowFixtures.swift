import FeatureTables
import GeometryKernel
import QueryLanguage
import QueryPlanning
import StreetNetworks

@testable import QueryExecution

/// Tables by name, in one made-up reference system.
final class TablesByName: ExecutionData {
  var tables: [String: Table]
  private(set) var reads: [String] = []

  init(_ tables: [String: Table] = [:]) { self.tables = tables }

  func table(layer: String, referenceSystem: String?) throws -> Table {
    reads.append(layer)
    return tables[layer] ?? Table(schema: Schema([]), columns: [], rowCount: 0)
  }

  func result(named name: String) throws -> (table: Table, referenceSystem: String?) {
    (try table(layer: name, referenceSystem: nil), "A")
  }

  func reproject(_ geometry: GeometryArray, from: String, to: String) throws -> GeometryArray {
    geometry.replacingCoordinates(xs: geometry.xs.map { $0 + 1 }, ys: geometry.ys)
  }

  func position(longitude: Double, latitude: Double, in referenceSystem: String) throws -> (x: Double, y: Double) {
    (longitude * 10, latitude * 10)
  }

  func travelNetwork(named layer: String, in referenceSystem: String) throws -> TravelNetwork {
    throw Diagnostic(.noNetwork, at: nil, "\(layer) has no street network")
  }

  func travelMode(named name: String) throws -> TravelMode {
    guard let mode = TravelMode.defaults.first(where: { $0.name == name }) else {
      throw Diagnostic(.noNetwork, at: nil, "nobody travels by \(name)")
    }
    return mode
  }

  var travelSettings: TravelSettings { TravelSettings() }
}

/// A column of values of one type.
func column(_ type: ValueType, _ values: [Value]) -> Column {
  var builder = ColumnBuilder(type)
  for value in values { builder.append(value) }
  return builder.finish()
}

func table(_ columns: [(String, ValueType, [Value])]) -> Table {
  Table(
    schema: Schema(columns.map { Field($0.0, $0.1) }), columns: columns.map { column($0.1, $0.2) },
    rowCount: columns.first?.2.count ?? 0)
}

extension Table {
  /// All rows as values.
  var rows: [[Value]] { (0..<rowCount).map { row in columns.map { $0.value(at: row) } } }
}

/// Plans as a binder makes them.
func plan(
  _ operation: LogicalPlan.Operation, _ inputs: [PhysicalPlan] = [], _ fields: [Field]? = nil, system: String? = nil,
  strategy: PhysicalPlan.Strategy = .stream
) -> PhysicalPlan {
  let schema = fields.map { Schema($0) } ?? inputs.first?.schema ?? Schema([])
  return PhysicalPlan(
    LogicalPlan(operation, schema: schema, referenceSystem: system, range: 0..<1, estimatedRows: 10),
    strategy: strategy, inputs: inputs)
}

func scan(_ table: Table) -> PhysicalPlan { plan(.table(table, label: "rows"), [], table.schema.fields) }

func run(_ plan: PhysicalPlan, batchRows: Int = Batch.capacity) throws -> Table {
  try Executor.run(plan, context: context(batchRows: batchRows))
}

func context(_ data: TablesByName = TablesByName(), batchRows: Int = Batch.capacity) -> ExecutionContext {
  var settings = ExecutionSettings()
  settings.batchRows = batchRows
  return ExecutionContext(data: data, settings: settings)
}

// MARK: Expressions

func expression(_ kind: BoundExpression.Kind, _ type: ValueType) -> BoundExpression {
  BoundExpression(kind, type: type, range: 3..<7)
}

func field(_ name: String, _ type: ValueType) -> BoundExpression { expression(.field(name), type) }

func constant(_ value: Int64) -> BoundExpression { expression(.constant(.integer(value)), .integer) }

func constant(_ value: Double, _ unit: Unit = .one) -> BoundExpression {
  expression(.constant(.number(value)), .number(unit))
}

func constant(_ value: String) -> BoundExpression { expression(.constant(.text(value)), .text) }

func null(_ type: ValueType) -> BoundExpression { expression(.constant(.null), type) }

func compare(
  _ a: BoundExpression, _ comparison: BoundExpression.Comparison, _ b: BoundExpression
) -> BoundExpression { expression(.compare(comparison, a, b), .boolean) }

func call(_ function: ScalarFunction, _ arguments: [BoundExpression], _ type: ValueType) -> BoundExpression {
  expression(.call(function, arguments), type)
}
