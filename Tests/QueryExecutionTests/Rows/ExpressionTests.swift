import FeatureTables
import GeometryKernel
import QueryLanguage
import QueryPlanning
import Testing

@testable import QueryExecution

@Suite struct ExpressionTests {
  /// Values of an expression over a table, and the notes it left.
  private func values(_ expression: BoundExpression, _ table: Table) throws -> (values: [Value], notes: [String]) {
    let context = context()
    let column = try ExpressionEvaluator(context.remarks).evaluate(expression, over: Batch(table))
    return ((0..<column.count).map { column.value(at: $0) }, context.notes)
  }

  private func one(_ expression: BoundExpression) throws -> Value {
    try values(expression, table([("a", .integer, [.integer(1)])])).values[0]
  }

  @Test func agreesWithTheNaiveEvaluator() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var maker = RandomExpression(seed: seed)
    let table = maker.table(rows: 40)
    let all = table.rows
    let naive = (0..<40).map { row in
      NaiveEvaluator(
        row: Dictionary(uniqueKeysWithValues: zip(table.schema.fields.map(\.name), all[row])))
    }
    let nowhere = NaiveEvaluator(row: [:])
    let evaluator = ExpressionEvaluator(context().remarks)
    for round in 0..<1500 {
      let expression = maker.any(depth: 1 + round % 4)
      // The rows as they lie, a run of them, and some picked with repetitions and rows of nulls.
      let picked = (0..<25).map { _ in Int32.random(in: -1..<40, using: &maker.random) }
      let forms: [(Batch, [Int])] = [
        (Batch(table), Array(0..<40)),
        (Batch(table).slice(7..<19), Array(7..<19)),
        (Batch(table).selecting(picked), picked.map { Int($0) }),
      ]
      for (batch, rows) in forms {
        let column = try evaluator.evaluate(expression, over: batch)
        try #require(column.count == rows.count)
        for (i, row) in rows.enumerated() {
          let expected = (row < 0 ? nowhere : naive[row]).value(expression)
          try #require(
            column.value(at: i).isSame(as: expected),
            "seed \(seed), round \(round), row \(row): \(ExpressionText.of(expression)) gives \(column.value(at: i)), not \(expected)"
          )
        }
      }
    }
  }

  @Test func divisionByZeroIsNullWithOneNote() throws {
    let rows = table([
      ("a", .plainNumber, [.number(1), .number(2), .null]), ("b", .plainNumber, [.number(0), .number(4), .number(0)]),
    ])
    let quotient = expression(.arithmetic(.divide, field("a", .plainNumber), field("b", .plainNumber)), .plainNumber)
    let result = try values(quotient, rows)
    #expect(result.values == [.null, .number(0.5), .null])
    #expect(result.notes == ["division by zero gives null"])
    // Nothing is divided where the left side decides or where a row is null already.
    let guarded = expression(
      .and(compare(field("b", .plainNumber), .notEqual, constant(0.0)), compare(quotient, .greater, constant(0.1))),
      .boolean)
    let second = try values(guarded, rows)
    #expect(second.values == [.boolean(false), .boolean(true), .boolean(false)])
    #expect(second.notes.isEmpty)
  }

  @Test func integerOverflowIsADiagnosticOnlyWhereThereIsAValue() throws {
    let rows = table([
      ("a", .integer, [.integer(.max), .integer(3)]), ("b", .integer, [.null, .integer(2)]),
      ("m", .integer, [.integer(.min), .integer(1)]),
    ])
    let sum = expression(.arithmetic(.add, field("a", .integer), field("b", .integer)), .integer)
    #expect(try values(sum, rows).values == [.null, .integer(5)])
    let failing: [BoundExpression] = [
      expression(.arithmetic(.add, field("a", .integer), constant(1)), .integer),
      expression(.arithmetic(.subtract, field("m", .integer), constant(1)), .integer),
      expression(.arithmetic(.multiply, field("a", .integer), constant(2)), .integer),
      expression(.arithmetic(.divide, field("m", .integer), constant(-1)), .integer),
      expression(.negate(field("m", .integer)), .integer), call(.abs, [field("m", .integer)], .integer),
    ]
    for expression in failing {
      let error = #expect(throws: Diagnostic.self) { try values(expression, rows) }
      #expect(error?.code.name == "data.overflow")
      #expect(error?.range == 3..<7)
    }
    // A branch that is not taken does not overflow.
    let guarded = expression(
      .caseWhen(
        [BoundBranch(condition: compare(field("a", .integer), .less, constant(9)), value: failing[2])],
        otherwise: constant(0)), .integer)
    #expect(try values(guarded, rows).values == [.integer(0), .integer(6)])
  }

  @Test func datesMoveByWholeDays() throws {
    let rows = table([("d", .date, [.date(CalendarDate("2024-02-28") ?? CalendarDate(daysSince1970: 0)), .null])])
    let second = Unit.preferred(for: .time)
    func moved(_ seconds: Double) -> BoundExpression {
      expression(.arithmetic(.add, field("d", .date), constant(seconds, second)), .date)
    }
    let leap = try values(moved(2 * 86_400), rows).values
    #expect(leap[0].text == "2024-03-01")
    #expect(leap[1] == .null)
    #expect(throws: Diagnostic.self) { try values(moved(90), rows) }
    let outside = #expect(throws: Diagnostic.self) { try values(moved(86_400e9), rows) }
    #expect(outside?.code.name == "data.overflow")
    #expect(throws: Diagnostic.self) { try values(moved(.nan), rows) }
  }

  @Test func roundsToStepsOfTheUnit() throws {
    func rounded(_ function: ScalarFunction, _ value: Double, _ step: Double) throws -> Value {
      try one(call(function, [constant(value), constant(step)], .plainNumber))
    }
    #expect(try rounded(.round, 2.5, 1) == .number(3))
    #expect(try rounded(.round, -2.5, 1) == .number(-3))
    #expect(try rounded(.round, 0.2891, 0.01) == .number(0.29))
    #expect(try rounded(.floor, 1_299_999, 10_000) == .number(1_290_000))
    #expect(try rounded(.ceiling, 1_290_001, 10_000) == .number(1_300_000))
    let mu = 1e6 / 1500
    #expect(try rounded(.ceiling, 900 * mu, mu) == .number(900 * mu))
    #expect(try rounded(.round, .infinity, 1) == .number(.infinity))
  }

  @Test func textFunctionsKnowUnicode() throws {
    #expect(try one(call(.trim, [constant("\u{3000} 崔寨\t")], .text)) == .text("崔寨"))
    #expect(try one(call(.trim, [constant(" \u{A0}")], .text)) == .text(""))
    #expect(try one(call(.upper, [constant("straße")], .text)) == .text("STRASSE"))
    #expect(try one(call(.characters, [constant("街道e\u{301}")], .integer)) == .integer(4))
    #expect(try one(call(.date, [constant("2021-02-30")], .date)) == .null)
  }

  @Test func likeGoesBackToTheLastRun() {
    func matches(_ text: String, _ pattern: String) -> Bool {
      Array(text.utf8).withUnsafeBufferPointer { LikePattern(pattern).matches($0) }
    }
    #expect(matches("ababac", "%abac"))
    #expect(matches("街道办街道", "%街道"))
    #expect(!matches("街道", "___"))
    #expect(matches("", "%%"))
    #expect(!matches("", "_"))
    // A pattern's bytes never match inside a character.
    #expect(!matches("\u{4E00}", "%\u{80}"))
  }

  @Test func measuresGeometry() throws {
    var builder = GeometryArrayBuilder()
    builder.beginRow(.polygon)
    builder.beginPart(.area)
    builder.addRing(xs: [0, 4, 4, 0, 0], ys: [0, 0, 2, 2, 0])
    builder.endRow()
    builder.appendNull()
    builder.appendPoint(x: 10, y: 1)
    let rows = Table(
      schema: Schema([Field("geometry", .geometry), Field("c.geometry", .geometry)]),
      columns: [
        Column(.geometry(builder.finish())), Column(.geometry(GeometryArray(pointsX: [7, 7, 7], y: [2, 2, 5]))),
      ], rowCount: 3)
    let place = field("geometry", .geometry)
    #expect(try values(call(.area, [place], .plainNumber), rows).values == [.number(8), .null, .number(0)])
    #expect(try values(call(.length, [place], .plainNumber), rows).values == [.number(12), .null, .number(0)])
    #expect(try values(call(.x, [place], .plainNumber), rows).values == [.number(2), .null, .number(10)])
    #expect(try values(call(.y, [place], .plainNumber), rows).values == [.number(1), .null, .number(1)])
    #expect(try values(call(.vertices, [place], .integer), rows).values == [.integer(5), .null, .integer(1)])
    #expect(try values(call(.kind, [place], .text), rows).values == [.text("Polygon"), .null, .text("Point")])
    let distance = call(.distance, [place, field("c.geometry", .geometry)], .number(.metre))
    #expect(try values(distance, rows).values == [.number(3), .null, .number(5)])
    // Through a selection, where a row is null because a join found nothing.
    let some = try ExpressionEvaluator(context().remarks).evaluate(distance, over: Batch(rows).selecting([2, -1, 0]))
    #expect((0..<3).map { some.value(at: $0) } == [.number(5), .null, .number(3)])
  }

  @Test func writesExpressionsAsTyped() {
    let kind = field("kind", .text)
    let condition = expression(
      .and(
        compare(kind, .equal, constant("a\"b")),
        expression(
          .or(
            compare(
              call(.area, [field("geometry", .geometry)], .number(.squareKilometre)), .less,
              constant(2e6, .squareKilometre)), expression(.not(expression(.isNull(kind), .boolean)), .boolean)),
          .boolean)), .boolean)
    #expect(ExpressionText.of(condition) == #"kind == "a\"b" and (area() < 2 km² or kind is not null)"#)
    let one = field("a", .plainNumber)
    let difference = expression(
      .arithmetic(.subtract, one, expression(.arithmetic(.subtract, one, constant(1.5)), .plainNumber)), .plainNumber)
    #expect(ExpressionText.of(difference) == "a - (a - 1.5)")
    #expect(ExpressionText.of(constant(0.8, .percent)) == "80 %")
  }
}
