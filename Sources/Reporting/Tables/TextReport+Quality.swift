import CatchmentEngine
import DataQuality

extension TextReport {
  /// What a `check` found: a table for each element of quality, then what to write next.
  func write(_ report: QualityReport) {
    let rows = counted(report.rowCount, "row")
    let title = [report.subject, rows, report.referenceSystem].compactMap { $0 }.joined(separator: " · ")
    guard !report.findings.isEmpty else {
      return write(Page([.text("\(title) · nothing wrong was found")] + report.remarks.map { .text($0) }))
    }
    var blocks: [Page.Block] = [.text(title)]
    for element in QualityElement.allCases {
      let findings = report.findings.filter { $0.kind.element == element }
      if findings.isEmpty { continue }
      blocks.append(.heading(element.rawValue))
      blocks.append(
        .table(headings: ["problem", "code", "sure", "rows", "first examples"], rows: findings.flatMap(cells)))
    }
    blocks += report.remarks.map { .text($0) }
    blocks.append(.heading("what to write next"))
    var seen: Set<String> = []
    blocks.append(.code(report.findings.map(\.next).filter { seen.insert($0).inserted }.joined(separator: "\n")))
    write(Page(blocks))
  }

  /// A line for each example, the first with what they are examples of.
  private func cells(_ finding: Finding) -> [[String]] {
    let column = finding.column.map { " (\($0))" } ?? ""
    let head = [
      finding.kind.title + column, finding.kind.code, finding.kind.certainty.rawValue, String(finding.count),
    ]
    let examples = finding.examples.map { example in
      [example.label + place(example), example.detail].filter { !$0.isEmpty }.joined(separator: ": ")
    }
    guard let first = examples.first else { return [head + [""]] }
    return [head + [first]] + examples.dropFirst().map { ["", "", "", "", $0] }
  }

  private func place(_ example: Finding.Example) -> String {
    guard example.x.isFinite, example.y.isFinite else { return "" }
    return " at \(shown(example.x)), \(shown(example.y))"
  }

  /// Five decimals, a metre in degrees; metres without any.
  private func shown(_ value: Double) -> String {
    let scale = abs(value) > 400 ? 1.0 : 1e5
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
  }
}
