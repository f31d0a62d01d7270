import CatchmentEngine
import FeatureTables
import QueryLanguage
import Reporting
import WorkControl

/// Runs texts to their end in one session, as scripts do.
struct ScriptRun {
  let options: SessionOptions

  /// Ends at the first text that is wrong; goes on after assertions that fail.
  /// - Returns: the exit status of the whole.
  func run(_ sources: [SourceText]) -> Int32 {
    if let mistake = unknownParameter(in: sources) {
      StandardStreams.tell("catchment: \(mistake)\n")
      return 2
    }
    let streams = StandardStreams()
    let interruption = Interruption(leavesWhenIdle: true, presses: 2)
    interruption.listen()
    let progress = ProgressLine()
    let monitor = WorkMonitor(onProgress: progress.update)
    var writer = ReportWriter(
      format: options.format, style: outputStyle(of: sources), messageStyle: messageStyle, output: streams.output,
      messages: streams.messages)
    writer.writesTiming = options.timing
    var status: Int32 = 0
    do {
      let session = try Session(options: options.session, monitor: monitor)
      // `Session.interrupt` may be called from any thread.
      nonisolated(unsafe) let running = session
      for source in sources where status < 2 {
        writer.begin(source)
        progress.begin()
        interruption.beginWork { running.interrupt() }
        let outcome = session.run(source, stopAtFailure: true) { report in
          progress.end()
          writer.write(report)
          progress.begin()
        }
        progress.end()
        interruption.endWork()
        status = max(status, outcome)
      }
      writer.writeSummary()
      if writer.hasUnwritable { status = max(status, 3) }
    } catch let error as Diagnostics {
      writer.write(error.list)
      status = error.list.map(\.code.blame.rawValue).max() ?? 3
    } catch {
      StandardStreams.tell("catchment: \(error)\n")
      status = 3
    }
    return streams.finish(status: status)
  }

  /// A `--set` that no script asks for is misspelt, and the default would run in its place.
  private func unknownParameter(in sources: [SourceText]) -> String? {
    let statements = sources.flatMap { Parser.parse($0).script.statements }
    let names = statements.compactMap { if case .parameter(let name, _) = $0.kind { name.text } else { nil } }
    guard let wrong = options.parameters.first(where: { !names.contains($0.name) }) else { return nil }
    let known = names.isEmpty ? "there are none" : "there are \(names.joined(separator: ", "))"
    return "--set \(wrong.name): no parameter of that name is in the script; \(known)"
  }

  private func outputStyle(of sources: [SourceText]) -> TextStyle {
    let terminal = Terminal(descriptor: .output)
    let statements = sources.reduce(0) { $0 + Parser.parse($1).script.statements.count }
    return TextStyle(
      width: terminal?.size.columns, rowLimit: options.rows.map(\.count) ?? 40, showsTime: terminal != nil,
      narrates: statements > 1, usesColour: terminal?.showsColour ?? false, isQuiet: options.quiet)
  }

  private var messageStyle: TextStyle {
    let terminal = Terminal(descriptor: .messages)
    return TextStyle(
      width: terminal?.size.columns, rowLimit: options.rows.map(\.count) ?? 40,
      usesColour: terminal?.showsColour ?? false, isQuiet: options.quiet)
  }
}
