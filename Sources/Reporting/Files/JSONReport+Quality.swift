import CatchmentEngine
import DataQuality

extension JSONReport {
  /// What a `check` found; rows are counted from 1, places are in `reference_system`.
  func write(_ report: QualityReport) {
    member("subject", JSONText.quoted(report.subject))
    member("rows", String(report.rowCount))
    member("reference_system", report.referenceSystem.map(JSONText.quoted))
    member("findings", JSONText.array(report.findings.map(json)))
    member("remarks", report.remarks.isEmpty ? nil : JSONText.array(report.remarks.map(JSONText.quoted)))
  }

  private func json(_ finding: Finding) -> String {
    let examples = finding.examples.map { example in
      JSONText.object([
        ("row", example.row.map { String($0 + 1) }), ("label", JSONText.quoted(example.label)),
        ("x", example.x.isFinite ? JSONText.number(example.x) : nil),
        ("y", example.y.isFinite ? JSONText.number(example.y) : nil),
        ("detail", example.detail.isEmpty ? nil : JSONText.quoted(example.detail)),
      ])
    }
    return JSONText.object([
      ("code", JSONText.quoted(finding.kind.code)), ("problem", JSONText.quoted(finding.kind.title)),
      ("element", JSONText.quoted(finding.kind.element.rawValue)),
      ("certainty", JSONText.quoted(finding.kind.certainty.rawValue)), ("rows", String(finding.count)),
      ("column", finding.column.map(JSONText.quoted)), ("examples", JSONText.array(examples)),
      ("next", JSONText.quoted(finding.next)),
    ])
  }
}
