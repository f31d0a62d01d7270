import ArgumentParser
import CatchmentEngine

/// `catchment reference`: the reference of the language as Markdown.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print the reference of the query language, in Markdown.")

  func run() throws {
    let streams = StandardStreams()
    streams.output.write(LanguageReference.markdown)
    try leave(streams.finish(status: 0))
  }
}
