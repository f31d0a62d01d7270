import FeatureTables
import QueryPlanning

/// Makes the sources and the operators that work with rows regardless of their place.
enum RowOperators {
  /// `nil` for an operation of another family.
  static func make(
    _ plan: PhysicalPlan, inputs: [any BatchOperator], context: ExecutionContext
  ) throws -> (any BatchOperator)? {
    func input(_ number: Int) throws -> any BatchOperator {
      guard inputs.indices.contains(number) else { throw ExecutionDiagnostic.noInput(number, of: plan) }
      return inputs[number]
    }
    switch plan.operation {
    case .scan, .result, .table, .point: return SourceOperator(plan, context: context)
    case .take(let count): return TakeOperator(count, input: try input(0))
    case .aggregateOverAll(let aggregates):
      return AggregateOverAllOperator(plan, aggregates, input: try input(0), context: context)
    case .sort(let keys): return SortOperator(plan, keys, input: try input(0), context: context)
    case .summarize(let keys, let aggregates):
      return SummarizeOperator(plan, keys: keys, aggregates, input: try input(0), context: context)
    case .join(let leftFields, let rightFields, let prefix):
      return try JoinOperator(
        plan, left: (try input(0), leftFields), right: (try input(1), rightFields), prefix: prefix, context: context)
    case .union: return UnionOperator(plan, inputs: [try input(0), try input(1)])
    case .distinct(let names): return try DistinctOperator(plan, names, input: try input(0), context: context)
    case .repair: return RepairOperator(plan, input: try input(0), context: context)
    default: return nil
    }
  }
}
