/// The cells of a table, of whatever file, and what its columns are called.
struct CellTable {
  /// The names that the table gives its columns, blanks taken off.
  var names: [String]
  var columns: [CellColumn]
  var notes: [String] = []
  /// How the file tells texts from numbers.
  var textsAre: Texts
  /// What left rows out, if anything did.
  var sieve: TableSieve?

  enum Texts {
    /// Not at all, as in a text table of which everything is quoted, or nothing.
    case unmarked
    /// By quotes around all texts of a column.
    case quoted
    /// Cell by cell: one text makes a column text.
    case marked
  }

  /// Columns that a table may have: as many as the store takes.
  static let mostColumns = 1999

  static func checkWidth(_ columns: Int, of file: String) throws(ExchangeError) {
    guard columns > mostColumns else { return }
    throw ExchangeError(
      .tooLarge, "“\(file)” has \(columns) columns; at most \(mostColumns) can be read.",
      fix: "If its first line is no line of names, write one above it; else keep the columns that are needed.")
  }
}
