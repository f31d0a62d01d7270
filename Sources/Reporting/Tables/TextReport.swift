import CatchmentEngine
import FeatureTables
import QueryLanguage

/// What statements gave, as text for people.
struct TextReport {
  let style: TextStyle
  let output: ByteSink

  func write(_ outcome: Outcome, seconds: Double) {
    switch outcome {
    case .answer(let answer):
      writeRows(answer.table, width: style.width)
      writeFooter(answer, seconds: seconds)
    case .defined(let message), .done(let message):
      if !style.isQuiet { output.writeLine(DisplayText.harmless(message)) }
    case .verdict(let verdict): write(verdict)
    case .exported(let exported): write(exported)
    case .imported(let imported): write(imported)
    case .explanation(let explanation): write(explanation)
    case .checked(let report): write(report)
    case .page(let page): write(page)
    case .failed: break
    }
  }

  // MARK: Answers

  /// The rows, cut with a count, and what was left out.
  private func writeRows(_ table: Table, width: Int?, isJudged: Bool = false) {
    var text = TextTable(table, rowLimit: style.rowLimit, isJudged: isJudged)
    if text.columns.isEmpty {
      output.writeLine(table.schema.hasGeometry ? "(geometry without attributes)" : "(no columns)")
      return
    }
    if table.rowCount == 0 { text.columns = text.columns.map { .init($0.heading, []) } }
    let layout = text.layout(width: width)
    text.write(layout, style: style, to: output)
    let shownRows = text.columns.first?.cells.count ?? 0
    if shownRows < table.rowCount {
      output.writeLine(faint("… \(counted(table.rowCount - shownRows, "more row")) (\(table.rowCount) in all)"))
    }
    if !layout.hidden.isEmpty {
      let names = layout.hidden.joined(separator: ", ")
      let note = "… \(counted(layout.hidden.count, "column")) not shown: \(names)"
      for line in DisplayText.wrap(note, width: width ?? .max) { output.writeLine(faint(line)) }
    }
  }

  private func writeFooter(_ answer: Answer, seconds: Double) {
    if style.isQuiet { return }
    var parts = [counted(answer.table.rowCount, "row")]
    if style.showsTime { parts.append(durationText(seconds)) }
    if !answer.planSummary.isEmpty { parts.append(answer.planSummary) }
    writeFaint(parts.joined(separator: " · "))
    if let note = answer.accuracyNote { writeFaint(note) }
  }

  // MARK: Verdicts

  private func write(_ verdict: Verdict) {
    let word = verdict.holds ? style.apply(.bold, .green, to: "PASS") : style.apply(.bold, .red, to: "FAIL")
    let count =
      if verdict.checkedRows == 0 {
        "no rows to check"
      } else if verdict.holds {
        counted(verdict.checkedRows, "row")
      } else {
        "\(verdict.failingRowCount) of \(counted(verdict.checkedRows, "row")) \(verdict.failingRowCount == 1 ? "fails" : "fail")"
      }
    let subject = TextStyle.cut(verdict.subject, columns: 40)
    output.writeLine("\(word)  \(DisplayText.harmless(verdict.label)) · \(subject) · \(count)")
    if !verdict.holds, verdict.failing.table.rowCount > 0 {
      writeRows(verdict.failing.table, width: style.width ?? 120, isJudged: true)
    }
    if !style.isQuiet, let note = verdict.failing.accuracyNote { writeFaint(note) }
  }

  /// The last line of a script with assertions.
  func writeSummary(passed: Int, failed: Int) {
    let all = counted(passed + failed, "assertion")
    if failed == 0 {
      output.writeLine("\(all): \(style.apply(.green, to: passed == 1 ? "it holds" : "all hold"))")
    } else {
      output.writeLine(
        "\(all): \(passed) \(passed == 1 ? "holds" : "hold"), " + style.apply(.red, to: "\(failed) failed"))
    }
  }

  // MARK: Files

  private func write(_ exported: Exported) {
    if style.isQuiet { return }
    let layers = exported.layers.map { "\($0.name) (\(counted($0.rows, "row")))" }.joined(separator: ", ")
    let parts = ["\(exported.isReplaced ? "replaced" : "wrote") \(exported.path)", exported.format, layers]
    output.writeLine(DisplayText.harmless(parts.filter { !$0.isEmpty }.joined(separator: " · ")))
    guard !exported.renamings.isEmpty else { return }
    let table = TextTable(columns: [
      .init("layer", exported.renamings.map { DisplayText.harmless($0.layer) }),
      .init("column", exported.renamings.map { DisplayText.harmless($0.from) }, isElastic: true),
      .init("in the file", exported.renamings.map { DisplayText.harmless($0.to) }),
    ])
    table.write(table.layout(width: style.width), style: style, to: output)
  }

  private func write(_ imported: Imported) {
    if style.isQuiet { return }
    var parts = ["imported \(imported.name)", counted(imported.rows, "row"), imported.kinds, imported.referenceSystem]
    parts.append(imported.store.map { "kept in \($0)" } ?? "for this session only")
    output.writeLine(DisplayText.harmless(parts.filter { !$0.isEmpty }.joined(separator: " · ")))
    for note in imported.notes {
      for line in DisplayText.wrap("  " + DisplayText.harmless(note), width: style.width ?? .max) {
        output.writeLine("  " + line)
      }
    }
    imported.others.forEach(write)
  }

  // MARK: Plans

  private func write(_ explanation: Explanation) {
    let lines = explanation.lines
    let estimates = lines.map(\.estimatedRows)
    let table = TextTable(columns: [
      .init("operator", zip(explanation.branches, lines).map { $0 + DisplayText.harmless($1.title) }, isElastic: true),
      .init("est. rows", estimates.map { $0.isFinite ? NumberFormat.fixed($0, decimals: 0) : "–" }, alignment: .right),
      .init("rows", lines.map { String($0.actualRows) }, alignment: .right),
      .init("time", lines.map { durationText($0.seconds) }, alignment: .right),
      .init("detail", lines.map { DisplayText.harmless($0.detail) }, isElastic: true),
    ])
    table.write(table.layout(width: style.width), style: style, to: output)
    if !style.isQuiet { writeFaint("\(durationText(explanation.totalSeconds)) in all") }
  }

  // MARK: Small things

  private func faint(_ text: String) -> String { style.apply(.faint, to: text) }

  private func writeFaint(_ text: String) {
    for line in DisplayText.wrap(DisplayText.harmless(text), width: style.width ?? .max) {
      output.writeLine(faint(line))
    }
  }
}

extension Explanation {
  /// The lines of a tree that stand before each title: `├─ `, `└─ `.
  var branches: [String] {
    lines.indices.map { index in
      let depth = lines[index].depth
      if depth == 0 { return "" }
      // Whether another branch of the same level follows below, for each level above this line.
      let levels = (1...depth).map { level in
        lines[(index + 1)...].first { $0.depth <= level }?.depth == level
      }
      return levels.dropLast().map { $0 ? "│  " : "   " }.joined() + (levels[depth - 1] ? "├─ " : "└─ ")
    }
  }
}
