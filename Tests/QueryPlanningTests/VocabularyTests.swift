import QueryLanguage
import Testing

@testable import QueryPlanning

/// The declarations that help and documentation print are those that the parser and the binder know.
@Suite struct Vocabulary {
  /// The layers of examples that the test city does not have are written by the example itself.
  private func check(_ example: String) {
    let source = SourceText(example, name: "example")
    let parsed = Parser.parse(source)
    #expect(parsed.diagnostics.isEmpty, "\(example)")
    var unread: Set<String> = []
    for statement in parsed.script.statements {
      switch statement.kind {
      case .define(let name, _): unread.insert(name.text)
      case .import(let clause): unread.insert(clause.name?.text ?? "")
      default: break
      }
    }
    let bound = Bound(example, unread: unread, hasStreets: true)
    #expect(bound.lines.isEmpty, "\(example)")
  }

  @Test(arguments: StepDeclaration.all.map(\.example)) func stepExample(_ example: String) { check(example) }
  @Test(arguments: FunctionDeclaration.all.map(\.example)) func functionExample(_ example: String) { check(example) }
  @Test(arguments: (StatementDeclaration.statements + StatementDeclaration.sources).map(\.example))
  func statementExample(_ example: String) { check(example) }

  @Test(arguments: StepDeclaration.all) func exampleUsesItsStep(_ step: StepDeclaration) {
    #expect(step.example.contains("| \(step.name)"))
    #expect(step.syntax.hasPrefix(step.name))
  }

  @Test(arguments: FunctionDeclaration.all) func exampleUsesItsFunction(_ function: FunctionDeclaration) {
    #expect(function.example.contains("\(function.name)("))
    #expect(function.signature.hasPrefix("\(function.name)("))
  }

  @Test(arguments: StatementDeclaration.statements + StatementDeclaration.sources)
  func exampleUsesItsStatement(_ statement: StatementDeclaration) {
    #expect(statement.example.contains(statement.name))
    #expect(statement.syntax.hasPrefix(statement.name))
  }

  @Test func everyVerbIsDeclared() {
    let verbs = Set(Keyword.allCases.filter(\.isStep).map(\.rawValue))
    #expect(verbs.subtracting(StepDeclaration.all.map(\.name)).isEmpty)
    #expect(Set(StepDeclaration.all.map(\.name)).isSubset(of: verbs))
    #expect(Set(StepDeclaration.all.map(\.name)).count == StepDeclaration.all.count)
    for step in StepDeclaration.all {
      let family = Keyword(rawValue: step.name)?.family
      let families: [StepDeclaration.Family: Keyword.Family] = [
        .rows: .rows, .keepByPlace: .keepByPlace, .joinByPlace: .joinByPlace, .perArea: .perArea, .shape: .shape,
        .leaving: .leaving,
      ]
      #expect(family == families[step.family], "\(step.name)")
      #expect(StepDeclaration.named(step.name)?.example == step.example)
    }
  }

  @Test func everyStatementAndSourceIsDeclared() {
    let statements = Keyword.allCases.filter(\.isStatement).map(\.rawValue)
    #expect(Set(StatementDeclaration.statements.map(\.name)) == Set(statements))
    let sources = Keyword.allCases.filter { $0.roles.contains(.source) }.map(\.rawValue)
    #expect(Set(StatementDeclaration.sources.map(\.name)) == Set(sources))
    #expect(StatementDeclaration.named("let")?.syntax == "let NAME = PIPELINE")
  }

  @Test func everyFunctionIsDeclaredOnce() {
    let declared = FunctionDeclaration.all.map(\.function)
    let all =
      ScalarFunction.allCases.map(FunctionDeclaration.Function.scalar)
      + AggregateFunction.allCases.map(FunctionDeclaration.Function.aggregate)
    #expect(Set(declared) == Set(all))
    #expect(declared.count == all.count)
    let names = FunctionDeclaration.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    for name in names { #expect(FunctionDeclaration.named(name)?.names.contains(name) == true) }
  }

  /// A word that is reserved could not be called.
  @Test func functionsCanBeTyped() {
    for name in FunctionDeclaration.all.flatMap(\.names) { #expect(!Keyword.isReserved(spelling: name), "\(name)") }
  }
}
