/// An operator of a plan that knows how long it took.
protocol ProfilingOperator: BatchOperator {
  /// On the clock so far, what it waited for its inputs included.
  var elapsed: Duration { get }

  /// What happened so far, here and below.
  func profile() -> ProfiledPlan

  /// Tells the context what came up here and below; called once, at the end.
  func collectRemarks()
}
