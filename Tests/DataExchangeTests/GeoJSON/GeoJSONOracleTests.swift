import FeatureTables
import Foundation
import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import DataExchange

/// Random files, read by GDAL's driver as well.
@Suite struct GeoJSONOracleTests {
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func gdalReadsTheSame(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = RandomGeoJSON(seed: seed)
    let path = try folder.write("random.geojson", random.collection(30))
    let ours = try readGeoJSON(path)
    let theirs = try GDALMessages.collecting { messages in
      try DatasetLayer.open(SourceFile(path), encoding: nil, drivers: ["GeoJSON"], messages: messages)
        .read(ImportOptions(), monitor: WorkMonitor())
    }
    #expect(ours.name == theirs.name, "seed \(seed)")
    #expect(ours.referenceSystem?.isGeographic == true)
    let names = Set(ours.fields.map(\.name))
    #expect(names == Set(theirs.fields.map(\.name)), "seed \(seed)")
    for (field, column) in zip(ours.fields, ours.columns) {
      guard let index = theirs.fields.firstIndex(where: { $0.name == field.name }) else { continue }
      #expect(field.type == theirs.fields[index].type, "seed \(seed), \(field.name)")
      for row in 0..<column.count {
        let (a, b) = (column.value(at: row), theirs.columns[index].value(at: row))
        #expect(means(a, b), "seed \(seed), \(field.name), row \(row)")
      }
    }
    let isSameGeometry = ours.geometry.isSame(as: theirs.geometry)
    #expect(isSameGeometry, "seed \(seed)")
    #expect(ours.notes.filter { $0.contains("(Z)") } == theirs.notes.filter { $0.contains("(Z)") }, "seed \(seed)")
  }

  /// The same value, or JSON of the same content: GDAL writes lists and objects with blanks, and what stands beside
  /// lists in a column as a list of one.
  private func means(_ a: Value, _ b: Value) -> Bool {
    if a == b { return true }
    guard case .text(let a) = a, case .text(let b) = b else { return false }
    func content(_ text: String) -> NSObject? {
      try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? NSObject
    }
    guard let first = content(a), let second = content(b) else { return false }
    return first == second
  }
}

/// The file by our reader, in blocks of so many bytes.
func readGeoJSON(
  _ path: String, blockSize: Int = FeatureStream.blockSize, workers: Int = 2, _ sieve: RowSieve? = nil
) throws -> RawLayer {
  var layer = try GeoJSONLayer(SourceFile(path), blockSize: blockSize, workers: Workers(workers))
  guard let raw = try layer.read(nil, saying: nil, sieve) else {
    throw ExchangeError(.unknownFormat, "no GeoJSON")
  }
  return raw
}

extension GeometryArray {
  /// The same rows to the last bit.
  func isSame(as other: GeometryArray) -> Bool {
    guard count == other.count else { return false }
    return (0..<count).allSatisfy { row in
      var (a, b): ([UInt8], [UInt8]) = ([], [])
      appendWKB(at: row, to: &a)
      other.appendWKB(at: row, to: &b)
      return a == b && kind(at: row) == other.kind(at: row)
    }
  }
}
