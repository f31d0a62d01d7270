import Foundation
import Glibc
import TestSupport
import Testing

/// SIGKILL at any moment: what was there stays, what came is whole or absent, and work goes on.
@Suite(.serialized) struct KilledTests {
  private static let kills = 10
  private static let rows = 200_000
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aKilledImportLeavesTheStoreAsBefore() throws {
    try makePoints(Self.rows)
    try folder.make("let halls = service_halls | select name\nsave halls as kept", store: "before.sqlite")
    let kept = try Answers(to: "kept", store: folder["before.sqlite"])
    let bring = "import \"points.gpkg\" as points"
    let sum = "points | summarize n = count(), total = sum(number), west = min(x()), north = max(y())"

    try copy("before.sqlite", "whole.sqlite")
    let seconds = try measure(["--store", "whole.sqlite", "-c", bring])
    let whole = try Answers(to: sum, store: folder["whole.sqlite"])
    #expect(whole.text.contains("\(Self.rows)"))

    let moments = Moments(within: seconds, name: "killed import")
    for (number, moment) in moments.drawn(Self.kills) {
      let store = "plan\(number).sqlite"
      try copy("before.sqlite", store)
      let run = try CommandRun(["--store", store, "-c", bring], folder: folder.path)
      let hasEnded = run.ends(within: moment)
      run.kill()
      let place: Comment = "seed \(moments.seed), killed after \(moment) s of \(seconds) s"
      // The next to open the store undoes what was not finished.
      #expect(try Answers(to: "kept", store: folder[store]) == kept, place)
      let layers = try SQLite.number("SELECT count(*) FROM catchment_layers WHERE name = 'points'", folder[store])
      if layers == 1 {
        #expect(try Answers(to: sum, store: folder[store]) == whole, place)
      } else {
        #expect(!hasEnded, place)
        let traces = "SELECT count(*) FROM sqlite_master WHERE lower(name) LIKE '%points%'"
        #expect(try SQLite.number(traces, folder[store]) == 0, place)
      }
      let isSound = "SELECT integrity_check = 'ok' FROM pragma_integrity_check"
      #expect(try SQLite.number(isSound, folder[store]) == 1, place)
      try folder.write("few.csv", "name,lng,lat\n北站,117.1,36.7\n西站,117.2,36.8\n")
      try folder.make("import \"few.csv\" as few\nassert few: count() == 2", store: store)
      #expect(try SQLite.number("SELECT count(*) FROM few", folder[store]) == 2, place)
      try folder.remove(store)
    }
  }

  @Test(arguments: ["geojson", "gpkg"]) func aKilledExportLeavesTheOlderFile(format: String) throws {
    try makePoints(Self.rows / 10)
    let name = "out." + format
    try folder.make("service_halls | export to \"\(name)\"")
    let older = try folder.bytes(of: name)
    let write = ["-c", "import \"points.gpkg\" as points\npoints | export to \"\(name)\""]
    let seconds = try measure(write)
    let whole = try folder.bytes(of: name)

    try folder.write(name, older)
    let before = folder.names
    let moments = Moments(within: seconds, name: "killed export to \(format)")
    for (_, moment) in moments.drawn(Self.kills) {
      let run = try CommandRun(write, folder: folder.path)
      let hasEnded = run.ends(within: moment)
      run.kill()
      let place: Comment = "seed \(moments.seed), killed after \(moment) s of \(seconds) s"
      let found = try folder.bytes(of: name)
      let isWhole = found == whole
      #expect(isWhole || found == older && !hasEnded, place)
      if isWhole { try folder.write(name, older) }
    }
    // What the killed ones left is hidden, and the next export takes it away when it has not been touched for a while.
    let remains = folder.names.filter { !before.contains($0) }
    #expect(remains.allSatisfy { $0.hasPrefix(".\(name).") && $0.contains(".partial") })
    for file in remains { try makeOld(file) }
    try folder.make("service_halls | export to \"\(name)\"")
    #expect(folder.names == before)
    #expect(try folder.bytes(of: name) == older)
  }

  // MARK: Files

  /// `points.gpkg`: numbered points in rows of 500.
  private func makePoints(_ count: Int) throws {
    var text = #"{"type":"FeatureCollection","features":["#
    text.reserveCapacity(count * 110)
    for number in 0..<count {
      let place = "117.\(1000 + number % 500),36.\(1000 + number / 500)"
      text += number == 0 ? "\n" : ",\n"
      text += #"{"type":"Feature","properties":{"number":"#
      text += "\(number)"
      text += #"},"geometry":{"type":"Point","coordinates":["#
      text += place + "]}}"
    }
    try folder.write("points.geojson", text + "]}\n")
    try folder.make("import \"points.geojson\" as points\nexport points to \"points.gpkg\"")
    try folder.remove("points.geojson")
  }

  private func copy(_ name: String, _ other: String) throws {
    try FileManager.default.copyItem(atPath: folder[name], toPath: folder[other])
  }

  /// An hour ago was the last time that somebody wrote to it.
  private func makeOld(_ name: String) throws {
    let hourAgo = Date(timeIntervalSinceNow: -3600)
    try FileManager.default.setAttributes([.modificationDate: hourAgo], ofItemAtPath: folder[name])
  }

  /// The seconds that a whole run takes.
  private func measure(_ arguments: [String]) throws -> Double {
    let start = ContinuousClock.now
    let run = try CommandRun(arguments, folder: folder.path)
    let status = run.wait()
    try #require(status == 0, "\(run.messages)")
    return (ContinuousClock.now - start) / .seconds(1)
  }
}

/// Random moments of a run, another set each time; the seed is printed.
private struct Moments {
  let seed = UInt64.random(in: 0...UInt64.max)
  let seconds: Double

  init(within seconds: Double, name: String) {
    self.seconds = seconds
    print("\(name): seed \(seed), one run takes \(seconds) s")
  }

  func drawn(_ count: Int) -> [(number: Int, moment: Double)] {
    var random = SplitMix64(seed: seed)
    return (1...count).map { ($0, Double.random(in: 0...seconds, using: &random)) }
  }
}
