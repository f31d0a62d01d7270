import QueryLanguage

/// How answers are written.
public enum OutputFormat: String, Sendable, CaseIterable {
  /// Aligned text for people.
  case table
  /// One JSON document a line: answers, verdicts and messages alike.
  case json
  /// A header and the attributes of each answer (RFC 4180), an empty line between answers.
  case csv
  /// A feature collection (RFC 7946) for each answer.
  case geojson
}

/// How text for people is laid out.
public struct TextStyle: Sendable {
  /// Columns of the terminal; `nil` lets lines be as long as they are.
  public var width: Int?
  /// Rows of a table shown before it is cut with a count; `nil` shows all.
  public var rowLimit: Int?
  /// Seconds in the line under an answer. Off where the same script must give the same bytes.
  public var showsTime: Bool
  /// The script's comments and queries around its answers, so that the output reads as a report.
  public var narrates: Bool
  public var usesColour: Bool
  /// Only answers, verdicts and what went wrong.
  public var isQuiet: Bool

  public init(
    width: Int? = nil, rowLimit: Int? = 40, showsTime: Bool = false, narrates: Bool = false,
    usesColour: Bool = false, isQuiet: Bool = false
  ) {
    self.width = width
    self.rowLimit = rowLimit
    self.showsTime = showsTime
    self.narrates = narrates
    self.usesColour = usesColour
    self.isQuiet = isQuiet
  }

  /// Renditions of ECMA-48 (SGR) that text may have on a terminal.
  enum Rendition: String {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case green = "32"
  }

  func apply(_ renditions: Rendition..., to text: String) -> String {
    guard usesColour, !text.isEmpty else { return text }
    return "\u{1B}[\(renditions.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}

extension TextStyle {
  /// A text of one line that takes at most `columns` columns, `…` at its end where something is left out.
  public static func cut(_ text: String, columns: Int) -> String {
    DisplayText.cut(DisplayText.harmless(text), to: columns)
  }

  /// The columns that a text takes on a terminal.
  public static func width(_ text: String) -> Int { displayWidth(text) }
}
