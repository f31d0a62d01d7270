import ArgumentParser
import Glibc

/// `catchment`: the console, queries from the command line or from standard input.
@main
struct CatchmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catchment",
    abstract: "Ask planning questions of maps: what is near, what is covered, how densely.",
    discussion: """
      Without a subcommand it opens the console, runs the queries of -c, or reads queries from standard input.

      EXAMPLES
        catchment -c "layers"
        catchment -c "parks | select name, size = area() | sort by size desc"
        catchment run Queries/fifteen-minute-circle.cq
        catchment -c "import \\"stops.csv\\" as stops" --store plan.sqlite

      EXIT STATUS
        0 all is well, 1 an assertion failed, 2 the query or the command line is wrong,
        3 the data or a file is wrong or missing, 130 interrupted
      """,
    version: "catchment 0.1.0",
    subcommands: [RunCommand.self, HelpCommand.self, ReferenceCommand.self])

  @Option(
    name: .customShort("c"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run this query.", valueName: "query"))
  var queries: [String] = []

  @OptionGroup var options: SessionOptions

  func run() throws {
    let script =
      if !queries.isEmpty {
        ScriptText(text: queries.joined(separator: "\n"), name: "-c")
      } else if isatty(STDIN_FILENO) == 1 {
        try leave(Console.open(options))
      } else {
        try ScriptText(standardInputNamed: "standard input")
      }
    try leave(ScriptRun(options: options).run([script.source]))
  }

  static func main() {
    StandardStreams.prepare()
    FreedMemory.keep()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Glibc.exit(status(of: error))
    }
  }

  /// Says what is wrong and gives the exit status.
  private static func status(of error: any Error) -> Int32 {
    if let exit = error as? ExitCode { return exit.rawValue }
    if let unreadable = error as? UnreadableScript {
      StandardStreams.tell("catchment: \(unreadable.message)\n")
      return 3
    }
    let message = fullMessage(for: error)
    if exitCode(for: error).isSuccess {
      let output = StandardStreams()
      output.output.writeLine(message)
      return output.finish(status: 0)
    }
    StandardStreams.tell(message + "\n")
    return 2
  }
}

/// Ends the command with an exit status.
func leave(_ status: Int32) throws -> Never { throw ExitCode(status) }
