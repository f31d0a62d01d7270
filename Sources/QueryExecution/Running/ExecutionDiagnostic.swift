import FeatureTables
import QueryLanguage
import QueryPlanning

extension DiagnosticCode {
  static let overflow = DiagnosticCode("data.overflow", .data)
  static let tooManyRows = DiagnosticCode("data.too-many-rows", .data)
  static let partOfDay = DiagnosticCode("query.part-of-day", .query)
  static let unexpectedPlan = DiagnosticCode("internal.unexpected-plan", .query)
}

/// What only the rows, or a plan that no binder makes, can bring up.
enum ExecutionDiagnostic {
  static func overflow(_ what: String, at range: Range<Int>) -> Diagnostic {
    Diagnostic(
      .overflow, at: range, "\(what) is beyond the whole numbers of 64 bits",
      fix: "multiply by 1.0 first to calculate with decimal numbers")
  }

  static func tooManyRows(_ count: Int, at range: Range<Int>) -> Diagnostic {
    Diagnostic(
      .tooManyRows, at: range, "\(count) rows are more than one relation can hold (\(Int32.max))",
      fix: "filter the rows first")
  }

  static func unknownOperation(_ plan: PhysicalPlan) -> Diagnostic {
    unexpected("no operator for `\(PlanTitle.of(plan))`", at: plan.range)
  }

  static func noInput(_ number: Int, of plan: PhysicalPlan) -> Diagnostic {
    unexpected("`\(PlanTitle.of(plan))` has no input \(number + 1)", at: plan.range)
  }

  static func noField(_ name: String, at range: Range<Int>) -> Diagnostic {
    unexpected("the plan reads the field \(name), which its input does not have", at: range)
  }

  static func unexpected(_ what: String, at range: Range<Int>) -> Diagnostic {
    Diagnostic(.unexpectedPlan, at: range, what, fix: "report this query: the mistake is in the program")
  }
}
