/// What was typed at the prompt, made fit to be run and remembered.
enum ConsoleEntry {
  /// One line without comments, for the history: the lines of an entry are joined where the language lets a query go on.
  static func singleLine(_ text: String) -> String {
    withoutComments(text).split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Whether the entry adds a step to the query before.
  static func continuesQuery(_ text: String) -> Bool {
    guard let first = text.first(where: { !$0.isWhitespace }) else { return false }
    return first == "|" || first == "｜"
  }

  /// A comment goes from `--` to the end of its line, unless the dashes stand in a string.
  private static func withoutComments(_ text: String) -> String {
    var result = ""
    var closing: Character?
    var isEscaped = false
    var isComment = false
    for character in text {
      if isComment {
        isComment = !character.isNewline
      } else if let quote = closing {
        if character == quote, !isEscaped { closing = nil }
        isEscaped = character == "\\" && !isEscaped
      } else if character == "-", result.last == "-" {
        result.removeLast()
        isComment = true
        continue
      } else {
        closing = quotes[character]
      }
      if !isComment { result.append(character) }
    }
    return result
  }

  private static let quotes: [Character: Character] = ["\"": "\"", "＂": "＂", "“": "”", "'": "'", "`": "`"]
}

extension StringProtocol {
  var trimmed: SubSequence {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
