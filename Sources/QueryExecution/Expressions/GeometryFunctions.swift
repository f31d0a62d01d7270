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
    case .x, .y: return coordinate(of: geometry, rows, isX: function == .x)
    case .distance: return try distances(operands, rows, expression)
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

  /// Of the point or the centroid.
  private func coordinate(of geometry: GeometryArray, _ rows: [Int], isX: Bool) -> Column {
    let centroids = geometry.gather(rows.map { Int32(truncatingIfNeeded: $0) }).centroids()
    let values = isX ? centroids.xs : centroids.ys
    return measured(Array(rows.indices)) { values[$0].isNaN ? nil : values[$0] }
  }

  private func distances(_ operands: [Vector], _ rows: [Int], _ expression: BoundExpression) throws -> Column {
    guard operands.count == 2, let first = operands[0].column.geometry, let second = operands[1].column.geometry else {
      throw ExecutionDiagnostic.unexpected("distance() needs two geometries", at: expression.range)
    }
    return first.withView { first in
      second.withView { second in
        measured(Array(rows.indices)) { i in
          rows[i] < 0
            ? nil : first.squaredDistance(at: rows[i], to: second, row: operands[1].row(at: i))?.squareRoot()
        }
      }
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
