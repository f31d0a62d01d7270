import CatchmentEngine
import FeatureTables
import QueryLanguage

@testable import Reporting

/// Renders reports and keeps both streams.
struct Rendering {
  var output = ""
  var messages = ""

  init(
    format: OutputFormat = .table, style: TextStyle = TextStyle(), source: String = "parks", timing: Bool = false,
    summary: Bool = false, _ reports: [StatementReport]
  ) {
    let written = Written()
    var writer = ReportWriter(
      format: format, style: style, messageStyle: style, output: ByteSink { written.output += $0 },
      messages: ByteSink { written.messages += $0 })
    writer.writesTiming = timing
    writer.begin(SourceText(source, name: "test.cq"))
    for report in reports { writer.write(report) }
    if summary { writer.writeSummary() }
    output = String(decoding: written.output, as: UTF8.self)
    messages = String(decoding: written.messages, as: UTF8.self)
  }

  init(format: OutputFormat = .table, style: TextStyle = TextStyle(), _ outcome: Outcome) {
    self.init(format: format, style: style, [StatementReport(range: 0..<5, outcome: outcome, seconds: 0.0123)])
  }

  private final class Written {
    var output: [UInt8] = []
    var messages: [UInt8] = []
  }
}

extension Table {
  /// A table from columns of values.
  init(_ columns: [(name: String, type: ValueType, values: [Value])]) {
    self.init(
      schema: Schema(columns.map { Field($0.name, $0.type) }),
      columns: columns.map { column in
        var builder = ColumnBuilder(column.type)
        for value in column.values { builder.append(value) }
        return builder.finish()
      }, rowCount: columns.first?.values.count ?? 0)
  }
}

extension Answer {
  init(_ columns: [(name: String, type: ValueType, values: [Value])], note: String? = nil, plan: String = "") {
    self.init(
      table: Table(columns), referenceSystem: nil, accuracy: note == nil ? nil : .sketch, accuracyNote: note,
      planSummary: plan)
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByNilLiteral, ExpressibleByBooleanLiteral
{
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
