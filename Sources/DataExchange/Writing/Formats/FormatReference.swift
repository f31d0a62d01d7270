/// What can be written, as the documentation has it: made of the declarations that exports and their tests use.
public enum FormatReference {
  /// A table of formats in Markdown, a line each; the same text on every run.
  public static var markdown: String {
    var text = """
      | format | `export … to` | reference system | what becomes of what it cannot hold | what it refuses |
      |---|---|---|---|---|

      """
    for format in ExportFormat.allCases {
      let ending = format == .postgis ? "`\"postgres://…\"`" : "`.\(format.fileExtension)`"
      let losses = format.losses.map { $0.sentence(in: format) }.joined(separator: "; ")
      let limits = format.limits.map { Self.words($0, format) }.joined(separator: "; ")
      text += "| \(format.title) | \(ending) | \(format.systemWords) | \(cell(losses)) | \(cell(limits)) |\n"
    }
    return text
  }

  private static func words(_ limit: FormatLimit, _ format: ExportFormat) -> String {
    "holds \(limit.sentence(in: format))"
  }

  private static func cell(_ text: String) -> String {
    text.isEmpty ? "nothing" : text.replacing("|", with: "\\|")
  }
}

extension ExportFormat {
  fileprivate var systemWords: String {
    if isAlwaysWGS84 { return "WGS 84" }
    if isTable { return "WGS 84, or another with `crs`, named in a column" }
    return namesItsSystem ? "the layer's, or another with `crs`" : "the layer's, or another with `crs`, in a comment"
  }
}
