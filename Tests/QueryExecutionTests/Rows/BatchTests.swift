import FeatureTables
import GeometryKernel
import QueryPlanning
import Testing

@testable import QueryExecution

@Suite struct BatchTests {
  private func numbered(_ count: Int) -> Table {
    table([("n", .integer, (0..<count).map { .integer(Int64($0)) })])
  }

  @Test func mapsCompose() {
    let map = RowMap(range: 10..<20).selecting([3, -1, 0, 3])
    #expect((0..<4).map { map.row(at: $0) } == [13, -1, 10, 13])
    let again = map.selecting([1, 3, -1])
    #expect((0..<3).map { again.row(at: $0) } == [-1, 13, -1])
    let run = RowMap(range: 10..<20).slice(2..<5)
    #expect((0..<3).map { run.row(at: $0) } == [12, 13, 14])
  }

  @Test func viewsOfOneTableShareTheirMap() {
    let rows = Batch(table([("a", .integer, [.integer(1), .integer(2)]), ("b", .text, [.text("x"), .null])]))
    let picked = rows.selecting([1, -1])
    #expect(picked.views[0].rows === picked.views[1].rows)
    #expect(picked.materialised().rows == [[.integer(2), .null], [.null, .null]])
  }

  @Test(arguments: [0, 1, 16_383, 16_384, 16_385, 40_000])
  func cutsAtBatchBoundaries(count: Int) throws {
    let (result, profile) = try Executor.profile(scan(numbered(count)), context: context())
    #expect(result.rowCount == count)
    let full = (count + Batch.capacity - 1) / Batch.capacity
    // Even in number, where there is more than one.
    #expect(profile.batches == (full < 2 ? full : full + full % 2))
    #expect(result.rows.map { $0[0] } == (0..<count).map { .integer(Int64($0)) })
    let odd = expression(
      .compare(
        .equal,
        expression(
          .arithmetic(
            .subtract, field("n", .integer),
            expression(
              .arithmetic(
                .multiply, expression(.arithmetic(.divide, field("n", .integer), constant(2)), .integer), constant(2)),
              .integer)), .integer), constant(1)), .boolean)
    let filtered = try run(plan(.filter(odd), [scan(numbered(count))]))
    let oddNumbers = (0..<count).filter { $0 % 2 == 1 }.map { Value.integer(Int64($0)) }
    #expect(filtered.rows.map { $0[0] } == oddNumbers)
    let taken = try run(plan(.take(16_385), [scan(numbered(count))]))
    #expect(taken.rowCount == min(count, 16_385))
  }

  @Test func scanningCopiesNothing() throws {
    let rows = numbered(50_000)
    let result = try run(
      plan(.project([BoundColumn(name: "m", expression: field("n", .integer))], ), [scan(rows)], [Field("m", .integer)])
    )
    guard case .integer(let before) = rows.columns[0].storage, case .integer(let after) = result.columns[0].storage
    else {
      Issue.record("whole numbers stay whole numbers")
      return
    }
    let same = before.withUnsafeBufferPointer { a in
      after.withUnsafeBufferPointer { b in a.baseAddress == b.baseAddress }
    }
    #expect(same)
  }

  @Test func assemblesViewsOfSeveralColumns() {
    let first = SharedColumn(column(.text, [.text("a"), .null, .text("c")]))
    let second = SharedColumn(column(.text, [.text("x"), .text("y")]))
    var assembler = ColumnAssembler(.text)
    assembler.append(ColumnView(source: first, rows: RowMap(range: 0..<1)))
    assembler.append(ColumnView(source: first, rows: RowMap(range: 1..<2)))
    assembler.append(ColumnView(source: first, rows: RowMap(range: 0..<1)))
    assembler.append(ColumnView(source: first, rows: RowMap(selection: [2, -1])))
    assembler.append(ColumnView(source: second, rows: RowMap(range: 0..<2)))
    assembler.append(ColumnView(source: first, rows: RowMap(range: 2..<3)))
    let result = assembler.finish()
    #expect(
      (0..<result.count).map { result.value(at: $0) } == [
        .text("a"), .null, .text("a"), .text("c"), .null, .text("x"), .text("y"), .text("c"),
      ])
    var geometry = ColumnAssembler(.geometry)
    for x in [1.0, 2] { geometry.append(ColumnView(Column(.geometry(GeometryArray(pointsX: [x], y: [0]))))) }
    #expect(geometry.finish().geometry?.xs == [1, 2])
    var none = ColumnAssembler(.geometry)
    #expect(none.finish().geometry?.count == 0)
  }
}
