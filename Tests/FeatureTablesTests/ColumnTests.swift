import FeatureTables
import GeometryKernel
import TestSupport
import Testing

@Suite struct ColumnTests {
  static let types: [ValueType] = [.boolean, .integer, .plainNumber, .text, .date]

  /// Values of a type, one in four of them null.
  static func values(_ type: ValueType, _ count: Int, _ random: inout SplitMix64) -> [Value] {
    (0..<count).map { _ in
      let number = Int.random(in: -9...9, using: &random)
      if Int.random(in: 0..<4, using: &random) == 0 { return .null }
      switch type {
      case .boolean: return .boolean(number > 0)
      case .integer: return .integer(Int64(number))
      case .number: return .number(Double(number) / 4)
      case .text: return .text(["", "a", "街道", "é"][abs(number) % 4])
      default: return .date(CalendarDate(daysSince1970: Int32(18_000 + number)))
      }
    }
  }

  static func column(_ type: ValueType, _ values: [Value]) -> Column {
    var builder = ColumnBuilder(type, reservingRows: values.count)
    for value in values { builder.append(value) }
    return builder.finish()
  }

  private func values(_ column: Column) -> [Value] { (0..<column.count).map { column.value(at: $0) } }

  @Test(arguments: types) func rowsAreWhatWasAppended(type: ValueType) {
    for seed in 1...20 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let rows = Self.values(type, 30, &random)
      let column = Self.column(type, rows)
      #expect(values(column) == rows, "seed \(seed)")
      #expect(column.nullCount == rows.count { $0 == .null }, "seed \(seed)")
    }
  }

  @Test(arguments: types) func slicesAndGatheredRowsAreThoseOfTheValues(type: ValueType) {
    for seed in 1...20 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let rows = Self.values(type, 30, &random)
      let column = Self.column(type, rows)
      let start = Int.random(in: 0...30, using: &random)
      let end = Int.random(in: start...30, using: &random)
      #expect(values(column.slice(start..<end)) == Array(rows[start..<end]), "seed \(seed)")
      let picks = (0..<40).map { _ in Int32.random(in: -1..<30, using: &random) }
      #expect(values(column.gather(picks)) == picks.map { $0 < 0 ? .null : rows[Int($0)] }, "seed \(seed)")
    }
  }

  @Test(arguments: types) func appendedColumnsFollowEachOther(type: ValueType) {
    for seed in 1...20 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let pieces = [0, 5, 0, 7].map { Self.values(type, $0, &random) }
      var builder = ColumnBuilder(type)
      for piece in pieces { builder.append(contentsOf: Self.column(type, piece)) }
      #expect(values(builder.finish()) == pieces.flatMap { $0 }, "seed \(seed)")
    }
  }

  @Test(arguments: types) func constantsAndNullsHaveTheirLength(type: ValueType) {
    var random = SplitMix64(seed: 3)
    let value = Self.values(type, 40, &random).first { $0 != .null } ?? .null
    #expect(values(Column.constant(value, type: type, count: 3)) == [value, value, value])
    #expect(values(Column.constant(.null, type: type, count: 2)) == [.null, .null])
    #expect(Column.nulls(type: type, count: 4).nullCount == 4)
  }

  @Test func geometryKeepsItsOwnNulls() {
    var builder = ColumnBuilder(.geometry)
    builder.geometry?.appendPoint(x: 1, y: 2)
    builder.appendNull()
    let column = builder.finish()
    #expect(column.count == 2 && column.nullCount == 1 && column.isNull(at: 1))
    #expect(column.gather([1, 0, -1]).nullCount == 2)
    #expect(Column.nulls(type: .geometry, count: 3).nullCount == 3)
  }

  @Test func whatIsOfAnotherTypeIsNull() {
    #expect(values(Self.column(.boolean, [.text("a"), .boolean(true)])) == [.null, .boolean(true)])
    // Whole numbers are numbers too.
    #expect(values(Self.column(.plainNumber, [.integer(3)])) == [.number(3)])
  }
}

@Suite struct TextArrayTests {
  @Test func textsCompareByTheirBytes() {
    let texts = ["", "a", "ab", "b", "B", "é", "街", "街道", "a\u{0}"]
    let array = TextArray(texts)
    for (i, a) in texts.enumerated() {
      for (j, b) in texts.enumerated() {
        let isBefore = a.utf8.lexicographicallyPrecedes(b.utf8)
        let isAfter = b.utf8.lexicographicallyPrecedes(a.utf8)
        #expect(array.compare(i, to: array, j) == (isBefore ? -1 : isAfter ? 1 : 0), "\(a), \(b)")
      }
    }
  }

  @Test func malformedBytesShowAsTheReplacementCharacter() {
    var array = TextArray()
    array.append(utf8: [0x61, 0xFF])
    #expect(array[0] == "a\u{FFFD}" && Array(array.utf8(at: 0)) == [0x61, 0xFF])
  }
}
