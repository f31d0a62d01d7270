import CatchmentEngine
import FeatureTables
import Glibc
import QueryLanguage
import Reporting
import WorkControl

/// The conversation at a terminal: a query in, its answer out, until Ctrl-D.
final class Console {
  private let options: SessionOptions
  private let session: Session
  private let editor: LineEditor
  private let interruption: Interruption
  private let progress: ProgressLine
  private let streams = StandardStreams()
  private let pager: Pager?
  private let history = HistoryFile()
  /// Lines of an entry that goes on.
  private var pending = ""
  private var previousQuery: String?
  private var hasWarned = false

  /// Opens a console on the terminal and stays in it.
  /// - Returns: the exit status.
  static func open(_ options: SessionOptions) -> Int32 {
    if setlocale(LC_CTYPE, "") == nil || String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" {
      setlocale(LC_CTYPE, "C.UTF-8")
    }
    // A pager left early is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    do {
      return try Console(options).converse()
    } catch let error as Diagnostics {
      StandardStreams.tell(error.list.map { "catchment: \($0.message)\($0.fix.map { "; \($0)" } ?? "")\n" }.joined())
      return error.list.map(\.code.blame.rawValue).max() ?? 3
    } catch {
      StandardStreams.tell("catchment: \(error)\n")
      return 3
    }
  }

  private init(_ options: SessionOptions) throws {
    self.options = options
    interruption = Interruption(leavesWhenIdle: false, presses: 3)
    interruption.listen()
    let progress = ProgressLine()
    self.progress = progress
    let monitor = WorkMonitor(onProgress: progress.update)
    session = try Session(options: options.session, monitor: monitor)
    guard let editor = LineEditor(columns: { Terminal(descriptor: .output)?.size.columns ?? 80 }) else {
      throw ConsoleError.terminal
    }
    self.editor = editor
    pager = Terminal(descriptor: .output)?.isCapable == true ? Pager() : nil
  }

  private func converse() -> Int32 {
    editor.complete = { [unowned self] line, offset in
      LineEditor.Completion(in: session, before: pending, line: line, at: offset)
    }
    for entry in history?.load() ?? [] { editor.remember(entry) }
    greet()
    while true {
      switch readEntry() {
      case .interrupted: continue
      case .endOfInput:
        if mayLeave() { return streams.finish(status: 0) }
      case .line(let entry):
        switch entry.trimmed {
        case "": continue
        case "exit", "quit", "exit;", "quit;":
          if mayLeave() { return streams.finish(status: 0) }
        default:
          hasWarned = false
          run(entry)
        }
      }
    }
  }

  // MARK: Reading

  /// Reads lines until the query in them is whole.
  private func readEntry() -> LineEditor.Reading {
    pending = ""
    defer { pending = "" }
    while true {
      let reading = editor.readLine(prompt: pending.isEmpty ? "catchment> " : "       … ")
      guard case .line(let line) = reading else {
        if reading == .endOfInput { streams.output.writeLine() }
        streams.output.flush()
        // The end of input in the middle of a query drops the query.
        return reading == .endOfInput && !pending.isEmpty ? .interrupted : reading
      }
      let text = pending + line
      if text.trimmed.isEmpty { return .line("") }
      if !Parser.isIncomplete(SourceText(text, name: "console")) { return .line(text) }
      pending = text + "\n"
    }
  }

  // MARK: Answering

  private func run(_ entry: String) {
    var text = entry
    if ConsoleEntry.continuesQuery(entry) {
      guard let previousQuery else {
        tell("There is no query yet to add a step to.")
        return
      }
      text = previousQuery + "\n" + entry
    }
    let line = ConsoleEntry.singleLine(text)
    if !line.isEmpty {
      editor.remember(line)
      let kept = SourceText(line, name: "history").withoutSecrets
      history?.append(kept[0..<kept.bytes.count])
    }
    let source = SourceText(text, name: "console")
    let statements = Parser.parse(source).script.statements
    if statements.count == 1, case .query = statements[0].kind { previousQuery = text }
    answer(source)
  }

  private func answer(_ source: SourceText) {
    let terminal = Terminal(descriptor: .output)
    var shown: [UInt8] = []
    var writer = ReportWriter(
      format: options.format, style: style(on: terminal), messageStyle: style(on: Terminal(descriptor: .messages)),
      output: ByteSink { shown += $0 }, messages: ByteSink { shown += $0 })
    writer.writesTiming = options.timing
    writer.begin(source)
    // `Session.interrupt` may be called from any thread.
    nonisolated(unsafe) let running = session
    progress.begin()
    interruption.beginWork { running.interrupt() }
    session.run(source, stopAtFailure: false) { report in
      progress.end()
      writer.write(report)
      interruption.endWork()
      present(shown, on: terminal)
      shown.removeAll()
      interruption.beginWork { running.interrupt() }
      progress.begin()
    }
    interruption.endWork()
    progress.end()
  }

  private func style(on terminal: Terminal?) -> TextStyle {
    // Without a pager a table leaves room for its heading, its footer and the next prompt.
    let unpaged = max((terminal?.size.rows ?? 48) - 8, 8)
    return TextStyle(
      width: terminal?.size.columns, rowLimit: options.rows.map(\.count) ?? (pager == nil ? unpaged : 1000),
      showsTime: true, usesColour: terminal?.showsColour ?? false, isQuiet: options.quiet)
  }

  private func present(_ bytes: [UInt8], on terminal: Terminal?) {
    if let pager, let terminal {
      let lines = bytes.count { $0 == 0x0A }
      if lines > terminal.size.rows - 2, pager.show(bytes) { return }
    }
    streams.output.write(utf8: bytes)
    streams.output.flush()
  }

  private func tell(_ text: String) {
    streams.output.writeLine(text)
    streams.output.flush()
  }

  // MARK: Coming and going

  private func greet() {
    if options.quiet { return }
    let width = Terminal(descriptor: .output)?.size.columns ?? 80
    let names = layerNames
    tell(TextStyle.cut("Catchment · \(names.count) layers: \(names.joined(separator: ", "))", columns: width))
    tell("Try: parks | select name, size = area() | sort by size desc      (`help` explains, Ctrl-D leaves)")
  }

  private var layerNames: [String] {
    var names: [String] = []
    session.run(SourceText("layers", name: "console"), stopAtFailure: true) { report in
      guard case .page(let page) = report.outcome else { return }
      for case .table(_, let rows) in page.blocks { names += rows.compactMap(\.first) }
    }
    return names
  }

  /// Warns once about what leaving would lose.
  private func mayLeave() -> Bool {
    let unsaved = session.unsavedLayers
    if unsaved.isEmpty || hasWarned { return true }
    hasWarned = true
    let names = unsaved.joined(separator: ", ")
    tell("\(names) \(unsaved.count == 1 ? "lives" : "live") in this session only and will be lost.")
    tell(
      "To keep: export \(names) to \"kept.gpkg\" — or start with --store plan.sqlite next time. Ctrl-D again leaves.")
    return false
  }
}

/// Why a console cannot be opened.
enum ConsoleError: Error, CustomStringConvertible {
  case terminal

  var description: String { "this terminal cannot be used for editing lines; write queries with -c or a script" }
}
