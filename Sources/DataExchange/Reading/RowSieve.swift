import FeatureTables
import Projections
import WorkControl

/// Leaves rows out while a text is read, whose columns have no types before its end.
///
/// Rows are judged some thousand at a time, as if those so far were all. Where later rows make the columns something
/// else than what rows were judged by, the file has to be read again, and whole.
struct RowSieve {
  /// What rows were judged by turned out to be something else.
  struct Changed: Error {}

  private let selection: RowSelection
  /// The reference system that the user stated, if so.
  let said: ReferenceSystem?
  private var picker: RowPicker?
  /// The columns that the condition reads, as they were when the first rows were judged.
  private var asked: [Field] = []
  /// The reference system then.
  private var system: ReferenceSystem?
  private var rowsRead = 0
  /// Which rows were kept, from 0.
  private var numbers: [Int64] = []

  /// `nil` where all rows are wanted.
  init?(_ options: ImportOptions) {
    guard !options.rows.isWhole else { return nil }
    selection = options.rows
    said = options.referenceSystem
  }

  /// Whether no more rows are wanted.
  var isDone: Bool { picker?.isDone ?? false }

  /// The rows to keep of those read last, ascending. O(vertices).
  ///
  /// - Parameter piece: These rows, with columns of the types that all rows so far give them.
  /// - Throws: `Changed`; `Cancelled`.
  mutating func rows(of piece: RawLayer) throws -> [Int32] {
    do {
      var picker = try self.picker ?? begin(piece)
      try check(piece)
      let rows = try picker.pick(
        piece.fields, piece.columns, piece.geometry, unreadable: piece.unreadable.map(\.row))
      numbers += rows.map { Int64($0) + Int64(rowsRead) }
      rowsRead += piece.geometry.count
      self.picker = picker
      return rows
    } catch let error as Cancelled {
      throw error
    } catch {
      // A mistake may be one of the rows so far only; what it is of all of them is told once they are read.
      throw Changed()
    }
  }

  private mutating func begin(_ piece: RawLayer) throws -> RowPicker {
    let names = try selection.condition?.columns(over: Schema(piece.fields)) ?? []
    asked = piece.fields.filter { names.contains($0.name) }
    system = piece.referenceSystem
    return try RowPicker(selection, in: said ?? system)
  }

  private func check(_ layer: RawLayer) throws(Changed) {
    guard asked.allSatisfy(layer.fields.contains),
      selection.box == nil || said != nil || layer.referenceSystem == system
    else {
      throw Changed()
    }
  }

  /// Numbers the rows of the layer that was read, if they were judged by what it is.
  ///
  /// - Throws: `Changed`.
  func settle(_ layer: inout RawLayer) throws(Changed) {
    guard picker != nil else { return }
    try check(layer)
    if numbers.count < rowsRead { layer.rowNumbers = numbers }
  }
}
