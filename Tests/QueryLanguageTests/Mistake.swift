import QueryLanguage
import Testing

/// A wrong text, and for each of its mistakes `line:column code: message → fix`.
typealias Mistake = (text: String, diagnostics: [String])

func expectExplained(_ mistake: Mistake, sourceLocation: SourceLocation = #_sourceLocation) {
  let source = SourceText(mistake.text, name: "q")
  let renderer = DiagnosticRenderer(source)
  let found = Parser.parse(source).diagnostics.map { diagnostic in
    let place = renderer.position(ofByte: diagnostic.range?.lowerBound ?? 0)
    return "\(place.line):\(place.column) \(diagnostic.code.name): \(diagnostic.message) → \(diagnostic.fix ?? "")"
  }
  #expect(found == mistake.diagnostics, sourceLocation: sourceLocation)
}
