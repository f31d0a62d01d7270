import FeatureTables
import GRDBSQLite
import GeometryKernel
import WorkControl

import class GRDB.Database

/// Copies the rows of a table into an SQL table that has a column for each field and one for the feature id.
struct RowWriter {
  private let layer: StoredLayer
  private let target: String
  private let columnCount: Int
  private let srid: Int32
  private let database: Database

  /// Rows of one statement: what SQLite does before and after a statement is a third of the time of a single row.
  private static let rowsAtOnce = 8
  /// SQLite's least limit of parameters (sqlite.org/limits.html, 9).
  private static let parameterLimit = 999

  init(_ layer: StoredLayer, table: String, idColumn: String, sqlNames: [String], srid: Int32, in database: Database) {
    self.layer = layer
    self.srid = srid
    self.database = database
    let columns = ([idColumn] + sqlNames).map(\.quotedName)
    columnCount = columns.count
    target = "\(table.quotedName) (\(columns.joined(separator: ", ")))"
  }

  private func insert(rows: Int) throws -> SQLStatement {
    let marks = "(" + Array(repeating: "?", count: columnCount).joined(separator: ", ") + ")"
    let values = Array(repeating: marks, count: rows).joined(separator: ", ")
    return try SQLStatement("INSERT INTO \(target) VALUES \(values)", in: database)
  }

  /// - Throws: GRDB's `DatabaseError`, `Cancelled`.
  func run(monitor: WorkMonitor) throws {
    let rowCount = layer.table.rowCount
    let activity = "writing \(layer.name)"
    let atOnce = max(1, min(Self.rowsAtOnce, Self.parameterLimit / columnCount))
    let several = try insert(rows: atOnce)
    let single = try insert(rows: 1)
    // Each row of a statement has writers of its own: bytes stay where they are until the statement has run.
    let cells = (0..<atOnce).map { _ in layer.table.columns.map { CellWriter($0, srid: srid) } }
    var row = 0
    var nextReport = 0
    while row < rowCount {
      if row >= nextReport {
        try monitor.report(activity, fraction: Double(row) / Double(rowCount), done: row)
        nextReport = row + 0x2000
      }
      let isWhole = row + atOnce <= rowCount
      let statement = isWhole ? several : single
      let run = row..<(isWhole ? row + atOnce : row + 1)
      var parameter: Int32 = 1
      for (row, cells) in zip(run, cells) {
        sqlite3_bind_int64(statement.handle, parameter, Int64(row) + 1)
        for (i, cell) in cells.enumerated() {
          try statement.check(cell.bind(row: row, to: statement.handle, at: parameter + 1 + Int32(i)))
        }
        parameter += Int32(columnCount)
      }
      try statement.run()
      row = run.upperBound
    }
    try monitor.check()
  }
}

/// One column on its way into SQLite.
private final class CellWriter {
  private let storage: Column.Storage
  private let validity: [Bool]
  private let encoder: SpatiaLiteEncoder?

  init(_ column: Column, srid: Int32) {
    storage = column.storage
    validity = column.validity
    encoder = column.geometry.map { SpatiaLiteEncoder($0, srid: srid) }
  }

  /// Returns SQLite's code.
  func bind(row: Int, to statement: OpaquePointer, at index: Int32) -> Int32 {
    if !validity.isEmpty && !validity[row] { return sqlite3_bind_null(statement, index) }
    switch storage {
    case .boolean(let values): return sqlite3_bind_int(statement, index, values[row] ? 1 : 0)
    case .integer(let values): return sqlite3_bind_int64(statement, index, values[row])
    case .number(let values): return sqlite3_bind_double(statement, index, values[row])
    case .date(let values): return bind(date: values[row], to: statement, at: index)
    case .text(let texts):
      let range = texts.range(at: row)
      return texts.bytes.withUnsafeBufferPointer { bytes in
        let slice = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range]))
        // SQLite takes a null pointer for NULL, which an empty text is not.
        guard let start = slice.baseAddress, !slice.isEmpty else {
          return sqlite3_bind_text(statement, index, "", 0, nil)
        }
        return sqlite3_bind_text64(
          statement, index, start.assumingMemoryBound(to: CChar.self), UInt64(slice.count), copied, UInt8(SQLITE_UTF8))
      }
    case .geometry:
      // The bytes stay where they are until this writer's next row is bound, after this one has been stored.
      guard let bytes = encoder?.encode(row: row) else { return sqlite3_bind_null(statement, index) }
      return sqlite3_bind_blob64(statement, index, bytes.baseAddress, UInt64(bytes.count), nil)
    }
  }

  private func bind(date days: Int32, to statement: OpaquePointer, at index: Int32) -> Int32 {
    let (year, month, day) = CalendarDate(daysSince1970: days).components
    func digit(_ value: Int) -> UInt8 { UInt8(truncatingIfNeeded: 48 + value % 10) }
    let text = [
      digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), UInt8(ascii: "-"),
      digit(month / 10), digit(month), UInt8(ascii: "-"), digit(day / 10), digit(day),
    ]
    return text.withUnsafeBytes {
      sqlite3_bind_text(statement, index, $0.baseAddress?.assumingMemoryBound(to: CChar.self), 10, copied)
    }
  }
}

/// `SQLITE_TRANSIENT`: SQLite keeps a copy of its own.
private nonisolated(unsafe) let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
