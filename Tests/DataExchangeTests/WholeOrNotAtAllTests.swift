import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing
import WorkControl

@testable import DataExchange

/// A disk of a few pages, for the time of a test; needs the right to mount.
private final class TinyDisk {
  let path: String

  init?(kilobytes: Int) {
    path = NSTemporaryDirectory() + "disk-" + UUID().uuidString
    guard mkdir(path, 0o700) == 0 else { return nil }
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
      rmdir(path)
      return nil
    }
  }

  deinit {
    umount2(path, Int32(MNT_DETACH))
    rmdir(path)
  }

  static let isPermitted = TinyDisk(kilobytes: 64) != nil
}

@Suite struct WholeOrNotAtAllTests {
  private func layer(_ name: String = "whole", rows: Int = 20) throws -> ExportLayer {
    var random = SplitMix64(seed: 3)
    var layer = try TruncationTests.layer(rows: rows, &random)
    layer.name = name
    return layer
  }

  @Test func parentFoldersAreMade() throws {
    let folder = try TemporaryFolder()
    try FileWriter.write([try layer()], to: folder["a/b/c.geojson"])
    #expect(try FileReader.read(folder["a/b/c.geojson"]).table.rowCount == 20)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder["a/b"]) == ["c.geojson"])
  }

  @Test func aFolderGetsAFileForEachLayer() throws {
    let folder = try TemporaryFolder()
    let report = try FileWriter.write([try layer("a"), try layer("b")], to: folder["out/"], format: .geojson)
    #expect(report.files.map(\.path) == [folder["out/a.geojson"], folder["out/b.geojson"]])
    #expect(try FileReader.read(folder["out/b.geojson"]).table.rowCount == 20)
    let formatless = failure { try FileWriter.write([try layer()], to: folder.path) }
    #expect(formatless?.code == .formatUnknown)
  }

  @Test func whatDoesNotFitIsSaid() throws {
    let folder = try TemporaryFolder()
    let several = failure { try FileWriter.write([try layer("a"), try layer("b")], to: folder["x.geojson"]) }
    #expect(several?.code == .layersDoNotFit)
    #expect(several?.fix?.contains(".gpkg") == true)
    let ending = failure { try FileWriter.write([try layer()], to: folder["x.docx"]) }
    #expect(ending?.code == .formatUnknown)
    #expect(ending?.fix?.contains(".geojson") == true)
    #expect(failure { try FileWriter.write([try layer()], to: folder["x"]) }?.code == .formatUnknown)
    #expect(
      failure { try FileWriter.write([try layer(), try layer()], to: folder["x.gpkg"]) }?.code == .duplicateLayer)
    #expect(folder.names.isEmpty)
  }

  @Test func aFolderInTheWayIsSaid() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder["x.gpkg"], withIntermediateDirectories: false)
    #expect(failure { try FileWriter.write([try layer()], to: folder["x.gpkg"]) }?.code == .formatUnknown)
    _ = try folder.write("file", "x")
    #expect(failure { try FileWriter.write([try layer()], to: folder["file/x.gpkg"]) }?.code == .notWritable)
  }

  @Test func aFolderThatTakesNoFilesIsSaid() throws {
    // Not even root may make files here.
    for format in ExportFormat.files {
      let error = failure { try FileWriter.write([try layer()], to: "/proc/self/x.\(format.fileExtension)") }
      #expect(error?.code == .notWritable, "\(format)")
    }
  }

  @Test(arguments: ExportFormat.files) func cancelledWorkLeavesTheOlderFile(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder["x." + format.fileExtension]
    try FileWriter.write([try layer()], to: path)
    let names = folder.names
    let before = try bytes(of: path)
    let monitor = WorkMonitor()
    monitor.cancel()
    #expect(throws: Cancelled.self) {
      try FileWriter.write([try layer(rows: 5000)], to: path, monitor: monitor)
    }
    #expect(folder.names == names)
    #expect(try bytes(of: path) == before)
    #expect(throws: Cancelled.self) {
      try FileWriter.write([try layer(rows: 5000)], to: folder["new/x.geojson"], monitor: monitor)
    }
    #expect(folder.names == names)
  }

  @Test(.enabled(if: TinyDisk.isPermitted, "mounting is not permitted"), arguments: ExportFormat.files)
  func aFullDiskLeavesTheOlderFile(format: ExportFormat) throws {
    let disk = try #require(TinyDisk(kilobytes: format == .xlsx ? 64 : 256))
    let path = disk.path + "/x." + format.fileExtension
    try FileWriter.write([try layer(rows: 5)], to: path)
    let names = try FileManager.default.contentsOfDirectory(atPath: disk.path).sorted()
    let before = try bytes(of: path)
    let error = failure { try FileWriter.write([try layer(rows: 6000)], to: path) }
    #expect(error?.code == .diskFull, "\(error?.message ?? "no error")")
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).sorted() == names)
    #expect(try bytes(of: path) == before)
  }

  @Test func fullDisksAndForeignFoldersHaveWords() {
    #expect(WriteFailure.explained("/a/b.gpkg", code: ENOSPC).code == .diskFull)
    #expect(WriteFailure.explained("/a/b.gpkg", code: EACCES).code == .notWritable)
    #expect(WriteFailure.explained("/a/b", target: "b", reason: "database or disk is full").code == .diskFull)
  }
}
