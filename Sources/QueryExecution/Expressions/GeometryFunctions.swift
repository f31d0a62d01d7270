import FeatureTables
import GeometryKernel
import QueryPlanning

extension ExpressionEvaluator {
  /// Functions of the geometry, read where it lies. Lengths and areas are planar, in the plan's reference system.
  func place(
    _ function: ScalarFunction, _ operands: [Vector], _ count: Int, _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    guard let geometry = operands[0].column.geometry else {
      throw ExecutionDiagnostic.unexpected("\(function.rawValue)() needs a geometry", at: expression.range)
    }
    let rows = (0..<count).map { validity.isEmpty || validity[$0] ? operands[0].row(at: $0) : -1 }
    switch function {
    case .area: return measured(rows) { geometry.area(at: $0) }
    case .length: return measured(rows) { geometry.length(at: $0) }
    case .x: return measured(rows) { geometry.centre(at: $0)?.x }
    case .y: return measured(rows) { geometry.centre(at: $0)?.y }
    case .vertices:
      return Column(
        .integer(rows.map { $0 < 0 ? 0 : Int64(geometry.coordinates(at: $0).count) }), validity: validity)
    case .kind:
      var writer = TextWriter(rows: count)
      for row in rows {
        if row >= 0 { writer.bytes.append(contentsOf: geometry.kind(at: row).name.utf8) }
        writer.endRow()
      }
      return Column(.text(writer.finish()), validity: validity)
    default:
      throw ExecutionDiagnostic.unexpected("\(function.rawValue)() is not of a geometry", at: expression.range)
    }
  }

  /// Null where the row is, and where the geometry is empty and has no such measure.
  @inline(__always)
  private func measured(_ rows: [Int], _ measure: (Int) -> Double?) -> Column {
    var validity: [Bool] = []
    var values = [Double](repeating: 0, count: rows.count)
    for (i, row) in rows.enumerated() {
      if row >= 0, let value = measure(row) {
        values[i] = value
      } else {
        if validity.isEmpty { validity = Array(repeating: true, count: rows.count) }
        validity[i] = false
      }
    }
    return Column(.number(values), validity: validity)
  }
}
