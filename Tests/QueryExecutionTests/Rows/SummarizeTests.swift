import FeatureTables
import QueryLanguage
import QueryPlanning
import Testing

@testable import QueryExecution

@Suite struct SummarizeTests {
  private func summary(
    _ rows: Table, by keys: [(String, ValueType)], _ aggregates: [BoundAggregate], batchRows: Int = Batch.capacity
  ) throws -> Table {
    let bound = keys.map { BoundColumn(name: $0.0, expression: field($0.0, $0.1)) }
    let fields = bound.map(\.field) + aggregates.map(\.field)
    return try run(plan(.summarize(keys: bound, aggregates), [scan(rows)], fields), batchRows: batchRows)
  }

  private func aggregate(_ function: AggregateFunction, _ argument: BoundExpression?, _ type: ValueType)
    -> BoundAggregate
  {
    BoundAggregate(function, argument, field: Field("r", type))
  }

  private func single(_ function: AggregateFunction, _ values: [Value], _ type: ValueType, gives: ValueType) throws
    -> Value
  {
    let rows = table([("v", type, values)])
    return try summary(rows, by: [], [aggregate(function, field("v", type), gives)]).rows[0][0]
  }

  /// Groups by a dictionary; the order is that of first appearance.
  @Test(arguments: [1, 7, 64, Batch.capacity])
  func agreesWithADictionary(batchRows: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var maker = RandomExpression(seed: seed)
    let rows = maker.table(rows: 300)
    let types: [String: ValueType] = Dictionary(
      uniqueKeysWithValues: rows.schema.fields.map { ($0.name, $0.type) })
    for names in [["f0n"], ["f1n"], ["f2n"], ["f3n"], ["f4n"], ["f0n", "f1"], ["f3n", "f2n", "f0"], []] {
      let keys = names.compactMap { name in types[name].map { (name, $0) } }
      let number = field("f2n", .plainNumber)
      let whole = field("f1n", .integer)
      let aggregates = [
        BoundAggregate(.count, nil, field: Field("rows", .integer)),
        BoundAggregate(.count, whole, field: Field("known", .integer)),
        BoundAggregate(.countDistinct, field("f3n", .text), field: Field("texts", .integer)),
        BoundAggregate(.sum, whole, field: Field("sum", .integer)),
        BoundAggregate(.mean, whole, field: Field("mean", .plainNumber)),
        BoundAggregate(.median, whole, field: Field("median", .plainNumber)),
        BoundAggregate(.min, number, field: Field("least", .plainNumber)),
        BoundAggregate(.max, field("f3n", .text), field: Field("last", .text)),
        BoundAggregate(.min, field("f4n", .date), field: Field("first", .date)),
        BoundAggregate(.sum, number, field: Field("total", .plainNumber)),
      ]
      let result = try summary(rows, by: keys, aggregates, batchRows: batchRows)

      let summed = result.rows
      var order: [[Value]] = []
      var groups: [[Value]: [Int]] = [:]
      for row in 0..<300 {
        let key = names.compactMap { rows[$0]?.value(at: row) }.map { $0.isNaN ? Value.text("NaN") : $0 }
        if groups[key] == nil { order.append(key) }
        groups[key, default: []].append(row)
      }
      try #require(result.rowCount == order.count, "seed \(seed), by \(names)")
      for (group, key) in order.enumerated() {
        let members = groups[key] ?? []
        func known(_ name: String) -> [Value] {
          members.compactMap { rows[name]?.value(at: $0) }.filter { $0 != .null }
        }
        let wholes = known("f1n").compactMap { if case .integer(let i) = $0 { i } else { nil } }
        let numbers = known("f2n").compactMap { if case .number(let d) = $0 { d } else { nil } }
        let texts = known("f3n").compactMap { if case .text(let t) = $0 { t } else { nil } }
        let dates = known("f4n").compactMap { if case .date(let d) = $0 { d } else { nil } }
        let sorted = wholes.sorted()
        let middle = sorted.count / 2
        let median =
          sorted.isEmpty
          ? Value.null
          : .number(sorted.count % 2 == 1 ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2)
        let ordinary = numbers.filter { !$0.isNaN }
        let expected: [Value] = [
          .integer(Int64(members.count)), .integer(Int64(wholes.count)), .integer(Int64(Set(texts).count)),
          wholes.isEmpty ? .null : .integer(wholes.reduce(0, +)),
          wholes.isEmpty ? .null : .number(Double(wholes.reduce(0, +)) / Double(wholes.count)), median,
          numbers.isEmpty ? .null : .number(ordinary.min() ?? .nan),
          texts.map { Bytes($0) }.max().map { .text(String(decoding: $0.bytes, as: UTF8.self)) } ?? .null,
          dates.min().map { .date($0) } ?? .null,
          // Quarters are exact in any order.
          numbers.isEmpty ? .null : .number(numbers.reduce(0, +)),
        ]
        for (i, value) in expected.enumerated() {
          let actual = summed[group][names.count + i]
          try #require(actual.isSame(as: value), "seed \(seed), by \(names), group \(key), \(aggregates[i].field.name)")
        }
        for (i, name) in names.enumerated() {
          let first = rows[name]?.value(at: members[0]) ?? .null
          try #require(summed[group][i].isSame(as: first), "seed \(seed), by \(names)")
        }
      }
    }
  }

  @Test func withoutKeysThereIsOneRow() throws {
    let empty = table([("v", .integer, [])])
    let result = try summary(
      empty, by: [],
      [aggregate(.count, nil, .integer), BoundAggregate(.sum, field("v", .integer), field: Field("s", .integer))])
    #expect(result.rows == [[.integer(0), .null]])
    let grouped = try summary(empty, by: [("v", .integer)], [aggregate(.count, nil, .integer)])
    #expect(grouped.rowCount == 0)
  }

  @Test func sumsAreExact() throws {
    let beyond: [Value] = [.integer(.max), .integer(.max), .integer(.min), .integer(.min), .integer(5)]
    #expect(try single(.sum, beyond, .integer, gives: .integer) == .integer(3))
    let error = #expect(throws: Diagnostic.self) {
      try single(.sum, [.integer(.max), .integer(1)], .integer, gives: .integer)
    }
    #expect(error?.code.name == "data.overflow")
    #expect(
      try single(.mean, [.integer(.max), .integer(.max)], .integer, gives: .plainNumber) == .number(Double(Int64.max)))
    // 1 is lost in a plain sum of these.
    #expect(
      try single(.sum, [.number(1e100), .number(1), .number(-1e100)], .plainNumber, gives: .plainNumber) == .number(1))
    #expect(
      try single(.sum, [.number(.infinity), .number(1)], .plainNumber, gives: .plainNumber) == .number(.infinity))
  }

  @Test func spreadAndMedian() throws {
    let values: [Value] = [2, 4, 4, 4, 5, 5, 7, 9].map { .number($0) }
    // Squared deviations from 5: 9+1+1+1+0+0+4+16 = 32; 32 / 7.
    guard case .number(let spread) = try single(.stdev, values, .plainNumber, gives: .plainNumber) else {
      Issue.record("a spread is a number")
      return
    }
    #expect(abs(spread - (32.0 / 7).squareRoot()) < 1e-12)
    #expect(try single(.stdev, [.number(1), .null], .plainNumber, gives: .plainNumber) == .null)
    let huge = Double.greatestFiniteMagnitude
    #expect(try single(.median, [.number(huge), .number(huge)], .plainNumber, gives: .plainNumber) == .number(huge))
    #expect(try single(.median, [.number(1), .number(.nan)], .plainNumber, gives: .plainNumber).isNaN)
    #expect(try single(.max, [.number(.nan), .number(1), .null], .plainNumber, gives: .plainNumber) == .number(1))
    #expect(try single(.min, [.null], .date, gives: .date) == .null)
  }

  @Test func zeroAndMinusZeroAreOneGroup() throws {
    let rows = table([("v", .plainNumber, [.number(0.0), .number(-0.0), .number(.nan), .number(-.nan), .null, .null])])
    let result = try summary(rows, by: [("v", .plainNumber)], [aggregate(.count, nil, .integer)])
    #expect(result.rows.map { $0[1] } == [.integer(2), .integer(2), .integer(2)])
  }

  @Test func addsAggregatesToEveryRow() throws {
    let rows = table([
      ("v", .integer, [.integer(1), .integer(2), .integer(6)]), ("t", .text, [.text("a"), .null, .null]),
    ])
    let mean = BoundAggregate(.mean, field("v", .integer), field: Field("#1", .plainNumber))
    let all = plan(.aggregateOverAll([mean]), [scan(rows)], rows.schema.fields + [mean.field])
    for batchRows in [1, 2, 100] {
      #expect(
        try run(all, batchRows: batchRows)["#1"].map { c in (0..<3).map { c.value(at: $0) } } == [
          .number(3), .number(3), .number(3),
        ])
    }
    #expect(PlanTitle.of(all) == "over all rows: mean(v)")
  }

  /// One million rows: what is held grows with the groups, and every batch takes the same path.
  @Test func filtersAndSummarizesManyRows() throws {
    let count = 1_000_000
    let rows = Table(
      schema: Schema([Field("n", .integer), Field("v", .plainNumber)]),
      columns: [Column(.integer((0..<count).map { Int64($0 % 10) })), Column(.number((0..<count).map { Double($0) }))],
      rowCount: count)
    let kept = plan(.filter(compare(field("v", .plainNumber), .greaterOrEqual, constant(500_000.0))), [scan(rows)])
    let sum = BoundAggregate(.sum, field("v", .plainNumber), field: Field("s", .plainNumber))
    let result = try run(
      plan(
        .summarize(keys: [BoundColumn(name: "n", expression: field("n", .integer))], [sum]), [kept],
        [Field("n", .integer), sum.field]))
    // Group g holds 500 000 + g, 500 010 + g, … : 50 000 numbers with the mean 749 995 + g.
    let expected: [[Value]] = (0..<10).map { group in
      let mean = 749_995 + Double(group)
      return [.integer(Int64(group)), .number(50_000 * mean)]
    }
    #expect(result.rows == expected)
  }
}
