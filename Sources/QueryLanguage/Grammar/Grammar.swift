/// The grammar in EBNF, from which the documentation is made.
///
/// `"word"` and `"sign"` stand for themselves, `[ ]` is optional, `{ }` any number of times, `|` a choice, `? ?` a
/// description in words. Every word has the Chinese spellings of its `Keyword`. What `Parser` reads beyond this, it
/// reports as a mistake.
public enum Grammar {
  public struct Production: Sendable, Hashable {
    public let name: String
    public let definition: String

    init(_ name: String, _ definition: String) {
      self.name = name
      self.definition = definition
    }
  }

  /// All productions as text, one below the other.
  public static var text: String {
    productions.map { "\($0.name) = \($0.definition) ;" }.joined(separator: "\n")
  }

  /// From the whole text down to characters; the first is the start.
  public static let productions: [Production] = statements + steps + expressions + tokens

  private static let statements = [
    Production("script", "[ statement ] { line-end [ statement ] }"),
    Production(
      "statement",
      "query | let | param | assert | export | import | save | set | mode | explain | describe | check | layers | help"),
    Production("query", "pipeline"),
    Production("let", "\"let\" name \"=\" pipeline"),
    Production("param", "\"param\" name \"=\" expression"),
    Production("assert", "\"assert\" source \":\" expression [ \"as\" text ]"),
    Production("export", "\"export\" name { \",\" name } export-target"),
    Production(
      "export-target",
      "\"to\" text { \"layer\" ( text | name ) | \"as\" name | \"crs\" reference-system "
        + "| \"encoding\" ( text | encoding-name ) }"),
    Production(
      "import",
      "\"import\" text { file-layers | \"where\" expression | \"within\" box | \"limit\" expression "
        + "| \"crs\" reference-system | \"encoding\" ( text | encoding-name ) | \"closed\" \"as\" \"areas\" "
        + "| \"tolerance\" expression | \"as\" name | \"repair\" | \"network\" | network-option }"),
    Production("file-layers", "\"layer\" file-layer | \"layers\" file-layer { \",\" file-layer } | \"all\""),
    Production("file-layer", "text | name"),
    Production(
      "box", "\"box\" \"(\" expression \",\" expression \",\" expression \",\" expression \")\""),
    Production(
      "network-option",
      "( \"class\" | \"oneway\" | \"speed\" ) \"field\" name | \"tolerance\" expression | \"bridging\" expression "
        + "| \"planar\" | \"with\" (\"ferries\" | \"heights\")"),
    Production("save", "\"save\" name [ \"as\" name ]"),
    Production("set", "\"set\" [ name { name } \"=\" ( expression | reference-system | name ) ]"),
    Production(
      "mode", "\"mode\" name \"like\" name { \"speed\" expression [ \"on\" classes ] | \"without\" classes }"),
    Production("classes", "name { \",\" name }"),
    Production("explain", "\"explain\" pipeline"),
    Production("describe", "\"describe\" name"),
    Production("check", "\"check\" source { \"as\" \"coverage\" | \"against\" source }"),
    Production("layers", "\"layers\" [ \"of\" text [ \"encoding\" ( text | encoding-name ) ] ]"),
    Production("help", "\"help\" [ ? the rest of the line ? ]"),
    Production("reference-system", "name [ \":\" ( whole-number | name ) ] | text"),
    Production("pipeline", "source { \"|\" step }"),
    Production("source", "name | \"(\" pipeline \")\" | point | sql | values"),
    Production("point", "\"point\" \"(\" expression \",\" expression \")\""),
    Production("sql", "\"sql\" text"),
    Production("values", "\"values\" \"(\" named-value { \",\" named-value } \")\" { \",\" row }"),
    Production("named-value", "name \"=\" expression"),
    Production("row", "\"(\" expression { \",\" expression } \")\""),
  ]

  private static let steps = [
    Production(
      "step", "rows-step | keep-step | join-step | area-step | shape-step | \"export\" export-target"),
    Production(
      "rows-step",
      "\"where\" expression | \"select\" items | \"derive\" items | \"sort\" [ \"by\" ] sort-key { \",\" sort-key } "
        + "| \"take\" expression | \"summarize\" [ items ] [ \"by\" items ] "
        + "| \"join\" source \"on\" expression [ \"as\" name ] | \"union\" source | \"distinct\" [ items ] | \"repair\""
    ),
    Production("items", "item { \",\" item }"),
    Production("item", "[ name \"=\" ] expression"),
    Production("sort-key", "expression [ \"asc\" | \"desc\" ]"),
    Production(
      "keep-step",
      "\"within\" directed | \"beyond\" directed [ \"as\" name ] "
        + "| ( \"inside\" | \"outside\" | \"intersecting\" ) source"),
    Production("directed", "reach ( \"of\" | \"from\" ) places"),
    Production("places", "source [ \"via\" source ]"),
    Production("reach", "converted [ \"by\" name ]"),
    Production(
      "join-step",
      "\"nearest\" [ whole-number | \"(\" expression \")\" ] [ \"from\" ] places \"as\" name "
        + "{ \"within\" reach | \"by\" name | \"with\" \"route\" } | \"locate\" \"in\" source \"as\" name "
        + "| \"around\" reach [ \"from\" ] places \"as\" name \"(\" items \")\""),
    Production(
      "area-step",
      "\"count\" source [ \"as\" name ] | \"density\" source \"per\" unit [ \"as\" name ] "
        + "| \"coverage\" served [ \"of\" source [ \"weighted\" \"by\" expression ] ] [ \"as\" name ] | \"gaps\" served"
    ),
    Production("served", "( \"by\" | \"from\" ) places \"within\" reach"),
    Production(
      "shape-step",
      "\"buffer\" expression | \"catchment\" [ \"from\" ] converted { \",\" converted } \"by\" name "
        + "{ \"merged\" | \"split\" | \"as\" \"lines\" | \"width\" converted } | \"dissolve\" [ \"by\" items ] "
        + "| \"clip\" \"to\" source | \"erase\" source | \"centroid\" | \"hull\" | \"simplify\" expression "
        + "| \"grid\" expression | \"hexagons\" expression"),
  ]

  private static let expressions = [
    Production("expression", "conjunction { \"or\" conjunction }"),
    Production("conjunction", "negation { \"and\" negation }"),
    Production("negation", "\"not\" negation | comparison"),
    Production(
      "comparison",
      "converted [ comparator converted | [ \"not\" ] \"in\" row | [ \"not\" ] \"like\" converted "
        + "| \"is\" [ \"not\" ] \"null\" ]"),
    Production("comparator", "\"==\" | \"!=\" | \"<\" | \"<=\" | \">\" | \">=\""),
    Production("converted", "sum { \"to\" unit }"),
    Production("sum", "product { ( \"+\" | \"-\" ) product }"),
    Production("product", "signed { ( \"*\" | \"/\" ) signed }"),
    Production("signed", "\"-\" signed | primary"),
    Production(
      "primary",
      "quantity | text | date | \"true\" | \"false\" | \"null\" | column | call | case | \"open\" \"on\" sum "
        + "| \"(\" expression \")\""),
    Production("column", "name { \".\" name }"),
    Production("call", "name \"(\" [ expression { \",\" expression } ] \")\""),
    Production(
      "case",
      "\"case\" \"when\" expression \"then\" expression { \"when\" expression \"then\" expression } "
        + "[ \"else\" expression ] \"end\""),
    Production("quantity", "number [ unit [ \"per\" name ] ]"),
    Production("unit", "[ \"per\" ] ( name [ \"/\" name ] | \"%\" )"),
  ]

  private static let tokens = [
    Production("line-end", "? a line end outside parentheses where the line does not continue ? | \";\""),
    Production(
      "name",
      "letter { letter | digit | \"_\" | \"²\" | \"³\" } | \"`\" ? anything but a line end; `` is one backtick ? \"`\""
    ),
    Production("encoding-name", "name { \"-\" ( name | whole-number ) }"),
    Production("letter", "? any letter of Unicode, or _ ?"),
    Production("digit", "? 0 to 9 ?"),
    Production("whole-number", "digit { [ \"_\" ] digit }"),
    Production(
      "number", "whole-number [ \".\" digit { digit } ] [ ( \"e\" | \"E\" ) [ \"+\" | \"-\" ] digit { digit } ]"),
    Production("date", "digit digit digit digit \"-\" digit [ digit ] \"-\" digit [ digit ]"),
    Production(
      "text",
      "? characters of one line between \" and \", or “ and ”, with the escapes \\\" \\\\ \\n \\t; after sql also line ends ?"
    ),
    Production("comment", "\"--\" ? the rest of the line ?"),
  ]
}
