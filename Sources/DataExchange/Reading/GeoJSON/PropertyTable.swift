import FeatureTables
import Glibc

/// The properties of many features: a column for each name, in the order in which names first occur.
struct PropertyTable {
  private(set) var names: [String] = []
  private var columns: [PropertyColumn] = []

  /// The UTF-8 of the names, one after the other.
  private var nameBytes: [UInt8] = []
  private var nameRanges: [Range<Int>] = []
  private var indexes: [String: Int] = [:]
  private var reserved = 0

  /// Features of one file mostly have the same properties in the same order, so the column is sought from the one after
  /// the last; names beyond so many are looked up.
  private static let nearby = 16

  /// Names beyond so many are an error once all is read: nobody's features have so many, and each takes memory.
  static let mostColumns = 4096
  private(set) var isTooWide = false

  /// Sets the values of a row from the members of an object. O(its words).
  mutating func set(_ tape: JSONTape, membersOf object: Int, row: Int, except names: [StaticString] = []) {
    guard tape.mark(object) == JSONTape.Mark.object else { return }
    var expected = 0
    var i = object + 1
    while tape.mark(i) != JSONTape.Mark.objectEnd {
      let value = i + 1
      let name = tape.text(i)
      if names.isEmpty || !names.contains(where: { name.isSpelt($0) }) {
        if let index = index(of: name, expecting: expected) {
          columns[index].set(tape, value, row: row)
          expected = index + 1
        }
      }
      i = tape.next(value)
    }
  }

  private mutating func index(of name: UnsafeBufferPointer<UInt8>, expecting first: Int) -> Int? {
    let count = columns.count
    for step in 0..<min(count, Self.nearby) {
      let index = first + step < count ? first + step : first + step - count
      if matches(name, index) { return index }
    }
    let text = String(decoding: name, as: UTF8.self)
    if let index = indexes[text] { return index }
    guard count < Self.mostColumns else {
      isTooWide = true
      return nil
    }
    return add(text)
  }

  private func matches(_ name: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    let range = nameRanges[index]
    guard range.count == name.count else { return false }
    guard let start = name.baseAddress, !name.isEmpty else { return true }
    return nameBytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp($0 + range.lowerBound, start, range.count) == 0 } ?? false
    }
  }

  private mutating func add(_ name: String) -> Int {
    let index = columns.count
    names.append(name)
    indexes[name] = index
    let start = nameBytes.count
    nameBytes.append(contentsOf: name.utf8)
    nameRanges.append(start..<nameBytes.count)
    var column = PropertyColumn()
    column.reserveCapacity(reserved)
    columns.append(column)
    return index
  }

  /// Appends the rows of another table, the first as row `row`. O(its rows and bytes).
  mutating func append(_ other: PropertyTable, at row: Int) {
    if other.isTooWide { isTooWide = true }
    for (name, column) in zip(other.names, other.columns) {
      guard indexes[name] != nil || columns.count < Self.mostColumns else {
        isTooWide = true
        continue
      }
      let index = indexes[name] ?? add(name)
      columns[index].skip(to: row)
      columns[index].append(column)
    }
  }

  /// A table without rows that knows the columns of this one and what types they can be.
  var withoutRows: PropertyTable {
    var table = self
    table.columns = columns.map(\.withoutRows)
    return table
  }

  /// Keeps some rows, ascending, of a table of so many. O(rows and bytes).
  mutating func keep(_ rows: [Int32], of count: Int) {
    for index in columns.indices {
      columns[index].skip(to: count)
      columns[index].keep(rows)
    }
  }

  /// The typed columns of a table of so many rows, which the values are given up for. O(rows and bytes).
  mutating func finish(rows: Int) -> [(name: String, type: ValueType, column: Column)] {
    names.indices.map { index in
      var values = PropertyColumn()
      swap(&values, &columns[index])
      values.skip(to: rows)
      let (type, column) = values.finish()
      return (names[index], type, column)
    }
  }

  /// Whole numbers beyond 64 bits, which are kept to 16 digits.
  var wideNumbers: Int { columns.reduce(0) { $0 + $1.wideNumbers } }

  mutating func reserveCapacity(_ rows: Int) {
    reserved = rows
    for i in columns.indices { columns[i].reserveCapacity(rows) }
  }
}
