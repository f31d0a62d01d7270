import CatchmentEngine

/// `{"statement":3,"line":12,"seconds":0.0123,"rows":266}`: what `--timing` writes for each statement.
struct StatementTiming {
  /// From 1, in the script.
  let statement: Int
  /// Where the statement begins, from 1.
  let line: Int
  /// Monotonic.
  let seconds: Double
  /// Rows answered, checked, read or written; `nil` for statements without rows.
  let rows: Int?

  init(_ report: StatementReport, statement: Int, line: Int) {
    self.statement = statement
    self.line = line
    seconds = report.seconds
    rows =
      switch report.outcome {
      case .answer(let answer): answer.table.rowCount
      case .verdict(let verdict): verdict.checkedRows
      case .exported(let exported): exported.layers.reduce(0) { $0 + $1.rows }
      case .imported(let imported): imported.rows
      case .checked(let report): report.rowCount
      case .explanation(let explanation): explanation.lines.first?.actualRows
      case .defined, .done, .page, .failed: nil
      }
  }

  var json: String {
    JSONText.object([
      ("statement", String(statement)), ("line", String(line)), ("seconds", JSONText.number(seconds)),
      ("rows", rows.map(String.init)),
    ])
  }
}
