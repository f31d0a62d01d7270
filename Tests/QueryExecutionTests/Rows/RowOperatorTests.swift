import FeatureTables
import QueryPlanning
import Testing

@testable import QueryExecution

@Suite struct RowOperatorTests {
  @Test(arguments: [1, 13, Batch.capacity])
  func sortsStably(batchRows: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var maker = RandomExpression(seed: seed)
    let rows = maker.table(rows: 200)
    let all = rows.rows
    for _ in 0..<15 {
      let fields = (0..<Int.random(in: 1...3, using: &maker.random)).compactMap { _ in
        rows.schema.fields.randomElement(using: &maker.random)
      }
      let keys = fields.map {
        BoundSortKey(expression: field($0.name, $0.type), descending: Bool.random(using: &maker.random))
      }
      let result = try run(plan(.sort(keys), [scan(rows)]), batchRows: batchRows)
      let expected = (0..<200).sorted { a, b in
        for (field, key) in zip(fields, keys) {
          let (x, y) = (rows[field.name]?.value(at: a) ?? .null, rows[field.name]?.value(at: b) ?? .null)
          let sign = Self.order(x, y, descending: key.descending)
          if sign != 0 { return sign < 0 }
        }
        return a < b
      }
      let sorted = result.rows
      for (row, from) in expected.enumerated() {
        let same = zip(sorted[row], all[from]).allSatisfy { $0.isSame(as: $1) }
        try #require(same, "seed \(seed): \(PlanTitle.of(plan(.sort(keys), [scan(rows)]))), row \(row)")
      }
    }
  }

  /// Null after NaN after everything, whichever way.
  private static func order(_ a: Value, _ b: Value, descending: Bool) -> Int {
    func rank(_ value: Value) -> Int { value == .null ? 2 : value.isNaN ? 1 : 0 }
    if rank(a) != 0 || rank(b) != 0 { return rank(a) - rank(b) }
    func less(_ a: Value, _ b: Value) -> Bool {
      switch (a, b) {
      case (.integer(let x), .integer(let y)): x < y
      case (.number(let x), .number(let y)): x < y
      case (.text(let x), .text(let y)): Bytes(x) < Bytes(y)
      case (.date(let x), .date(let y)): x < y
      case (.boolean(let x), .boolean(let y)): !x && y
      default: false
      }
    }
    let sign = less(a, b) ? -1 : less(b, a) ? 1 : 0
    return descending ? -sign : sign
  }

  @Test func sortsTheEndsOfWholeNumbers() throws {
    let rows = table([("v", .integer, [.null, .integer(.max), .integer(.min), .null, .integer(-1), .integer(0)])])
    func sorted(_ descending: Bool) throws -> [Value] {
      let key = BoundSortKey(expression: field("v", .integer), descending: descending)
      return try run(plan(.sort([key]), [scan(rows)])).rows.map { $0[0] }
    }
    #expect(try sorted(false) == [.integer(.min), .integer(-1), .integer(0), .integer(.max), .null, .null])
    #expect(try sorted(true) == [.integer(.max), .integer(0), .integer(-1), .integer(.min), .null, .null])
  }

  @Test(arguments: [1, 3, 50, Batch.capacity])
  func joinsAgreeWithNestedLoops(batchRows: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var maker = RandomExpression(seed: seed)
    let left = maker.table(rows: 60)
    let right = maker.table(rows: 40)
    let (leftRows, rightRows) = (left.rows, right.rows)
    for names in [["f1n"], ["f3n"], ["f2n"], ["f1n", "f0n"], ["f4"]] {
      let reason = Field("r.reason", .text)
      let fields = left.schema.fields + right.schema.fields.map { Field("r.\($0.name)", $0.type) } + [reason]
      let joined = plan(
        .join(left: names, right: names, prefix: "r"), [scan(left), scan(right)], fields, strategy: .hash)
      let result = try run(joined, batchRows: batchRows)
      var expected: [[Value]] = []
      let nulls = right.schema.fields.map { _ in Value.null }
      for a in 0..<60 {
        let key = names.map { left[$0]?.value(at: a) ?? .null }
        let matches = (0..<40).filter { b in
          zip(names, key).allSatisfy { name, value in
            value != .null && (right[name]?.value(at: b) ?? .null).isSame(as: value)
          }
        }
        if matches.isEmpty {
          let why = key.contains(.null) ? "null is equal to no row of rows" : "no row of rows is equal"
          expected.append(leftRows[a] + nulls + [.text(why)])
        }
        for b in matches { expected.append(leftRows[a] + rightRows[b] + [.null]) }
      }
      try #require(result.rowCount == expected.count, "seed \(seed), on \(names)")
      for (row, values) in result.rows.enumerated() {
        let same = zip(values, expected[row]).allSatisfy { $0.isSame(as: $1) }
        try #require(same, "seed \(seed), on \(names), row \(row)")
      }
    }
  }

  @Test(arguments: [1, 2, Batch.capacity])
  func keepsTheFirstOfEach(batchRows: Int) throws {
    let rows = table([
      ("a", .text, [.text("x"), .null, .text("x"), .null, .text("y"), .text("x")]),
      ("b", .integer, [.integer(1), .integer(2), .integer(1), .integer(2), .integer(1), .integer(3)]),
    ])
    func distinct(_ names: [String]) throws -> [Value] {
      try run(plan(.distinct(names), [scan(rows)]), batchRows: batchRows).rows.map { $0[1] }
    }
    #expect(try distinct(["a"]) == [.integer(1), .integer(2), .integer(1)])
    #expect(try distinct(["a", "b"]) == [.integer(1), .integer(2), .integer(1), .integer(3)])
    #expect(try distinct(["b"]) == [.integer(1), .integer(2), .integer(3)])
  }

  @Test func unitesInOrder() throws {
    let first = table([("a", .integer, [.integer(1), .integer(2)])])
    let second = table([("a", .integer, [.null, .integer(3)])])
    let both = plan(.union, [scan(first), scan(second)])
    for batchRows in [1, 2, 100] {
      #expect(try run(both, batchRows: batchRows).rows == [[.integer(1)], [.integer(2)], [.null], [.integer(3)]])
    }
    #expect(try run(plan(.take(3), [both])).rowCount == 3)
  }
}
