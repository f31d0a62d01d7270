import FeatureTables
import GRDB
import GRDBSQLite
import Synchronization
import WorkControl

/// Reads the rows of a layer's table in pieces by their ids, on as many threads as there are connections to be had.
struct LayerRows: Sendable {
  /// Bytes in a geometry column that are none: in the row of that number from 1, and that field.
  struct Malformed: Error {
    let row: Int
    let field: Int
  }

  private let fields: [Field]
  /// As the layer's description says; another program may have made it wrong.
  private let expectedRows: Int
  private let activity: String
  private let table: String
  private let id: String
  private let columns: String
  private let path: String

  private let pieceSize: Int

  /// - Parameter pieceSize: Rows of a piece, where ids are dense; some 20 ms.
  init(_ entry: LayerEntry, _ description: LayerDescription, path: String, pieceSize: Int = 1 << 16) {
    self.pieceSize = pieceSize
    fields = description.schema.fields
    expectedRows = description.rowCount
    activity = "reading \(entry.name)"
    table = entry.table.quotedName
    id = entry.rowID
    let list = entry.columns.filter { $0.valueType != nil }.map(\.sqlName.quotedName)
    columns = (list.isEmpty ? ["1"] : list).joined(separator: ", ")
    self.path = path
  }

  /// All rows in the order of their ids, a reader a field, and how many they are. O(bytes).
  ///
  /// - Throws: GRDB's `DatabaseError`, `Malformed`, `Cancelled`.
  func read(from database: Database, workers: Workers) throws -> (columns: [CellReader], count: Int) {
    let ids = try pieces(in: database)
    let snapshot = try SharedSnapshot(
      "SELECT \(columns) FROM \(table) WHERE \(id) BETWEEN ? AND ? ORDER BY \(id)", in: database, path: path,
      width: min(workers.count, ids.count))
    let sharing = Workers(snapshot.width, monitor: workers.monitor)
    let done = Atomic<Int>(0)
    var parts: [[CellReader]]
    do {
      parts = try sharing.map(pieces: ids.count) { piece in
        try snapshot.lend { statement in
          try read(ids[piece], of: ids.count, statement) { rows in
            let sofar = done.wrappingAdd(rows, ordering: .relaxed).newValue
            let fraction = min(Double(sofar) / Double(max(expectedRows, 1)), 1)
            try workers.monitor.report(activity, fraction: fraction, done: sofar)
          }
        }
      }
    } catch let malformed as MalformedInPiece {
      let before = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \(table) WHERE \(id) < ?", arguments: [malformed.firstID])
      throw Malformed(row: (before ?? 0) + malformed.row + 1, field: malformed.field)
    }
    parts.reverse()
    var whole = parts.popLast() ?? readers(reservingRows: 0)
    // The memory of a piece goes as soon as its rows are in the whole.
    while let next = parts.popLast() {
      for i in whole.indices { whole[i].append(next[i]) }
    }
    return (whole, done.load(ordering: .relaxed))
  }

  /// Neighbouring ranges of ids that hold all rows.
  private func pieces(in database: Database) throws -> [ClosedRange<Int64>] {
    // Both in one SELECT would go through all rows; each by itself is a step along the tree.
    let sql = "SELECT (SELECT min(\(id)) FROM \(table)), (SELECT max(\(id)) FROM \(table))"
    guard let ends = try Row.fetchOne(database, sql: sql),
      let first = Int64.fromDatabaseValue(ends[0]), let last = Int64.fromDatabaseValue(ends[1])
    else { return [] }
    let span = UInt64(bitPattern: last &- first)
    // However many rows the store claims to hold, which anybody may have written into it.
    let count = UInt64(min(max(1, expectedRows / pieceSize), 4096))
    guard count > 1, span >= count else { return [first...last] }
    let step = span / count
    return (0..<count).map { piece in
      let start = first &+ Int64(bitPattern: piece * step)
      return start...(piece == count - 1 ? last : start &+ Int64(bitPattern: step - 1))
    }
  }

  private func readers(reservingRows rows: Int) -> [CellReader] {
    fields.enumerated().map { CellReader($1.type, index: $0, reservingRows: rows) }
  }

  private struct MalformedInPiece: Error {
    let firstID: Int64
    let row: Int
    let field: Int
  }

  /// - Parameter onRows: Told of rows since the last time, some thousand at a time.
  private func read(
    _ ids: ClosedRange<Int64>, of pieces: Int, _ statement: SQLStatement, onRows: (Int) throws -> Void
  ) throws -> [CellReader] {
    var readers = readers(reservingRows: min(max(0, expectedRows / pieces), 20_000_000))
    let handle = statement.handle
    sqlite3_bind_int64(handle, 1, ids.lowerBound)
    sqlite3_bind_int64(handle, 2, ids.upperBound)
    defer { sqlite3_reset(handle) }
    var rows = 0
    try readers.withUnsafeMutableBufferPointer { readers in
      while try statement.step() {
        for i in readers.indices {
          do {
            try readers[i].read(handle)
          } catch {
            throw MalformedInPiece(firstID: ids.lowerBound, row: rows, field: i)
          }
        }
        rows += 1
        if rows & 0x1FFF == 0 { try onRows(0x2000) }
      }
      try onRows(rows & 0x1FFF)
    }
    return readers
  }
}
