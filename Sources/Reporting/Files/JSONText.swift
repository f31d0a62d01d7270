import FeatureTables

/// JSON (RFC 8259) written without an intermediate tree.
enum JSONText {
  /// A quoted string. Characters beyond ASCII stay as they are, in UTF-8.
  static func write(_ text: String, to sink: ByteSink) { sink.write(quoted(text)) }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      // Ends of lines in JavaScript and in some readers of JSON lines.
      case "\u{2028}": result += "\\u2028"
      case "\u{2029}": result += "\\u2029"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The fewest digits that read back as the same number; JSON has no word for infinity, so it is `null`.
  static func number(_ value: Double) -> String { value.isFinite ? value.description : "null" }

  /// `{"key":value,…}` from values that are JSON already; `nil` leaves a key out.
  static func object(_ members: [(key: String, json: String?)]) -> String {
    "{" + members.compactMap { member in member.json.map { "\(quoted(member.key)):\($0)" } }.joined(separator: ",")
      + "}"
  }

  static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }
}
