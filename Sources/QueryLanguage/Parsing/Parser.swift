/// What parsing a text gives: the statements that could be read and everything that was wrong with the others.
public struct ParseResult: Sendable {
  public let script: Script
  public let diagnostics: [Diagnostic]

  public init(script: Script, diagnostics: [Diagnostic]) {
    self.script = script
    self.diagnostics = diagnostics
  }
}
