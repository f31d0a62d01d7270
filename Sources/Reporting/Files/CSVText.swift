import FeatureTables

/// Comma-separated values, quoted as RFC 4180 says; lines end in a line feed, as the tools of Unix expect.
enum CSVText {
  static func field(_ text: String) -> String {
    let mustQuote = text.isEmpty || text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    return mustQuote ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  /// A header and all rows. O(rows · columns).
  static func write(_ table: Table, to sink: ByteSink) {
    let columns = FileColumn.columns(of: table)
    sink.writeLine(columns.map { field($0.name) }.joined(separator: ","))
    for row in 0..<table.rowCount { sink.writeLine(columns.map { $0.csv(at: row) }.joined(separator: ",")) }
  }
}
