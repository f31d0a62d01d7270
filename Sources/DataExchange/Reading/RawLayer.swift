import FeatureTables
import GeometryKernel
import Projections

/// What was read from one layer, before anybody asked whether its coordinates make sense.
struct RawLayer {
  var name: String
  var fields: [Field]
  var columns: [Column]
  var geometry: GeometryArray
  /// Of the file; `nil` when it does not say.
  var referenceSystem: ReferenceSystem?
  /// How that is known, where the file does not say it itself.
  var referenceSystemBasis: String?
  var description: String?
  /// Rows whose place could not be read, ascending; their geometry is null.
  var unreadable: [UnreadableRow] = []
  var notes: [String] = []
  /// Of its texts and how that is known, for `describe`.
  var encoding: String?
  /// Which rows are wanted, where all were read because the condition is asked of texts that are yet to be restored.
  var unasked: RowSelection?
  /// Where in the file the rows are, from 0, where some were left out.
  var rowNumbers: [Int64]?
  /// A driver left rows out and does not say which: the numbers are those among what it handed out.
  var isCountedAmongTaken = false

  /// `row 12`, as a user finds it in the file.
  func label(ofRow row: Int) -> String {
    "row \((rowNumbers?[row] ?? Int64(row)) + 1)" + (isCountedAmongTaken ? " of those that were asked for" : "")
  }

  /// Keeps the rows that were asked for, once all are read. O(vertices).
  ///
  /// - Parameter system: what the coordinates mean, whatever the file says.
  mutating func pick(_ selection: RowSelection, saying system: ReferenceSystem?) throws {
    guard !selection.isWhole else { return }
    var picker = try RowPicker(selection, in: system ?? referenceSystem)
    let rows = try picker.pick(fields, columns, geometry, unreadable: unreadable.map(\.row))
    guard rows.count < geometry.count else { return }
    keep(rows)
  }

  /// Keeps some rows, ascending. O(vertices).
  mutating func keep(_ rows: [Int32]) {
    unreadable = unreadable.keeping(rows)
    columns = columns.map { $0.gather(rows) }
    geometry = geometry.gather(rows)
    rowNumbers = rowNumbers.map { numbers in rows.map { numbers[Int($0)] } } ?? rows.map(Int64.init)
  }

  /// Makes areas of the lines that end where they begin; says of how many. O(vertices).
  mutating func closeLines() {
    var closed = 0
    var builder = GeometryArrayBuilder(reservingRows: geometry.count)
    for row in 0..<geometry.count {
      let run = geometry.coordinates(at: row)
      let isClosed =
        geometry.kind(at: row) == .lineString && run.count >= 4
        && geometry.xs[run.lowerBound] == geometry.xs[run.upperBound - 1]
        && geometry.ys[run.lowerBound] == geometry.ys[run.upperBound - 1]
      guard isClosed else {
        builder.append(geometry, row: row)
        continue
      }
      closed += 1
      builder.beginRow(.polygon)
      builder.beginPart(.area)
      builder.addRing(xs: Array(geometry.xs[run]), ys: Array(geometry.ys[run]))
      builder.endRow()
    }
    geometry = builder.finish()
    notes.append(
      closed == 0
        ? "no line ends where it begins, so that none became an area."
        : "\(closed) closed \(closed == 1 ? "line" : "lines") became \(closed == 1 ? "an area" : "areas").")
  }
}

/// `1 row`, `12 rows`
func rowsText(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
