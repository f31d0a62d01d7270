import Foundation
import Projections
import WorkControl

/// Reads a text table whose columns say where its rows are.
struct CSVLayer {
  private let file: SourceFile
  private let text: TableText
  private let monitor: WorkMonitor

  /// - Parameter encoding: as stated by the user; decided from the bytes otherwise.
  init(file: SourceFile, encoding: TextEncoding?, monitor: WorkMonitor) throws {
    self.file = file
    self.monitor = monitor
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: file.path), options: .mappedIfSafe)
    } catch {
      throw ExchangeError(.unreadable, "“\(file.name)” cannot be read: \(error.localizedDescription).")
    }
    text = try TableText(data, file, stated: encoding)
  }

  /// - Parameter said: the reference system that the user stated, if so.
  consuming func read(saying said: ReferenceSystem?, _ sieve: RowSieve?) throws -> RawLayer {
    let table = try text.text.withUnsafeBytes {
      try CSVRows.table(of: $0.assumingMemoryBound(to: UInt8.self), file, sieve.map { TableSieve($0) }, monitor)
    }
    var layer = try PlacedTable(table, of: file.name).layer(
      named: file.baseName, saying: said, notes: text.notes)
    layer.encoding = text.encoding
    return layer
  }
}
