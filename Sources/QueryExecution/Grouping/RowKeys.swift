import FeatureTables

/// Numbers the combinations of key values from 0 in the order in which they first come.
///
/// Each column's values are numbered by themselves, then pairs of numbers, so that every loop runs over one type.
/// Null is a value like others, NaN is equal to itself, and 0 and -0 are one.
struct RowKeys {
  private var columns: [KeyColumn]
  /// Table `i` numbers the pairs of what came before and column `i + 1`.
  private var pairs: [WordTable]

  init(_ types: [ValueType]) {
    columns = types.map { KeyColumn($0) }
    pairs = Array(repeating: WordTable(), count: max(0, types.count - 1))
  }

  /// The number of combinations seen; 1 without key columns.
  var count: Int { pairs.last?.count ?? columns.first?.count ?? 1 }

  /// The number of each row's combination, new ones included. O(rows).
  mutating func identify(_ keys: [Vector], count rowCount: Int) -> [Int32] {
    guard var result = keys.first.map({ columns[0].identify($0) }) else {
      return Array(repeating: 0, count: rowCount)
    }
    for i in 1..<max(1, keys.count) {
      result = pairs[i - 1].identify(Self.paired(result, columns[i].identify(keys[i])))
    }
    return result
  }

  /// The number of each row's combination; -1 where it has none or where a key is null, which is equal to nothing.
  func find(_ keys: [Vector], count rowCount: Int) -> [Int32] {
    guard var result = keys.first.map({ columns[0].find($0) }) else { return Array(repeating: 0, count: rowCount) }
    for i in 1..<max(1, keys.count) {
      // The pair of an unknown number is unknown as well: numbers that were given are not negative.
      result = pairs[i - 1].find(Self.paired(result, columns[i].find(keys[i])))
    }
    return result
  }

  /// Two numbers as one word.
  static func paired(_ a: [Int32], _ b: [Int32]) -> [UInt64] {
    map(Operand(values: a, start: 0, step: 1), Operand(values: b, start: 0, step: 1), count: a.count) {
      UInt64(UInt32(bitPattern: $0)) << 32 | UInt64(UInt32(bitPattern: $1))
    }
  }
}

/// Numbers the values of one column: in one of two tables, by its type.
private struct KeyColumn {
  private let type: ValueType
  private var words = WordTable()
  private var texts = TextTable()

  init(_ type: ValueType) { self.type = type }

  var count: Int { words.count + texts.count }

  mutating func identify(_ vector: Vector) -> [Int32] {
    let validity = vector.validity()
    if let values = vector.texts {
      return withBuffers(values) { buffers in
        (0..<vector.count).map { i in
          validity.isEmpty || validity[i] ? texts.number(of: buffers.text(vector.row(at: i))) : texts.numberOfNull()
        }
      }
    }
    return words.identify(vector.keyWords(type), validity: validity)
  }

  func find(_ vector: Vector) -> [Int32] {
    let validity = vector.validity()
    if let values = vector.texts {
      return withBuffers(values) { buffers in
        (0..<vector.count).map { i in
          validity.isEmpty || validity[i] ? texts.find(buffers.text(vector.row(at: i))) : -1
        }
      }
    }
    return words.find(vector.keyWords(type), validity: validity)
  }
}

extension Vector {
  /// Values of fixed size as words that are equal where the values are.
  func keyWords(_ type: ValueType) -> [UInt64] {
    if case .number = type, let numbers {
      return map(numbers, count: count) { $0.isNaN ? Double.nan.bitPattern : ($0 == 0 ? 0.0 : $0).bitPattern }
    }
    if let integers { return map(integers, count: count) { UInt64(bitPattern: $0) } }
    if let dates { return map(dates, count: count) { UInt64(UInt32(bitPattern: $0)) } }
    if let booleans { return map(booleans, count: count) { $0 ? 1 : 0 } }
    return Array(repeating: 0, count: count)
  }
}
