import FeatureTables
import QueryPlanning
import WorkControl

/// Runs physical plans.
public enum Executor {
  /// All rows of a plan.
  ///
  /// - Throws: `Diagnostic` or `Diagnostics` for what is wrong with the query or its data; `Cancelled` when the user
  ///   interrupted.
  public static func run(_ plan: PhysicalPlan, context: ExecutionContext) throws -> Table {
    try profile(plan, context: context).table
  }

  /// All rows of a plan, with rows, batches and time of every operator.
  public static func profile(
    _ plan: PhysicalPlan, context: ExecutionContext
  ) throws -> (table: Table, profile: ProfiledPlan) {
    let root = try operators(for: plan, context: context)
    let table = try root.collected(plan.schema)
    root.collectRemarks()
    return (table, root.profile())
  }

  private static func operators(
    for plan: PhysicalPlan, context: ExecutionContext
  ) throws -> any ProfilingOperator {
    let inputs = try plan.inputs.map { try operators(for: $0, context: context) }
    if let first = inputs.first, let make = try StreamedSteps.maker(of: plan, inputs: inputs, context: context) {
      let stream = first as? StreamOperator ?? StreamOperator(over: first, context: context)
      stream.append(plan, reading: Array(inputs.dropFirst()), make)
      return stream
    }
    guard
      let made = try RowOperators.make(plan, inputs: inputs, context: context)
        ?? PlaceOperators.make(plan, inputs: inputs, context: context)
    else { throw ExecutionDiagnostic.unknownOperation(plan) }
    return ProfiledOperator(plan, made, inputs: inputs, monitor: context.monitor)
  }
}
