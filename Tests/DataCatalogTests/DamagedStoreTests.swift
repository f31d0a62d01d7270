import FeatureTables
import Foundation
import TestSupport
import Testing

@testable import DataCatalog

@Suite struct DamagedStoreTests {
  /// Whatever happens to a file's bytes, opening and reading it ends in rows or in a message.
  @Test func damagedFilesEndInAMessageOrInRows() throws {
    let folder = try TemporaryFolder()
    let original = folder["original.sqlite"]
    do {
      let store = try Store.open(original)
      try store.write(pointLayer("points", rows: 3000), replacing: false)
      try store.write(plainLayer("plain", [1, 2, 3]), replacing: false)
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: original))
    let seed: UInt64 = 20_210_511
    var random = SplitMix64(seed: seed)
    var outcomes: [String: Int] = [:]
    for round in 0..<120 {
      var bytes = whole
      if round % 3 == 0 {
        bytes = bytes.prefix(Int.random(in: 1..<bytes.count, using: &random))
      } else {
        let span = Bool.random(using: &random) ? min(4096, bytes.count) : bytes.count
        for _ in 0..<Int.random(in: 1...200, using: &random) {
          bytes[Int.random(in: 0..<span, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
      }
      let path = folder["damaged-\(round).sqlite"]
      try bytes.write(to: URL(fileURLWithPath: path))
      do {
        let store = try Store.open(path)
        for name in try store.names() { _ = try store.read(name) }
        _ = try store.layers()
        _ = try Catalog(store: store).query("select count(*), max(fid) from points")
        outcomes["read", default: 0] += 1
      } catch let error as StoreError {
        #expect(!error.message.isEmpty, "seed \(seed) round \(round)")
        outcomes[error.code.rawValue, default: 0] += 1
      }
      try FileManager.default.removeItem(atPath: path)
    }
    #expect((outcomes["damaged"] ?? 0) + (outcomes["notADatabase"] ?? 0) > 10, "seed \(seed): \(outcomes)")
  }
}
