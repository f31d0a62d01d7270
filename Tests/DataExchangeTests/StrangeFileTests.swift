import Foundation
import TestSupport
import Testing

@testable import DataExchange

/// What is no file at all, or one that would take all memory.
@Suite struct StrangeFileTests {
  @Test func whatIsNoFileIsNotWaitedFor() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder["pipe.geojson"], 0o600) == 0)
    #expect(failure { _ = try FileReader.read(folder["pipe.geojson"]) }?.message.contains("not a regular file") == true)
    #expect(failure { _ = try FileReader.read("/dev/zero") }?.code == .unreadable)
    try FileManager.default.createSymbolicLink(atPath: folder["a.shp"], withDestinationPath: folder["b.shp"])
    try FileManager.default.createSymbolicLink(atPath: folder["b.shp"], withDestinationPath: folder["a.shp"])
    #expect(failure { _ = try FileReader.read(folder["a.shp"]) }?.message.contains("symbolic links") == true)
    try FileManager.default.createSymbolicLink(atPath: folder["none.shp"], withDestinationPath: folder["gone.shp"])
    #expect(failure { _ = try FileReader.read(folder["none.shp"]) }?.code == .fileMissing)
  }

  @Test func foldersAreNoFilesButGeodatabases() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder["empty.gdb"], withIntermediateDirectories: true)
    #expect(failure { _ = try FileReader.read(folder["empty.gdb"]) } != nil)
    try FileManager.default.createDirectory(atPath: folder["a.zip"], withIntermediateDirectories: true)
    #expect(failure { _ = try FileReader.read(folder["a.zip"]) }?.code == .isDirectory)
  }

  @Test func aPathMayHoldAnySign() throws {
    let folder = try TemporaryFolder()
    for name in ["it's.csv", "a \"b\".csv", "a;b|c.csv", "名 称（1）.csv", "a%20b.csv", "{x}.csv", "-f.csv"] {
      #expect(try FileReader.read(try folder.write(name, "lng,lat\n117,36\n")).report.rows == 1)
      #expect(try DataFile(folder[name]).layers().count == 1)
    }
  }

  /// A sparse file takes no room on the disk; its text of two gigabytes is never held whole.
  @Test func aTextWithoutEndIsNotHeldInMemory() throws {
    let folder = try TemporaryFolder()
    for (name, start) in [
      ("text.csv", "name,lng,lat\n\""), ("text.geojson", #"{"type":"FeatureCollection","name":""#),
    ] {
      let path = try folder.write(name, start + String(repeating: "a", count: 5000))
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.truncate(atOffset: 2 << 30)
      try file.close()
      let error = failure { _ = try FileReader.read(path) }
      #expect(error != nil && error?.message.isEmpty == false, "\(name)")
    }
    for text in ["a,\"bcdefghij\"\n", "abcdefghi,b\n"] {
      _ = Array(text.utf8).withUnsafeBufferPointer { bytes in
        #expect(throws: CSVScanner.Failure.self) {
          var scanner = CSVScanner(bytes, longestCell: 8)
          _ = try scanner.next()
        }
      }
    }
  }

  @Test func aMillionPropertiesAreRefused() throws {
    let folder = try TemporaryFolder()
    let members = (0..<20_000).map { #""p\#($0)":1"# }.joined(separator: ",")
    let path = try folder.write("wide.geojson", collection([(point(117, 36), "{\(members)}")]))
    #expect(failure { _ = try FileReader.read(path) }?.code == .tooLarge)
  }
}
