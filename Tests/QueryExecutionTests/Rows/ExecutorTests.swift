import FeatureTables
import GeometryKernel
import QueryLanguage
import QueryPlanning
import Testing
import WorkControl

@testable import QueryExecution

@Suite struct ExecutorTests {
  private static let place = Field("geometry", .geometry)

  /// Gives one row after the other and interrupts while it gives the third.
  private final class Interrupting: BatchOperator {
    let monitor: WorkMonitor
    private(set) var calls = 0

    init(_ monitor: WorkMonitor) { self.monitor = monitor }

    func next() throws -> Batch? {
      calls += 1
      if calls == 3 { monitor.cancel() }
      return Batch(table([("a", .integer, [.integer(Int64(calls))])]))
    }
  }

  @Test func stopsBetweenBatches() throws {
    let context = context()
    let source = Interrupting(context.monitor)
    let schema = [Field("a", .integer)]
    let under = ProfiledOperator(plan(.scan(layer: "x"), [], schema), source, inputs: [], monitor: context.monitor)
    let sort = plan(
      .sort([BoundSortKey(expression: field("a", .integer), descending: false)]), [plan(.scan(layer: "x"), [], schema)])
    let root = try #require(try RowOperators.make(sort, inputs: [under], context: context))
    #expect(throws: Cancelled.self) { try root.next() }
    #expect(source.calls == 3)
    // The session goes on after it.
    context.monitor.reset()
    #expect(try under.next()?.rowCount == 1)
  }

  @Test func reportsProgressAndStopsThere() throws {
    let rows = table([("a", .integer, (0..<100).map { .integer(Int64($0)) })])
    let box = MonitorBox()
    let monitor = WorkMonitor { progress in if progress.done >= 30 { box.monitor?.cancel() } }
    box.monitor = monitor
    var settings = ExecutionSettings()
    settings.batchRows = 10
    let context = ExecutionContext(data: TablesByName(), monitor: monitor, settings: settings)
    let count = BoundAggregate(.count, nil, field: Field("n", .integer))
    #expect(throws: Cancelled.self) {
      try Executor.run(plan(.summarize(keys: [], [count]), [scan(rows)], [count.field]), context: context)
    }
  }

  private final class MonitorBox: @unchecked Sendable {
    var monitor: WorkMonitor?
  }

  @Test func profilesEveryOperator() throws {
    let rows = table([("a", .integer, (0..<100).map { .integer(Int64($0)) })])
    let filter = plan(.filter(compare(field("a", .integer), .less, constant(25))), [scan(rows)])
    let top = plan(
      .sort([BoundSortKey(expression: field("a", .integer), descending: true)]), [filter], strategy: .collect)
    let (result, profile) = try Executor.profile(top, context: context(batchRows: 10))
    #expect(result.rows.first == [.integer(24)])
    #expect(profile.title == "sort by a desc")
    #expect(profile.detail == "collect")
    #expect(profile.rows == 25)
    let below = profile.inputs[0]
    #expect(below.title == "filter a < 25")
    #expect((below.rows, below.batches) == (25, 3))
    #expect((below.inputs[0].rows, below.inputs[0].batches) == (100, 10))
    #expect(below.inputs[0].title == "rows, 100 rows")
    #expect(profile.seconds >= 0 && profile.totalSeconds >= profile.seconds + below.seconds)
  }

  @Test func readsSources() throws {
    let points = GeometryArray(pointsX: [1, 2], y: [3, 4])
    let layer = Table(
      schema: Schema([Field("name", .text), Field("pop", .integer), Self.place]),
      columns: [
        column(.text, [.text("a"), .text("b")]), column(.integer, [.integer(1), .null]), Column(.geometry(points)),
      ],
      rowCount: 2)
    let data = TablesByName(["l": layer, "r@1": layer])
    let context = context(data)
    let some = try Executor.run(
      plan(.scan(layer: "l"), [], [Field("pop", .integer), Self.place], system: "A"), context: context)
    #expect(some.schema.fields.map(\.name) == ["pop", "geometry"])
    #expect(some.rows[0][0] == .integer(1))
    // A result in another system is brought to the plan's.
    let moved = try Executor.run(plan(.result(name: "r@1"), [], layer.schema.fields, system: "B"), context: context)
    #expect(moved.geometry?.xs == [2, 3])
    let same = try Executor.run(plan(.result(name: "r@1"), [], layer.schema.fields, system: "A"), context: context)
    #expect(same.geometry?.xs == [1, 2])
    let point = plan(.point(longitude: 117, latitude: 36), [], [Self.place], system: "A")
    #expect(try Executor.run(point, context: context).geometry?.xs == [1170])
  }

  @Test func aPlanThatNoBinderMakesIsADiagnostic() throws {
    let rows = table([("a", .integer, [.integer(1)])])
    for broken in [
      plan(.filter(field("missing", .boolean)), [scan(rows)]), plan(.filter(field("a", .integer)), [scan(rows)]),
      plan(.take(1), []), plan(.distinct(["missing"]), [scan(rows)]), plan(.union, [scan(rows)]),
      plan(.project([BoundColumn(name: "b", expression: field("b", .text))]), [scan(rows)], [Field("b", .text)]),
    ] {
      let error = #expect(throws: Diagnostic.self) { try run(broken) }
      #expect(error?.code.name == "internal.unexpected-plan")
    }
  }

  @Test func notesComeOnceInOrder() {
    let context = context()
    for note in ["b", "a", "b"] { context.note(note) }
    #expect(context.notes == ["b", "a"])
  }

  @Test func titlesReadLikeTheQuery() {
    let rows = plan(.scan(layer: "clinics"))
    let people = plan(
      .filter(compare(field("pop", .integer), .greater, constant(3))), [plan(.scan(layer: "residents"))])
    func title(_ operation: LogicalPlan.Operation, _ inputs: [PhysicalPlan]) -> String {
      PlanTitle.of(plan(operation, inputs))
    }
    #expect(title(.scan(layer: "clinics"), []) == "scan clinics")
    #expect(title(.result(name: "gaps@2"), []) == "result gaps")
    #expect(title(.keep(.within(.straight(500))), [rows, people]) == "within 500 m of residents")
    #expect(
      title(.nearest(count: 1, prefix: "h", .straight(2500), withRoute: false), [people, rows])
        == "nearest 1 of clinics as h within 2500 m")
    #expect(
      title(.coverage(.straight(1000), weight: field("pop", .integer), prefix: "c"), [rows, rows, people])
        == "coverage by clinics within 1000 m of residents weighted by pop")
    #expect(title(.join(left: ["a"], right: ["b"], prefix: "x"), [rows, people]) == "join residents on a == x.b as x")
    #expect(title(.tiles(.hexagon, size: 250), [rows]) == "hexagons 250 m")
  }
}
