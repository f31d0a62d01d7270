import CatchmentEngine
import FeatureTables
import QueryLanguage

/// What statements gave, one JSON document a line.
struct JSONReport {
  let output: ByteSink
  let renderer: DiagnosticRenderer
  /// The statement's place in its script, from 1.
  let statement: Int

  func write(_ report: StatementReport) {
    let notes = report.notes.isEmpty ? nil : JSONText.array(report.notes.map(json))
    switch report.outcome {
    case .answer(let answer):
      begin("answer")
      write(answer, as: "rows")
      member("accuracy", answer.accuracy.map { JSONText.quoted($0.rawValue) })
      member("accuracy_note", answer.accuracyNote.map(JSONText.quoted))
    case .verdict(let verdict):
      begin("verdict")
      member("label", JSONText.quoted(verdict.label))
      member("subject", JSONText.quoted(verdict.subject))
      member("holds", String(verdict.holds))
      member("checked", String(verdict.checkedRows))
      member("failing_count", String(verdict.failingRowCount))
      write(verdict.failing, as: "failing")
      member("accuracy", verdict.failing.accuracy.map { JSONText.quoted($0.rawValue) })
      member("accuracy_note", verdict.failing.accuracyNote.map(JSONText.quoted))
    case .defined(let message), .done(let message):
      begin("done")
      member("message", JSONText.quoted(message))
    case .exported(let exported):
      begin("exported")
      member("path", JSONText.quoted(exported.path))
      member("format", JSONText.quoted(exported.format))
      let layers = exported.layers.map {
        JSONText.object([("name", JSONText.quoted($0.name)), ("rows", String($0.rows))])
      }
      member("layers", JSONText.array(layers))
      let renamings = exported.renamings.map {
        JSONText.object([
          ("layer", JSONText.quoted($0.layer)), ("column", JSONText.quoted($0.from)), ("name", JSONText.quoted($0.to)),
        ])
      }
      if !renamings.isEmpty { member("renamed", JSONText.array(renamings)) }
    case .imported(let imported):
      begin("imported")
      for (key, value) in members(of: imported) { member(key, value) }
      if !imported.others.isEmpty {
        member("others", JSONText.array(imported.others.map { JSONText.object(members(of: $0)) }))
      }
    case .explanation(let explanation):
      begin("explanation")
      member("operators", JSONText.array(explanation.lines.map(json)))
      member("seconds", JSONText.number(explanation.totalSeconds))
    case .checked(let report):
      begin("check")
      write(report)
    case .page(let page):
      begin("page")
      member("blocks", JSONText.array(page.blocks.map(json)))
    case .failed(let diagnostics):
      begin("failed")
      member("diagnostics", JSONText.array(diagnostics.map(json)))
    }
    member("notes", notes)
    output.writeLine("}")
  }

  /// A line of its own for what belongs to no statement.
  func writeSummary(passed: Int, failed: Int) {
    output.writeLine(
      JSONText.object([("type", "\"summary\""), ("passed", String(passed)), ("failed", String(failed))]))
  }

  // MARK: Members

  func begin(_ type: String) {
    output.write("{\"type\":\"\(type)\",\"statement\":\(statement)")
  }

  func member(_ key: String, _ json: String?) {
    if let json { output.write(",\"\(key)\":\(json)") }
  }

  /// The columns with their units, then the rows as objects, written row by row.
  private func write(_ answer: Answer, as key: String) {
    let columns = FileColumn.columns(of: answer.table)
    let described = columns.map {
      JSONText.object([("name", JSONText.quoted($0.name)), ("unit", $0.unit.map(JSONText.quoted))])
    }
    member("columns", JSONText.array(described))
    output.write(",\"\(key)\":[")
    let keys = columns.map { JSONText.quoted($0.name) + ":" }
    for row in 0..<answer.table.rowCount {
      let members = zip(keys, columns).map { $0 + $1.json(at: row) }
      output.write((row == 0 ? "{" : ",{") + members.joined(separator: ",") + "}")
    }
    output.write("]")
  }

  private func json(_ diagnostic: Diagnostic) -> String {
    let position = diagnostic.range.map { renderer.position(ofByte: $0.lowerBound) }
    return JSONText.object([
      ("code", JSONText.quoted(diagnostic.code.name)), ("severity", JSONText.quoted(diagnostic.severity.rawValue)),
      ("message", JSONText.quoted(diagnostic.message)), ("fix", diagnostic.fix.map(JSONText.quoted)),
      ("source", JSONText.quoted(renderer.source.name)), ("line", position.map { String($0.line) }),
      ("column", position.map { String($0.column) }),
    ])
  }

  private func members(of imported: Imported) -> [(String, String?)] {
    [
      ("name", JSONText.quoted(imported.name)), ("rows", String(imported.rows)),
      ("kinds", JSONText.quoted(imported.kinds)), ("reference_system", JSONText.quoted(imported.referenceSystem)),
      ("remarks", JSONText.array(imported.notes.map(JSONText.quoted))), ("store", imported.store.map(JSONText.quoted)),
    ]
  }

  private func json(_ line: Explanation.Line) -> String {
    JSONText.object([
      ("depth", String(line.depth)), ("operator", JSONText.quoted(line.title)),
      ("detail", JSONText.quoted(line.detail)), ("estimated_rows", JSONText.number(line.estimatedRows)),
      ("rows", String(line.actualRows)), ("seconds", JSONText.number(line.seconds)),
    ])
  }

  private func json(_ block: Page.Block) -> String {
    switch block {
    case .heading(let text): JSONText.object([("heading", JSONText.quoted(text))])
    case .text(let text): JSONText.object([("text", JSONText.quoted(text))])
    case .code(let text): JSONText.object([("code", JSONText.quoted(text))])
    case .table(let headings, let rows): JSONText.object([("rows", JSONText.array(rows.map { json($0, headings) }))])
    }
  }

  /// A row of a page's table: an object by its headings, or the cells of a table without any.
  private func json(_ row: [String], _ headings: [String]) -> String {
    if headings.isEmpty { return JSONText.array(row.map(JSONText.quoted)) }
    return JSONText.object(zip(headings, row).map { ($0, JSONText.quoted($1)) })
  }
}
