import ArgumentParser

/// `catchment run FILE…`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run scripts of queries, one after the other in one session.",
    discussion: """
      Names given by one script are known to the next. A script that is wrong ends the run; an assertion that fails does not.

      EXAMPLE
        catchment run Queries/fifteen-minute-circle.cq --set clinic_walk="10 min"
      """)

  @Argument(help: "Script files; - is standard input.")
  var files: [String]

  @OptionGroup var options: SessionOptions
  @ParentCommand var command: CatchmentCommand

  func validate() throws {
    if !command.queries.isEmpty { throw ValidationError("-c and run do not go together: write one of them.") }
  }

  func run() throws {
    // All files are read before the first statement runs, so that a misspelt one costs nothing.
    let scripts = try files.map { file in
      file == "-" ? try ScriptText(standardInputNamed: "standard input") : try ScriptText(path: file)
    }
    try leave(ScriptRun(options: options).run(scripts.map(\.source)))
  }
}
