import FeatureTables
import GeometryKernel

/// The values of an expression over the rows of a batch, as kernels read them: not broadcast, not copied if avoidable.
struct Vector {
  enum Rows {
    /// Row 0 of the column stands for every row.
    case constant
    /// The column's rows from here on.
    case run(from: Int)
    /// Texts and geometries are read where they lie; -1 is null.
    case selection([Int32])
  }

  let column: Column
  let rows: Rows
  let count: Int

  init(_ column: Column, rows: Rows, count: Int) {
    self.column = column
    self.rows = rows
    self.count = count
  }

  init(constant value: Value, type: ValueType, count: Int) {
    self.init(Column.constant(value, type: type, count: 1), rows: .constant, count: count)
  }

  /// Values of fixed size are gathered when they are not neighbours, texts and geometries are not.
  init(_ view: ColumnView) {
    switch view.rows.kind {
    case .range(let range): self.init(view.source.column, rows: .run(from: range.lowerBound), count: range.count)
    case .selection(let selection):
      switch view.source.column.storage {
      case .text, .geometry: self.init(view.source.column, rows: .selection(selection), count: selection.count)
      default: self.init(view.source.column.gather(selection), rows: .run(from: 0), count: selection.count)
      }
    }
  }

  var isConstant: Bool {
    if case .constant = rows { return true }
    return false
  }

  var isNullConstant: Bool { isConstant && column.isNull(at: 0) }

  /// The row of the column behind a row of the batch; -1 for null.
  func row(at index: Int) -> Int {
    switch rows {
    case .constant: 0
    case .run(let start): start + index
    case .selection(let selection): Int(selection[index])
    }
  }

  /// One flag a row, false where it is null; empty when no row is. O(rows).
  func validity() -> [Bool] {
    if isConstant { return isNullConstant ? Array(repeating: false, count: count) : [] }
    if case .geometry(let geometry) = column.storage {
      return (0..<count).map {
        let row = row(at: $0); return row >= 0 && !geometry.isNull(at: row)
      }
    }
    switch rows {
    case .constant: return []
    case .run(let start): return column.validity.isEmpty ? [] : Array(column.validity[start..<(start + count)])
    case .selection(let selection):
      let flags = column.validity
      if flags.isEmpty && !selection.contains(where: { $0 < 0 }) { return [] }
      return selection.map { $0 >= 0 && (flags.isEmpty || flags[Int($0)]) }
    }
  }

  /// A column of `count` rows.
  func materialised() -> Column {
    switch rows {
    case .constant: column.gather(Array(repeating: 0, count: count))
    case .run(let start): column.slice(start..<(start + count))
    case .selection(let selection): column.gather(selection)
    }
  }
}

/// A buffer of values of fixed size with the way to walk it: step 0 repeats a constant.
struct Operand<Element> {
  let values: [Element]
  let start: Int
  let step: Int
}

extension Vector {
  private func operand<Element>(_ values: [Element]) -> Operand<Element> {
    switch rows {
    case .constant: Operand(values: values, start: 0, step: 0)
    case .run(let start): Operand(values: values, start: start, step: 1)
    case .selection: Operand(values: values, start: 0, step: 1)
    }
  }

  /// Numbers in base units; whole numbers are widened. `nil` for other types.
  var numbers: Operand<Double>? {
    switch column.storage {
    case .number(let values): return operand(values)
    case .integer(let values):
      let whole = operand(values)
      return Operand(values: map(whole, count: isConstant ? 1 : count) { Double($0) }, start: 0, step: whole.step)
    default: return nil
    }
  }

  var integers: Operand<Int64>? {
    if case .integer(let values) = column.storage { return operand(values) }
    return nil
  }

  var booleans: Operand<Bool>? {
    if case .boolean(let values) = column.storage { return operand(values) }
    return nil
  }

  /// Days since 1970-01-01.
  var dates: Operand<Int32>? {
    if case .date(let values) = column.storage { return operand(values) }
    return nil
  }

  var texts: TextArray? {
    if case .text(let texts) = column.storage { return texts }
    return nil
  }
}
