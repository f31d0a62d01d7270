import FeatureTables
import QueryPlanning

/// Steps one after the other over one input: each batch goes through all of them on one thread, several batches at
/// once.
final class StreamOperator: ProfilingOperator {
  private let input: any ProfilingOperator
  private let context: ExecutionContext
  private var stages: [Stage] = []
  private var steps: [any BatchStep]?
  private var waves: BatchWaves
  /// What came of the last wave, and how much of it was handed out.
  private var passages: [Passage] = []
  private var position = 0
  private let remarks = Remarks()
  private let clock = ContinuousClock()
  private(set) var elapsed = Duration.zero

  /// A step with what is known of its work.
  private struct Stage {
    let plan: PhysicalPlan
    /// The operators that the step reads besides the rows that go through it.
    let others: [any ProfilingOperator]
    let make: () throws -> any BatchStep
    var rows = 0
    var batches = 0
    var seconds = 0.0
  }

  /// What came of one batch: after each stage the rows, and the seconds since the stage before.
  private struct Passage: Sendable {
    var batch: Batch
    var rows: [Int] = []
    var seconds: [Double] = []
    var notes: [String] = []
    var counts: [Remark] = []
  }

  init(over input: any ProfilingOperator, context: ExecutionContext) {
    self.input = input
    self.context = context
    waves = BatchWaves(context.workers)
  }

  /// Adds a step at the end.
  ///
  /// - Parameters:
  ///   - others: The operators that `make` reads.
  ///   - make: Prepares the step; called once, when the first batch is due.
  func append(
    _ plan: PhysicalPlan, reading others: [any ProfilingOperator], _ make: @escaping () throws -> any BatchStep
  ) {
    stages.append(Stage(plan: plan, others: others, make: make))
  }

  func next() throws -> Batch? {
    let start = clock.now
    defer { elapsed += start.duration(to: clock.now) }
    let steps = try preparedSteps()
    while true {
      try context.monitor.check()
      while position < passages.count {
        defer { position += 1 }
        handOut(passages[position])
        if passages[position].batch.rowCount > 0 { return passages[position].batch }
      }
      position = 0
      passages = []
      let (waveStart, inputBefore) = (clock.now, input.elapsed)
      guard let wave = try waves.next(of: input, { try Self.pass($0, through: steps) }) else {
        remarks.conclude()
        return nil
      }
      shareOut((waveStart.duration(to: clock.now) - (input.elapsed - inputBefore)) / .seconds(1), among: wave)
      passages = wave
    }
  }

  private func preparedSteps() throws -> [any BatchStep] {
    if let steps { return steps }
    let made = try stages.indices.map { i in
      let (start, before) = (clock.now, Self.elapsed(of: stages[i].others))
      defer {
        let reading = Self.elapsed(of: stages[i].others) - before
        stages[i].seconds += (start.duration(to: clock.now) - reading) / .seconds(1)
      }
      return try stages[i].make()
    }
    steps = made
    return made
  }

  private static func elapsed(of operators: [any ProfilingOperator]) -> Duration {
    operators.reduce(.zero) { $0 + $1.elapsed }
  }

  private static func pass(_ batch: Batch, through steps: [any BatchStep]) throws -> Passage {
    let clock = ContinuousClock()
    let remarks = Remarks()
    var passage = Passage(batch: batch)
    var last = clock.now
    for step in steps {
      if passage.batch.rowCount > 0 { passage.batch = try step.apply(passage.batch, remarks) }
      let now = clock.now
      passage.rows.append(passage.batch.rowCount)
      passage.seconds.append(last.duration(to: now) / .seconds(1))
      last = now
    }
    passage.notes = remarks.notes
    passage.counts = remarks.counts
    return passage
  }

  /// Counts what is handed out, not what the threads have ready for later.
  private func handOut(_ passage: Passage) {
    for i in stages.indices {
      stages[i].rows += passage.rows[i]
      stages[i].batches += passage.rows[i] > 0 ? 1 : 0
    }
    remarks.add(notes: passage.notes, passage.counts)
  }

  /// Shares a wave's seconds on the clock out among the stages as the threads' seconds were spent.
  private func shareOut(_ seconds: Double, among wave: [Passage]) {
    let spent = wave.reduce(0) { $0 + $1.seconds.reduce(0, +) }
    guard spent > 0 else { return }
    for passage in wave {
      for i in stages.indices { stages[i].seconds += seconds * passage.seconds[i] / spent }
    }
  }

  func collectRemarks() {
    input.collectRemarks()
    stages.forEach { stage in stage.others.forEach { $0.collectRemarks() } }
    context.remarks.add(notes: remarks.notes)
  }

  func profile() -> ProfiledPlan {
    stages.indices.reduce(input.profile()) { below, i in
      let stage = stages[i]
      return ProfiledPlan(
        stage.plan, detail: steps?[i].detail ?? "", rows: stage.rows, batches: stage.batches, seconds: stage.seconds,
        inputs: [below] + stage.others.map { $0.profile() })
    }
  }
}
