import ArgumentParser
import QueryLanguage

/// `catchment help [word]`: the language's own help, or that of a subcommand.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Explain a word of the query language: a step, a function, a unit.",
    discussion: """
      EXAMPLE
        catchment help nearest
      """)

  @Argument(help: "The word; without one, an overview.")
  var word: String?

  @OptionGroup var options: SessionOptions

  func run() throws {
    let subcommand = CatchmentCommand.configuration.subcommands.first { $0.configuration.commandName == word }
    if let subcommand, subcommand != HelpCommand.self {
      let streams = StandardStreams()
      streams.output.writeLine(CatchmentCommand.helpMessage(for: subcommand))
      try leave(streams.finish(status: 0))
    }
    let query = SourceText(word.map { "help \($0)" } ?? "help", name: "help")
    try leave(ScriptRun(options: options).run([query]))
  }
}
