/// What was typed at the prompt, made fit to be run and remembered.
enum ConsoleEntry {
  /// One line without comments, for the history: the lines of an entry are joined where the language lets a query go on.
  static func singleLine(_ text: String) -> String {
    text.split(separator: "\n").map { withoutComment($0).trimmed }.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Whether the entry adds a step to the query before.
  static func continuesQuery(_ text: String) -> Bool {
    guard let first = text.first(where: { !$0.isWhitespace }) else { return false }
    return first == "|" || first == "｜"
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    var isInText = false
    var previousIsDash = false
    for index in line.indices {
      switch line[index] {
      case "\"": isInText.toggle()
      case "-" where previousIsDash && !isInText: return line[..<line.index(before: index)]
      default: break
      }
      previousIsDash = line[index] == "-"
    }
    return line
  }
}

extension StringProtocol {
  var trimmed: SubSequence {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
