import QueryPlanning

/// A plan with what happened, as `explain` shows it.
public struct ProfiledPlan: Sendable {
  /// One line: `filter kind == "transfer"`.
  public var title: String
  /// How it was done: the strategy, the index that was built; empty for nothing to tell.
  public var detail: String
  public var estimatedRows: Double
  public var rows: Int
  public var batches: Int
  /// Of this operator alone, without its inputs.
  public var seconds: Double
  public var inputs: [ProfiledPlan]

  /// Of the whole tree.
  public var totalSeconds: Double { inputs.reduce(seconds) { $0 + $1.totalSeconds } }

  /// - Parameter detail: Where it is empty, the plan's strategy tells how it was done.
  init(_ plan: PhysicalPlan, detail: String, rows: Int, batches: Int, seconds: Double, inputs: [ProfiledPlan]) {
    title = PlanTitle.of(plan)
    self.detail = detail.isEmpty && plan.strategy != .stream ? plan.strategy.rawValue : detail
    estimatedRows = plan.estimatedRows
    self.rows = rows
    self.batches = batches
    self.seconds = seconds
    self.inputs = inputs
  }
}
