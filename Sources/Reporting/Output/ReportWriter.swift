import CatchmentEngine
import QueryLanguage

/// Writes what the statements of scripts or of a console gave, in one format, to an output and a stream of messages.
///
/// The output carries answers; what went wrong, and what a format has no place for, goes to the messages. Both are
/// flushed after each statement, so that they appear in the order in which things happened.
public struct ReportWriter {
  public let format: OutputFormat
  public var style: TextStyle
  /// How text on the stream of messages is laid out.
  public var messageStyle: TextStyle
  /// Adds a JSON line for each statement to the messages.
  public var writesTiming = false

  private let output: ByteSink
  private let messages: ByteSink
  private var renderer = DiagnosticRenderer(SourceText("", name: "catchment"))
  private var narrative: ScriptNarrative?
  private var statement = 0
  private var answers = 0
  private var passed = 0
  private var failed = 0
  /// An answer could not be brought into the format: the data is to blame.
  public private(set) var hasUnwritable = false

  public init(
    format: OutputFormat, style: TextStyle, messageStyle: TextStyle, output: ByteSink, messages: ByteSink
  ) {
    self.format = format
    self.style = style
    self.messageStyle = messageStyle
    self.output = output
    self.messages = messages
  }

  /// Statements that follow are of this text; they are counted from 1.
  public mutating func begin(_ source: SourceText) {
    renderer = DiagnosticRenderer(source)
    narrative = style.narrates ? ScriptNarrative(source) : nil
    statement = 0
  }

  public mutating func write(_ report: StatementReport) {
    statement += 1
    if case .verdict(let verdict) = report.outcome {
      if verdict.holds { passed += 1 } else { failed += 1 }
    }
    switch format {
    case .table: writeText(report)
    case .json: JSONReport(output: output, renderer: renderer, statement: statement).write(report)
    case .csv, .geojson: writeRows(report)
    }
    if writesTiming {
      let line = renderer.position(ofByte: report.range.lowerBound).line
      output.flush()
      messages.writeLine(StatementTiming(report, statement: statement, line: line).json)
    }
    flush()
  }

  /// Says how many assertions held, where there were any.
  public mutating func writeSummary() {
    guard passed + failed > 0 else { return }
    switch format {
    case .table:
      narrative?.close(to: output)
      TextReport(style: style, output: output).writeSummary(passed: passed, failed: failed)
    case .json:
      JSONReport(output: output, renderer: renderer, statement: statement).writeSummary(passed: passed, failed: failed)
    case .csv, .geojson:
      TextReport(style: messageStyle, output: messages).writeSummary(passed: passed, failed: failed)
    }
    flush()
  }

  /// What was wrong outside any statement: a store that cannot be opened, a parameter that cannot be read.
  public func write(_ diagnostics: [Diagnostic]) {
    output.flush()
    for diagnostic in diagnostics {
      for line in renderer.render(diagnostic).split(separator: "\n") { writeMessage(line) }
    }
    flush()
  }

  /// Sentences are wrapped for a terminal; the excerpt of the query and the marks under it stay as they are.
  private func writeMessage(_ line: Substring) {
    let isExcerpt = line.hasPrefix("  ") && !line.hasPrefix(Self.fixPrefix)
    guard let width = messageStyle.width, !isExcerpt else { return messages.writeLine(String(line)) }
    let indent = line.hasPrefix(Self.fixPrefix) ? 2 : 0
    for (index, part) in DisplayText.wrap(String(line.dropFirst(indent)), width: width - indent - 5).enumerated() {
      messages.writeLine(DisplayText.padding(index == 0 ? indent : indent + 5) + part)
    }
  }

  /// How `DiagnosticRenderer` begins the line that says what to do.
  private static let fixPrefix = "  fix: "

  public func flush() {
    output.flush()
    messages.flush()
  }

  // MARK: Formats

  private mutating func writeText(_ report: StatementReport) {
    if case .failed(let diagnostics) = report.outcome {
      write(diagnostics + report.notes)
      return
    }
    if narrative?.open(report, style: style, to: output) ?? true {
      TextReport(style: style, output: output).write(report.outcome, seconds: report.seconds)
    }
    if !style.isQuiet { write(report.notes) }
  }

  /// Formats of rows alone: everything else is told beside them.
  private mutating func writeRows(_ report: StatementReport) {
    switch report.outcome {
    case .answer(let answer):
      write(answer)
    case .failed(let diagnostics):
      write(diagnostics + report.notes)
      return
    default:
      output.flush()
      TextReport(style: messageStyle, output: messages).write(report.outcome, seconds: report.seconds)
    }
    if !messageStyle.isQuiet { write(report.notes) }
  }

  private mutating func write(_ answer: Answer) {
    do {
      let document = try format == .geojson ? RowReport.geoJSON(answer) : RowReport.csv(answer)
      if answers > 0, format == .csv { output.writeLine() }
      output.write(utf8: document)
      answers += 1
    } catch {
      write([Diagnostic(.unwritable, at: nil, "the answer cannot be written as \(format.rawValue): \(error)")])
      hasUnwritable = true
    }
  }
}

extension DiagnosticCode {
  fileprivate static let unwritable = DiagnosticCode("output.unwritable", .data)
}
