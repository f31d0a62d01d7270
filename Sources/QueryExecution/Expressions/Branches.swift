import FeatureTables
import QueryPlanning

/// Puts a column together from values that were computed for some rows each; rows without a value are null.
struct PieceAssembler {
  private let type: ValueType
  private var builder: ColumnBuilder
  private var index: [Int32]

  init(_ type: ValueType, count: Int) {
    self.type = type
    builder = ColumnBuilder(type)
    index = Array(repeating: -1, count: count)
  }

  /// One value for each of the rows.
  mutating func place(_ column: Column, at rows: [Int32]) {
    let start = Int32(truncatingIfNeeded: builder.count)
    builder.append(contentsOf: column.widened(to: type))
    for (i, row) in rows.enumerated() { index[Int(row)] = start + Int32(truncatingIfNeeded: i) }
  }

  mutating func finish() -> Vector {
    Vector(builder.finish().gather(index), rows: .run(from: 0), count: index.count)
  }
}

extension ExpressionEvaluator {
  func caseWhen(
    _ branches: [BoundBranch], otherwise: BoundExpression?, _ expression: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    var pieces = PieceAssembler(expression.type, count: batch.rowCount)
    var left = Array(0..<Int32(truncatingIfNeeded: batch.rowCount))
    for branch in branches where !left.isEmpty {
      let asked = batch.selecting(left)
      let taken = try rows(where: branch.condition, of: asked)
      if taken.isEmpty { continue }
      pieces.place(try evaluate(branch.value, over: asked.selecting(taken)), at: taken.map { left[Int($0)] })
      left = Self.without(taken, of: left)
    }
    if let otherwise, !left.isEmpty { pieces.place(try evaluate(otherwise, over: batch.selecting(left)), at: left) }
    return pieces.finish()
  }

  /// The first value that is not null; a later one is evaluated only for the rows still without.
  func coalesce(_ arguments: [BoundExpression], _ expression: BoundExpression, _ batch: Batch) throws -> Vector {
    var pieces = PieceAssembler(expression.type, count: batch.rowCount)
    var left = Array(0..<Int32(truncatingIfNeeded: batch.rowCount))
    for argument in arguments where !left.isEmpty {
      let column = try evaluate(argument, over: batch.selecting(left))
      let found = (0..<Int32(truncatingIfNeeded: left.count)).filter { !column.isNull(at: Int($0)) }
      if found.isEmpty { continue }
      pieces.place(column.gather(found), at: found.map { left[Int($0)] })
      left = Self.without(found, of: left)
    }
    return pieces.finish()
  }

  /// The smallest or the greatest argument; nulls are skipped, and NaN while there is a number.
  func extreme(
    _ arguments: [BoundExpression], least: Bool, _ expression: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    guard let first = arguments.first else {
      return Vector(constant: .null, type: expression.type, count: batch.rowCount)
    }
    let count = Int32(truncatingIfNeeded: batch.rowCount)
    let all = Array(0..<count)
    var best = try evaluate(first, over: batch).widened(to: expression.type)
    for argument in arguments.dropFirst() {
      let other = try evaluate(argument, over: batch).widened(to: expression.type)
      let (a, b) = (
        Vector(best, rows: .run(from: 0), count: all.count), Vector(other, rows: .run(from: 0), count: all.count)
      )
      let isBetter = try compare(least ? .less : .greater, b, a, expression)
      let bestIsNaN = try compare(.notEqual, a, a, expression)
      let betters = try connected(isBetter, bestIsNaN, isAnd: false, expression)
      guard let flags = betters.booleans else { continue }
      var pieces = ColumnBuilder(expression.type)
      pieces.append(contentsOf: best)
      pieces.append(contentsOf: other)
      let chosen = all.map { row in
        let i = Int(row)
        let replaces = !other.isNull(at: i) && (best.isNull(at: i) || flags.values[flags.start + i * flags.step])
        return replaces ? row + count : row
      }
      best = pieces.finish().gather(chosen)
    }
    return Vector(best, rows: .run(from: 0), count: all.count)
  }

  /// The rows whose positions are not named; positions are in order.
  private static func without(_ positions: [Int32], of rows: [Int32]) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(rows.count - positions.count)
    var next = 0
    for (i, row) in rows.enumerated() {
      if next < positions.count && Int(positions[next]) == i { next += 1 } else { result.append(row) }
    }
    return result
  }
}
