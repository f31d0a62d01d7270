import CatchmentEngine
import FeatureTables
import QueryLanguage
import Reporting

/// Runs texts to their end in one session, as scripts do.
struct ScriptRun {
  let options: SessionOptions

  /// Ends at the first text that is wrong; goes on after assertions that fail.
  /// - Returns: the exit status of the whole.
  func run(_ sources: [SourceText]) -> Int32 {
    let streams = StandardStreams()
    let progress = ProgressLine()
    let monitor = WorkMonitor(onProgress: progress.update)
    let interruption = Interruption(monitor: monitor, leavesWhenIdle: true, presses: 2)
    interruption.listen()
    var writer = ReportWriter(
      format: options.format, style: outputStyle(of: sources), messageStyle: messageStyle, output: streams.output,
      messages: streams.messages)
    writer.writesTiming = options.timing
    var status: Int32 = 0
    do {
      let session = try Session(options: options.session, monitor: monitor)
      for source in sources where status < 2 {
        writer.begin(source)
        progress.begin()
        interruption.beginWork()
        let outcome = session.run(source, stopAtFailure: true) { report in
          progress.erase()
          writer.write(report)
          progress.begin()
        }
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

  private func outputStyle(of sources: [SourceText]) -> TextStyle {
    let terminal = Terminal(descriptor: .output)
    let statements = sources.reduce(0) { $0 + Parser.parse($1).script.statements.count }
    return TextStyle(
      width: terminal?.size.columns, rowLimit: options.rows.map(\.count) ?? 40, showsTime: terminal != nil,
      showsQueries: statements > 1, usesColour: terminal?.showsColour ?? false, isQuiet: options.quiet)
  }

  private var messageStyle: TextStyle {
    let terminal = Terminal(descriptor: .messages)
    return TextStyle(
      width: terminal?.size.columns, rowLimit: options.rows.map(\.count) ?? 40,
      usesColour: terminal?.showsColour ?? false, isQuiet: options.quiet)
  }
}
