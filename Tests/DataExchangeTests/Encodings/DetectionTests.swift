import TestSupport
import Testing

@testable import DataExchange

/// How often the encoding of a small table is found from its bytes alone.
@Suite struct DetectionTests {
  /// Common Chinese characters: the first level of GB 2312, which all newspapers and maps are written with. The
  /// detector's own list of still commoner ones is not used here.
  private static let characters: [Character] = {
    let bytes = (UInt8(0xB0)...0xD7).flatMap { lead in (UInt8(0xA1)...0xFE).flatMap { [lead, $0] } }
    var text: [UInt8] = []
    _ = try? TextDecoder(.gb18030).decode(bytes, into: &text)
    return String(decoding: text, as: UTF8.self).filter {
      $0.unicodeScalars.allSatisfy { $0.value >= 0x4E00 && $0.value < 0xA000 }
    }
  }()

  private func names(_ count: Int, _ random: inout SplitMix64) -> [String] {
    (0..<count).map { _ in
      String(
        (0..<Int.random(in: 2...8, using: &random)).map { _ in Self.characters.randomElement(using: &random) ?? "中" })
    }
  }

  @Test(arguments: [TextEncoding.gb18030, .utf8]) func randomNamesAreTold(encoding: TextEncoding) throws {
    let seed: UInt64 = 20_261_121
    var random = SplitMix64(seed: seed)
    var right = 0
    let tables = 300
    for _ in 0..<tables {
      var sample = TextSample()
      for name in names(5, &random) { sample.add(written(name, in: encoding)) }
      if try EncodingDecision(stated: nil, statement: nil, sample: sample).encoding == encoding { right += 1 }
    }
    print("\(encoding.title): \(right) of \(tables) tables of 5 names are told right (seed \(seed))")
    #expect(right == tables, "seed \(seed)")
  }

  /// Of traditional characters, those that both Big5 and the first level of GB 2312 have are the hardest.
  @Test func randomNamesInBig5AreTold() throws {
    let seed: UInt64 = 20_261_122
    var random = SplitMix64(seed: seed)
    let shared = Self.characters.filter { !written(String($0), in: .big5).isEmpty }
    var right = 0
    let tables = 300
    for _ in 0..<tables {
      var sample = TextSample()
      for _ in 0..<5 {
        let name = (0..<Int.random(in: 2...8, using: &random)).map { _ in shared.randomElement(using: &random) ?? "中" }
        sample.add(written(String(name), in: .big5))
      }
      if try EncodingDecision(stated: nil, statement: nil, sample: sample).encoding == .big5 { right += 1 }
    }
    print("Big5: \(right) of \(tables) tables of 5 names are told right (seed \(seed))")
    #expect(right == tables, "seed \(seed)")
  }
}
