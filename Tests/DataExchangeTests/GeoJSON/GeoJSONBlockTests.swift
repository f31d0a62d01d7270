import FeatureTables
import GeometryKernel
import TestSupport
import Testing

@testable import DataExchange

/// A file is read in blocks; what is read must not tell where they end.
@Suite struct GeoJSONBlockTests {
  /// Blocks end inside texts, escapes, characters, numbers and words.
  @Test(arguments: 100...106 as ClosedRange<UInt64>) func anyBlockSizeReadsTheSame(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = RandomGeoJSON(seed: seed)
    let path = try folder.write("random.geojson", random.collection(25))
    let whole = try readGeoJSON(path, workers: 1)
    #expect(whole.geometry.count == 25)
    for size in [1, 64, 333, 1000] {
      for workers in [1, 3] {
        let pieces = try readGeoJSON(path, blockSize: size, workers: workers)
        let isSame = isSame(pieces, whole)
        #expect(isSame, "seed \(seed), blocks of \(size), \(workers) workers")
      }
    }
  }

  /// Whatever is done to a file, it is read the same way or refused in any blocks, and never read in part.
  @Test(arguments: 200...208 as ClosedRange<UInt64>) func damageIsFoundInAnyBlocks(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = RandomGeoJSON(seed: seed)
    var dice = SplitMix64(seed: seed)
    let content = Array(random.collection(12).utf8)
    for _ in 0..<20 {
      var damaged = content
      for _ in 0..<Int.random(in: 1...3, using: &dice) {
        let place = Int.random(in: 0..<damaged.count, using: &dice)
        switch Int.random(in: 0..<3, using: &dice) {
        case 0: damaged.remove(at: place)
        case 1: damaged.insert(Array("{}[],:\"\\0aN ".utf8).randomElement(using: &dice) ?? 0, at: place)
        default: damaged[place] = UInt8.random(in: 0...255, using: &dice)
        }
      }
      let path = try folder.write("damaged.json", damaged)
      let whole = outcome { try readGeoJSON(path, workers: 1) }
      let pieces = outcome { try readGeoJSON(path, blockSize: 150, workers: 3) }
      switch (whole, pieces) {
      case (.success(let whole), .success(let pieces)):
        let isSame = isSame(pieces, whole)
        #expect(isSame, "seed \(seed): \(String(decoding: damaged, as: UTF8.self))")
      case (.failure(let a), .failure(let b)): #expect(!a.message.isEmpty && !b.message.isEmpty)
      default: Issue.record("seed \(seed): \(whole) but \(pieces): \(String(decoding: damaged, as: UTF8.self))")
      }
    }
  }

  @Test func aListOfObjectsInEveryFeatureIsNoPlaceToCut() throws {
    let folder = try TemporaryFolder()
    let inner = (0..<20).map { #"{"type":"Feature","n":\#($0)}"# }.joined(separator: ",")
    let features = (0..<50).map {
      #"{"type":"Feature","properties":{"n":\#($0),"list":[\#(inner)]},"geometry":null}"#
    }
    let text = #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
    let path = try folder.write("lists.geojson", text)
    let layer = try readGeoJSON(path, blockSize: 2000, workers: 3)
    #expect(layer.fields.map(\.name) == ["n", "list"])
    #expect(layer.columns[0].storage.integers == (0..<50).map(Int64.init))
    #expect(layer.columns[1].value(at: 49) == .text("[\(inner)]"))
  }

  @Test func whatOtherProgramsWriteIsMendedInAnyBlock() throws {
    let folder = try TemporaryFolder()
    let values = ["NaN", "-Infinity", "1e999", "2.5", #""half \ud83d of""#, "123456789012345678901234567890"]
    let features = (0..<60).map {
      #"{"type":"Feature","properties":{"v\#($0 % 6)":\#(values[$0 % 6])},"geometry":null}"#
    }
    let text = #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",\n") + "]}"
    let path = try folder.write("odd.geojson", text)
    let whole = try readGeoJSON(path)
    #expect(whole.notes.contains("30 numbers are not finite; they are null."))
    #expect(whole.notes.contains { $0.hasPrefix("10 whole numbers are too long for 64 bits") })
    #expect(whole.columns[4].value(at: 4) == .text("half \u{FFFD} of"))
    #expect(whole.columns[5].value(at: 5) == .number(1.2345678901234568e29))
    let isSame = isSame(try readGeoJSON(path, blockSize: 300), whole)
    #expect(isSame)
  }

  private func outcome(_ body: () throws -> RawLayer) -> Result<RawLayer, ExchangeError> {
    do {
      return .success(try body())
    } catch {
      return .failure(error as? ExchangeError ?? ExchangeError(.unreadable, ""))
    }
  }

}

func isSame(_ a: RawLayer, _ b: RawLayer) -> Bool {
  guard a.name == b.name, a.fields == b.fields, a.notes == b.notes, a.unreadable == b.unreadable,
    a.referenceSystem == b.referenceSystem, a.rowNumbers == b.rowNumbers, a.geometry.isSame(as: b.geometry)
  else { return false }
  return zip(a.columns, b.columns).allSatisfy { first, second in
    first.count == second.count && (0..<first.count).allSatisfy { first.value(at: $0) == second.value(at: $0) }
  }
}

extension Column.Storage {
  var integers: [Int64] {
    if case .integer(let values) = self { return values }
    return []
  }
}
