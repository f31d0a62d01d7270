import Foundation
import Glibc
import TestSupport
import Testing

/// What the system forbids: files of others, folders of others, disks without room, stores in use.
@Suite struct ForbiddenTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Root may do everything, so that permissions are tested as somebody else.
  private static let asNobody: [String] =
    geteuid() == 0
    ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : ["/usr/bin/env"]

  private static let canRunAsNobody: Bool = {
    guard let folder = try? TemporaryFolder(), chmod(folder.path, 0o755) == 0,
      let run = try? CommandRun(["--version"], prefix: asNobody, folder: folder.path)
    else { return false }
    return run.wait() == 0
  }()

  private static let reason: Comment = "the command cannot be run as somebody else from this folder"

  private func run(_ arguments: [String]) throws -> CommandRun {
    let run = try CommandRun(arguments, prefix: Self.asNobody, folder: folder.path)
    run.wait()
    return run
  }

  private func allow(_ mode: mode_t, _ name: String = "") { chmod(name.isEmpty ? folder.path : folder[name], mode) }

  @Test(.enabled(if: canRunAsNobody, reason)) func filesThatMayNotBeRead() throws {
    allow(0o755)
    try folder.write("stops.csv", "lng,lat\n117.1,36.7\n")
    allow(0o000, "stops.csv")
    let file = try run(["-c", "import \"stops.csv\" as stops"])
    #expect(file.wait() == 3)
    #expect(file.messages.contains("error[file.no-permission]: “stops.csv” may not be read: permission is denied"))
    #expect(file.messages.contains("fix: give yourself the right to read it (chmod u+r)"))
    try folder.write("a.cq", "layers")
    allow(0o000, "a.cq")
    let script = try run(["run", "a.cq"])
    #expect(script.wait() == 3)
    #expect(script.messages == "catchment: a.cq may not be read by this user: permission denied\n")
  }

  @Test(.enabled(if: canRunAsNobody, reason)) func foldersThatMayNotBeWritten() throws {
    let older = "an older file"
    for format in ["geojson", "gpkg", "shp"] { try folder.write("parks." + format, older) }
    allow(0o555)
    let before = folder.names
    for format in ["geojson", "gpkg", "shp"] {
      let export = try run(["-c", "export parks to \"parks.\(format)\""])
      #expect(export.wait() == 3)
      #expect(export.messages.contains("error[file.not-writable]: “.” may not be written to: permission is denied"))
      #expect(try folder.bytes(of: "parks." + format) == Array(older.utf8))
    }
    let store = try run(["--store", "plan.sqlite", "-c", "layers"])
    #expect(store.wait() == 3)
    #expect(store.messages.contains("error[store.no-permission]: no permission to make a file in"))
    #expect(folder.names == before)
    allow(0o755)
  }

  @Test(.enabled(if: canRunAsNobody, reason)) func aStoreThatMayOnlyBeRead() throws {
    try folder.make("let halls = service_halls\nsave halls as kept", store: "plan.sqlite")
    allow(0o444, "plan.sqlite")
    allow(0o555)
    let before = try folder.bytes(of: "plan.sqlite")
    #expect(try run(["--store", "plan.sqlite", "-c", "kept | summarize n = count()"]).wait() == 0)
    let save = try run(["--store", "plan.sqlite", "-c", "let a = clinics\nsave a as more"])
    #expect(save.wait() == 3)
    #expect(save.messages.contains("error[store.read-only]"))
    #expect(save.messages.contains("fix: copy it to a folder of yours, or change its permissions"))
    #expect(try folder.bytes(of: "plan.sqlite") == before)
    allow(0o755)
  }

  /// A limit on the size of files stands for a disk without room; the signal that would end the process is ignored, as
  /// `nohup` does with another one.
  @Test(arguments: ["geojson", "csv", "gpkg", "fgb", "shp"]) func aDiskWithoutRoom(format: String) throws {
    let name = "points." + format
    try folder.make("service_halls | export to \"\(name)\"")
    let before = folder.names
    let older = try folder.bytes(of: name)
    let limit = ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\""]
    let run = try CommandRun(
      ["-c", "collection_points | export to \"\(name)\""], prefix: limit, folder: folder.path)
    #expect(run.wait() == 3)
    #expect(
      run.messages.contains("error[file.disk-full]") || run.messages.contains("error[file.write-failed]"),
      "\(run.messages)")
    #expect(try folder.bytes(of: name) == older)
    #expect(folder.names == before)
  }

  @Test func aDiskWithoutRoomForTheStore() throws {
    try folder.make("let halls = service_halls\nsave halls as kept", store: "plan.sqlite")
    let kept = try Answers(to: "kept", store: folder["plan.sqlite"])
    let limit = ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f 800; exec \"$0\" \"$@\""]
    let run = try CommandRun(
      ["--store", "plan.sqlite", "-c", "let a = collection_points\nsave a as many"], prefix: limit,
      folder: folder.path)
    #expect(run.wait() == 3)
    #expect(run.messages.contains("error[store."), "\(run.messages)")
    #expect(try Answers(to: "kept", store: folder["plan.sqlite"]) == kept)
    #expect(try SQLite.number("SELECT count(*) FROM catchment_layers", folder["plan.sqlite"]) == 1)
  }

  @Test func aStoreThatAnotherProgramWritesTo() throws {
    try folder.make("let halls = service_halls\nsave halls as kept", store: "plan.sqlite")
    let other = try SQLite.Lock(folder["plan.sqlite"])
    let run = try CommandRun(["--store", "plan.sqlite", "-c", "kept"], folder: folder.path)
    #expect(run.wait() == 3)
    #expect(run.messages.contains("error[store.locked]"))
    #expect(run.messages.contains("fix: finish what has it open (QGIS, another session) and try again"))
    other.release()
    #expect(try Answers(to: "kept | summarize n = count()", store: folder["plan.sqlite"]).text.contains("3"))
  }
}
