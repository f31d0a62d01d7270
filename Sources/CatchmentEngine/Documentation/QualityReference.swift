import DataQuality

/// What `check` looks for, as Markdown and as a page of help, generated from the checks' own declarations.
public enum QualityReference {
  /// What both begin with.
  static let paragraphs = [
    "`check L` looks at a layer as it is kept, in its own reference system, because that is where mistakes are made: `check` of a file that was just imported is the first thing to do with it. Problems are grouped by the elements of ISO 19157. What is certain, no data that is right has; what is suspected, data that is right seldom has, and below one row in a hundred.",
    "`L | repair` mends what is certain and can be mended, says so in the column `repaired`, and marks what is left in the column `problem`, by code and reason; it is a step like any other: `import \"stops.shp\" as raw`, then `let stops = raw | repair`. `where problem like \"%pile-up%\"` shows the rows of one kind.",
    "Suspicions rest on medians and on median absolute deviations (MAD), which a few wrong rows do not move. The *bulk* of a layer is where its rows are but for those that are more than 12 MADs from the median, beyond a gap at which the distance doubles.",
  ]

  /// The whole document; the same text on every run.
  public static var markdown: String {
    var text = """
      # The doctor

      What `check` finds and what `repair` mends; generated from the program's own declarations, as `help quality` is.


      """
    text += paragraphs.map { $0 + "\n\n" }.joined()
    for element in QualityElement.allCases {
      let kinds = ProblemKind.allCases.filter { $0.element == element }
      if kinds.isEmpty { continue }
      text += "## \(element.rawValue.prefix(1).uppercased())\(element.rawValue.dropFirst())\n\n"
      text += "| code | problem | sure | rule | `repair` |\n|---|---|---|---|---|\n"
      for kind in kinds {
        let repair = kind.declaration.repair ?? (kind.declaration.isOfRows ? "marks it" : "")
        text +=
          "| `\(kind.code)` | \(kind.title) | \(kind.certainty.rawValue) | \(kind.declaration.rule) | \(repair) |\n"
      }
      text += "\n"
    }
    return text + """
      ## Examples

      ```
      check clinics
      clinics | repair | where problem is not null | select name, problem
      check districts as coverage
      check metro_stations against subdistricts
      ```

      """
  }

  static var page: Page {
    var blocks = [Page.Block.heading("Quality")] + paragraphs.map { .text($0) }
    for element in QualityElement.allCases {
      let kinds = ProblemKind.allCases.filter { $0.element == element }
      if kinds.isEmpty { continue }
      blocks += [
        .heading(element.rawValue),
        .table(
          headings: ["code", "sure", "rule", "repair"],
          rows: kinds.map { [$0.code, $0.certainty.rawValue, $0.declaration.rule, $0.declaration.repair ?? ""] }),
      ]
    }
    return Page(blocks)
  }
}
