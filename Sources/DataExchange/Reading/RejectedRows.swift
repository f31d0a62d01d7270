import FeatureTables

/// A row whose place could not be read.
struct UnreadableRow: Hashable, Sendable {
  /// Among the rows read, from 0.
  var row: Int
  /// What is wrong: `its longitude “abc” is no number`.
  var reason: String
  /// What stands in the file instead of a place.
  var original: String

  /// Longer texts are cut.
  static let longestOriginal = 2000

  init(row: Int, reason: String, original: String) {
    self.row = row
    self.reason = reason
    self.original =
      original.utf8.count > Self.longestOriginal ? original.prefix(Self.longestOriginal) + "…" : original
  }
}

extension [UnreadableRow] {
  /// Those among some rows, ascending, numbered by their places among them. O(rows).
  func keeping(_ rows: [Int32]) -> [UnreadableRow] {
    var place = 0
    return compactMap { unreadable in
      while place < rows.count, rows[place] < unreadable.row { place += 1 }
      guard place < rows.count, rows[place] == unreadable.row else { return nil }
      return UnreadableRow(row: place, reason: unreadable.reason, original: unreadable.original)
    }
  }
}

/// The rows of a layer that were kept aside because they have no place that can be.
public struct RejectedRows: Sendable {
  /// Columns `row` (from 1, in the file; the feature's id where a database has made a choice), `reason` and `original`,
  /// then the attributes of the layer.
  public let table: Table
  /// The file does not say which of its rows these are: `row` counts those that were asked for.
  public let isCountedAmongTaken: Bool

  /// - Parameters:
  ///   - unreadable: ascending by row, each once.
  ///   - numbers: the rows' places in the file, from 0, where some were left out.
  init(
    _ unreadable: [UnreadableRow], of fields: [Field], _ columns: [Column], numbers: [Int64]?, isCountedAmongTaken: Bool
  ) {
    self.isCountedAmongTaken = isCountedAmongTaken
    var names = ColumnNames()
    var ownNames = ["row", "reason", "original"]
    for i in ownNames.indices { ownNames[i] = names.take(ownNames[i], position: i + 1) }
    let rows = unreadable.map { Int32($0.row) }
    let attributes = fields.enumerated().map { index, field in
      Field(names.take(field.name, position: index + 4), field.type)
    }
    table = Table(
      schema: Schema(
        [Field(ownNames[0], .integer), Field(ownNames[1], .text), Field(ownNames[2], .text)] + attributes),
      columns: [
        Column(.integer(rows.map { (numbers?[Int($0)] ?? Int64($0)) + 1 })),
        Column(.text(TextArray(unreadable.map(\.reason)))), Column(.text(TextArray(unreadable.map(\.original)))),
      ] + columns.map { $0.gather(rows) }, rowCount: rows.count)
  }
}
