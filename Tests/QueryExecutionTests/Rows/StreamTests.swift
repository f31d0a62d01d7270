import FeatureTables
import QueryPlanning
import Testing
import WorkControl

@testable import QueryExecution

/// Steps over batches, several at once.
@Suite struct StreamTests {
  /// Rows of 0, 1, 2 …, one batch a number.
  private final class Numbers: BatchOperator {
    let count: Int
    private(set) var calls = 0

    init(_ count: Int) { self.count = count }

    func next() throws -> Batch? {
      defer { calls += 1 }
      return calls < count ? Batch(table([("a", .integer, [.integer(Int64(calls))])])) : nil
    }
  }

  private struct Refused: Error, Equatable {
    let batch: Int64
  }

  private static func number(in batch: Batch) -> Int64 {
    if case .integer(let value) = batch.views[0].value(at: 0) { value } else { -1 }
  }

  @Test(arguments: [1, 2, 5]) func wavesComeInOrder(workers: Int) throws {
    var waves = BatchWaves(Workers(workers))
    let source = Numbers(100)
    var numbers: [Int64] = []
    while let wave = try waves.next(of: source, { Self.number(in: $0) }) { numbers += wave }
    #expect(numbers == Array(0..<100))
    #expect(try waves.next(of: source) { Self.number(in: $0) } == nil)
  }

  @Test func aFewRowsAskForFewBatches() throws {
    var waves = BatchWaves(Workers(4))
    let source = Numbers(100)
    _ = try waves.next(of: source) { Self.number(in: $0) }
    #expect(source.calls == 2)
  }

  /// What is wrong with a batch is heard of when its turn comes, however many were worked on with it.
  @Test(arguments: [1, 2, 5]) func anErrorWaitsForItsTurn(workers: Int) throws {
    var waves = BatchWaves(Workers(workers))
    let source = Numbers(100)
    var numbers: [Int64] = []
    #expect(throws: Refused(batch: 10)) {
      while let wave = try waves.next(
        of: source,
        { batch -> Int64 in
          let number = Self.number(in: batch)
          if number >= 10 { throw Refused(batch: number) }
          return number
        })
      {
        numbers += wave
      }
    }
    #expect(numbers == Array(0..<10))
  }

  /// Rows below a step that sees all of them are counted alike however many batches were worked on at once.
  @Test func whatIsCountedBelowDoesNotHangOnWorkers() throws {
    let rows = table([("a", .integer, (0..<2000).map { .integer(Int64($0)) })])
    let pass = plan(.project(passing(["a"])), [scan(rows)], [Field("a", .integer)])
    let above = plan(.project(passing(["a"])), [plan(.distinct(["a"]), [pass], pass.schema.fields)], pass.schema.fields)
    func counts(workers: Int) throws -> [Int] {
      var settings = ExecutionSettings()
      settings.batchRows = 10
      settings.workers = workers
      let profiled = try Executor.profile(
        plan(.take(305), [above]), context: ExecutionContext(data: TablesByName(), settings: settings)
      ).profile
      return sequence(first: profiled) { $0.inputs.first }.map(\.rows)
    }
    let one = try counts(workers: 1)
    #expect(one.first == 305 && one.count == 5)
    #expect(try counts(workers: 2) == one && counts(workers: 5) == one)
  }

  private func passing(_ names: [String]) -> [BoundColumn] {
    names.map { BoundColumn(name: $0, expression: field($0, .integer)) }
  }

  @Test(arguments: [1, 3]) func takeNeverHearsOfLaterMistakes(workers: Int) throws {
    let rows = table([("a", .integer, (0..<1000).map { .integer($0 < 500 ? Int64($0) : .max) })])
    let twice = BoundColumn(
      name: "b",
      expression: BoundExpression(
        .arithmetic(.multiply, field("a", .integer), constant(2)), type: .integer, range: 0..<1))
    let project = plan(.project([twice]), [scan(rows)], [Field("b", .integer)])
    var settings = ExecutionSettings()
    settings.batchRows = 10
    settings.workers = workers
    func run(taking count: Int) throws -> Table {
      try Executor.run(
        plan(.take(count), [project]), context: ExecutionContext(data: TablesByName(), settings: settings))
    }
    #expect(try run(taking: 500).rowCount == 500)
    #expect(throws: (any Error).self) { try run(taking: 501) }
  }
}
