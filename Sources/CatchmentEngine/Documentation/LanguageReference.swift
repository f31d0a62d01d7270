import FeatureTables
import QueryLanguage
import QueryPlanning

/// The reference of the language as Markdown, generated from the declarations that the parser, the binder and `help`
/// use, so that none of them can disagree.
public enum LanguageReference {
  /// The whole document; the same text on every run.
  public static var markdown: String {
    var text = """
      # The query language

      Generated from the program's own declarations (`catchment reference`); every example here is run by the tests.

      """
    text += "\n## Statements\n"
    for statement in StatementDeclaration.statements {
      text += entry(statement.name, statement.syntax, statement.summary, statement.example)
    }
    text += "\n## Options\n"
    for option in StatementDeclaration.options {
      text += entry(option.name, option.syntax, option.summary, option.example)
    }
    text += "\n## Sources\n\nA layer or a `let` name, and a pipeline in parentheses, besides these.\n"
    for source in StatementDeclaration.sources {
      text += entry(source.name, source.syntax, source.summary, source.example)
    }
    for family in StepDeclaration.Family.allCases {
      text += "\n## Steps: \(family.rawValue.lowercased())\n"
      for step in StepDeclaration.all where step.family == family {
        text += entry(step.name, step.syntax, step.summary, step.example)
      }
    }
    text += "\n## Along the streets\n"
    for paragraph in StreetTravel.paragraphs { text += "\n\(paragraph)\n" }
    text += "\n| reason | when |\n|---|---|\n"
    for reason in StreetTravel.reasons { text += "| `\(reason.words)` | \(reason.meaning) |\n" }
    text +=
      "\n## Functions\n\nA function without an argument measures the row's own geometry; `area(s.geometry)` measures a joined one's.\n"
    for function in FunctionDeclaration.all {
      let aliases = function.aliases.isEmpty ? "" : " In Chinese: \(function.aliases.joined(separator: ", "))."
      text += entry(function.name, function.signature, function.summary + "." + aliases, function.example)
    }
    text += "\n## Units\n\n| unit | also written | is |\n|---|---|---|\n"
    for unit in Unit.declarations {
      let others = unit.names.filter { $0 != unit.unit.symbol }.joined(separator: ", ")
      text += "| \(unit.unit.symbol) | \(others) | \(unit.summary) |\n"
    }
    text += "\n`a/b` without spaces is a quotient of units (`km/h`), `per km2` one over a unit.\n"
    text += "\n## Words\n\n| word | Chinese | means |\n|---|---|---|\n"
    for keyword in Keyword.allCases {
      text += "| `\(keyword.rawValue)` | \(keyword.aliases.joined(separator: ", ")) | \(keyword.summary) |\n"
    }
    text += "\n## Grammar\n\n```ebnf\n"
    for production in Grammar.productions { text += "\(production.name) = \(production.definition) ;\n" }
    return text + "```\n"
  }

  private static func entry(_ name: String, _ syntax: String, _ summary: String, _ example: String) -> String {
    "\n### \(name)\n\n`\(syntax)`\n\n\(summary)\n\n```\n\(example)\n```\n"
  }
}
