import FeatureTables
import QueryExecution
import QueryLanguage
import QueryPlanning

extension Session {
  /// `source | step …`, with an export as its last step.
  func answer(_ pipeline: Pipeline, _ notes: inout [Diagnostic]) throws -> Outcome {
    let plan = try binding(&notes) { $0.bind(pipeline) }
    let result = try evaluate(plan, &notes)
    if case .export(let target)? = pipeline.steps.last?.kind {
      let name = targetLayerName(target, pipeline)
      return try write([(name, result)], to: target)
    }
    return .answer(result)
  }

  func define(_ name: Identifier, _ pipeline: Pipeline, in source: SourceText, _ notes: inout [Diagnostic]) throws
    -> Outcome
  {
    let plan = try binding(&notes) { $0.bind(pipeline) }.pushingFiltersDown()
    if try relations.catalog.layer(named: name.text) != nil {
      notes.append(
        Diagnostic(
          .remark, severity: .note, at: name.range,
          "\(name.text) now means this result and hides the layer of that name"))
    }
    relations.define(name.text, plan, in: source)
    return .defined("\(name.text) is defined")
  }

  func verdict(
    on subject: Source, _ condition: Expression, label: String?, in source: SourceText, _ notes: inout [Diagnostic]
  ) throws -> Outcome {
    let (rows, failing) = try binding(&notes) { $0.bindAssertion(subject, condition: condition) }
    let counted = try evaluate(rows, &notes)
    let failures = try evaluate(failing, &notes)
    if counted.table.rowCount == 0 {
      notes.append(
        Diagnostic(
          .nothingAsserted, severity: .warning, at: subject.range, "no row was asked, so that nothing was found wrong",
          fix: "check the filter before it, or assert a count as well, such as count() > 0"))
    }
    return .verdict(
      Verdict(
        label: label ?? source[condition.range], subject: source[subject.range],
        holds: failures.table.rowCount == 0, checkedRows: counted.table.rowCount,
        failingRowCount: failures.table.rowCount, failing: failures))
  }

  func explain(_ pipeline: Pipeline, _ notes: inout [Diagnostic]) throws -> Outcome {
    let plan = try binding(&notes) { $0.bind(pipeline) }.pushingFiltersDown()
    let context = ExecutionContext(data: relations, monitor: monitor, settings: execution)
    let (_, profile) = try Executor.profile(plan.physical(), context: context)
    context.notes.forEach(relations.note)
    var lines: [Explanation.Line] = []
    func visit(_ node: ProfiledPlan, depth: Int) {
      lines.append(
        Explanation.Line(
          depth: depth, title: node.title, detail: node.detail, estimatedRows: node.estimatedRows,
          actualRows: node.rows, seconds: node.seconds))
      for input in node.inputs { visit(input, depth: depth + 1) }
    }
    visit(profile, depth: 0)
    return .explanation(Explanation(lines: lines, totalSeconds: profile.totalSeconds))
  }

  /// Rewrites, runs and describes a plan.
  func evaluate(_ plan: LogicalPlan, _ notes: inout [Diagnostic]) throws -> Answer {
    let context = ExecutionContext(data: relations, monitor: monitor, settings: execution)
    let (table, profile) = try Executor.profile(plan.pushingFiltersDown().physical(), context: context)
    context.notes.forEach(relations.note)
    let provenance = relations.provenance(of: plan)
    return Answer(
      table: table, referenceSystem: plan.referenceSystem, accuracy: provenance.poorest,
      accuracyOfOthers: provenance.ofOthers, accuracyNote: provenance.note, planSummary: Self.summary(of: profile))
  }

  /// The steps that used an index or a hash table, in the order of the pipeline.
  private static func summary(of profile: ProfiledPlan) -> String {
    var parts: [String] = []
    func visit(_ node: ProfiledPlan) {
      node.inputs.first.map(visit)
      if !node.detail.isEmpty, PhysicalPlan.Strategy(rawValue: node.detail) == nil {
        parts.append("\(node.title) (\(node.detail))")
      }
    }
    visit(profile)
    return parts.joined(separator: ", ")
  }
}
