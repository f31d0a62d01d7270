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
    case .filter(let condition): return FilterOperator(condition, input: try input(0), context: context)
    case .project(let columns):
      return ProjectOperator(columns, schema: plan.schema, input: try input(0), context: context)
    case .take(let count): return TakeOperator(count, input: try input(0))
    default: return nil
    }
  }
}
