import GeometryKernel

extension Column {
  /// The rows of a range. O(rows copied); the whole column is shared, not copied.
  public func slice(_ rows: Range<Int>) -> Column {
    if rows == 0..<count { return self }
    let validity = validity.isEmpty ? [] : Array(validity[rows])
    switch storage {
    case .boolean(let values): return Column(.boolean(Array(values[rows])), validity: validity)
    case .integer(let values): return Column(.integer(Array(values[rows])), validity: validity)
    case .number(let values): return Column(.number(Array(values[rows])), validity: validity)
    case .date(let values): return Column(.date(Array(values[rows])), validity: validity)
    case .text(let values):
      var result = TextArray()
      result.reserveCapacity(rows: rows.count)
      for row in rows { result.append(utf8: values.utf8(at: row)) }
      return Column(.text(result), validity: validity)
    case .geometry(let geometry): return Column(.geometry(geometry.slice(rows)))
    }
  }

  /// The named rows in the order named; a negative number gives null. O(rows copied).
  public func gather(_ rows: [Int32]) -> Column {
    if case .geometry(let geometry) = storage { return Column(.geometry(geometry.gather(rows))) }
    var validity: [Bool] = []
    if !self.validity.isEmpty || rows.contains(where: { $0 < 0 }) {
      validity = rows.map { $0 >= 0 && (self.validity.isEmpty || self.validity[Int($0)]) }
      if !validity.contains(false) { validity = [] }
    }
    switch storage {
    case .boolean(let values): return Column(.boolean(pick(values, rows, false)), validity: validity)
    case .integer(let values): return Column(.integer(pick(values, rows, 0)), validity: validity)
    case .number(let values): return Column(.number(pick(values, rows, 0)), validity: validity)
    case .date(let values): return Column(.date(pick(values, rows, 0)), validity: validity)
    case .text(let values):
      var result = TextArray()
      result.reserveCapacity(rows: rows.count)
      for row in rows {
        if row < 0 {
          result.append(utf8: EmptyCollection<UInt8>())
        } else {
          result.append(utf8: values.utf8(at: Int(row)))
        }
      }
      return Column(.text(result), validity: validity)
    case .geometry: return self
    }
  }

  private func pick<Element>(_ values: [Element], _ rows: [Int32], _ missing: Element) -> [Element] {
    values.withUnsafeBufferPointer { source in rows.map { $0 < 0 ? missing : source[Int($0)] } }
  }

  /// A column in which every row is the same.
  public static func constant(_ value: Value, type: ValueType, count: Int) -> Column {
    if value == .null { return nulls(type: type, count: count) }
    switch (type, value) {
    case (.boolean, .boolean(let v)): return Column(.boolean(Array(repeating: v, count: count)))
    case (.integer, .integer(let v)): return Column(.integer(Array(repeating: v, count: count)))
    case (.number, .number(let v)): return Column(.number(Array(repeating: v, count: count)))
    case (.number, .integer(let v)): return Column(.number(Array(repeating: Double(v), count: count)))
    case (.date, .date(let v)): return Column(.date(Array(repeating: v.daysSince1970, count: count)))
    case (.text, .text(let v)): return Column(.text(TextArray(repeatElement(v, count: count))))
    default: return nulls(type: type, count: count)
    }
  }

  /// A column in which every row is null.
  public static func nulls(type: ValueType, count: Int) -> Column {
    let validity = Array(repeating: false, count: count)
    switch type {
    case .boolean: return Column(.boolean(Array(repeating: false, count: count)), validity: validity)
    case .integer: return Column(.integer(Array(repeating: 0, count: count)), validity: validity)
    case .number: return Column(.number(Array(repeating: 0, count: count)), validity: validity)
    case .date: return Column(.date(Array(repeating: 0, count: count)), validity: validity)
    case .text:
      return Column(.text(TextArray(bytes: [], starts: Array(repeating: 0, count: count + 1))), validity: validity)
    case .geometry:
      return Column(
        .geometry(GeometryArray(pointsX: Array(repeating: .nan, count: count), y: Array(repeating: .nan, count: count)))
      )
    }
  }
}
