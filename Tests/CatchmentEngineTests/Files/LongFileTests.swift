import Foundation
import Testing

/// What a file holds beside its columns costs no memory.
@Suite struct LongFileTests {
  private static let features = 5_000
  private static let bytesPerFeature = 20_000
  private static let mostMegabytes = 160

  /// 100 MB of text, of which a number and a point a feature are kept.
  private func write(to file: URL) throws {
    let text = Data(String(repeating: "长", count: Self.bytesPerFeature / 3).utf8)
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    try handle.write(contentsOf: Data(#"{"type":"FeatureCollection","features":["#.utf8))
    for i in 0..<Self.features {
      try handle.write(contentsOf: Data(((i == 0 ? "" : ",") + #"{"type":"Feature","remark":""#).utf8))
      try handle.write(contentsOf: text)
      let place = #"{"type":"Point","coordinates":[117.\#(i),36]}"#
      try handle.write(contentsOf: Data(#"","properties":{"n":\#(i)},"geometry":\#(place)}"#.utf8))
    }
    try handle.write(contentsOf: Data("]}".utf8))
  }

  @Test func aHundredMegabytesOfTextAreReadInLittleMemory() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("long.geojson")
    try write(to: file)
    let process = try MeasuredProcess(
      script: """
        import "\(file.path)" as long
        long | summarize n = count(), s = sum(n)
        places | where false | select name
        """, in: folder)
    #expect(process.status == 0, "\(process.messages)")
    #expect(process.output.contains("\(Self.features),\(Self.features * (Self.features - 1) / 2)"))
    #expect(process.peakMegabytes > 20, "the memory was asked for while the program ran")
    #expect(process.peakMegabytes < Self.mostMegabytes, "\(process.peakMegabytes) MB at the peak")
  }
}
