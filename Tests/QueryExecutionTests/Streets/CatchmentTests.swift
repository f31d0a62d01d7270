import GeometryKernel
import StreetNetworks
import TestSupport
import Testing

@testable import QueryExecution

/// Service areas asked in the language; columns of the maps are 50 m and rows 100 m apart, people walk 5 km/h.
@Suite struct CatchmentTests {
  /// Two clinics at the ends of a street of 450 m.
  private static func street() throws -> Town {
    let town = try Town(Drawing("A--B-----C", "AB", "BC"))
    town.add("clinics", "AC", ids: [7, 3])
    return town
  }

  @Test func aRowForEachFacilityAndLimit() throws {
    let town = try Self.street()
    #expect(
      try town.rows("clinics | catchment 2, 1 min by walk | select id, name, time") == [
        "7 | A | 120", "7 | A | 60", "3 | C | 120", "3 | C | 60",
      ])
    #expect(
      try town.rows("clinics | catchment 100 m by walk as lines | select name, distance, long = length()") == [
        "A | 100 | 100", "C | 100 | 100",
      ])
    // 5 km/h are 83.33 m in a minute.
    #expect(
      try town.rows("clinics | catchment 3, 6 min by walk merged as lines | select time, long = round(length())") == [
        "180 | 450", "360 | 450",
      ])
  }

  /// 300 m from either end, or half of the street each.
  @Test func overlappingMergedAndSplit() throws {
    let town = try Self.street()
    #expect(
      try town.rows("clinics | catchment 300 m by walk as lines | select name, long = length()") == [
        "A | 300", "C | 300",
      ])
    #expect(
      try town.rows("clinics | catchment 300 m by walk split as lines | select name, long = length()") == [
        "A | 225", "C | 225",
      ])
    #expect(try town.rows("clinics | catchment 300 m by walk merged as lines | select long = length()") == ["450"])
    // Each has a round end, half of a hexadecagon in 25 m, and they meet at a right angle in the middle.
    let split = try #require(town.ask("clinics | catchment 300 m by walk split").geometry)
    let half = 8 * 25 * 25 * 0.5 * 0.38268343236508984
    for row in 0...1 { #expect(abs((split.area(at: row) ?? 0) - (225 * 50 + half)) < 0.01) }
  }

  @Test func aClinicOffTheStreetsServesNothing() throws {
    let town = try Self.street()
    town.add("clinics", "AB", dx: 0, dy: 250)
    #expect(
      try town.rows("clinics | catchment 100 m by walk | select name, size = area()") == ["A | 0", "B | 0"])
    #expect(
      town.notes == [
        "none of 2 clinics is within 100 m of a street of streets open to walk; they lie 250 m away: set snap = 300 m, or "
          + "import the streets of this place"
      ])
  }

  /// The river is 100 m wide and has one bridge, 200 m down the street. 150 m from A are all on its own bank: 25 m on
  /// either side of them lie in the northern box, and of the bank D-E nothing is covered.
  @Test func coverageAndGapsByAreaKeepToTheBank() throws {
    let town = try Town(
      Drawing(
        """
        A---B
        D---E
        """, "AB", "BE", "DE"))
    town.add("clinics", "A")
    town.add("banks", GeometryArray.boxes([(0, -40, 200, 40), (0, -140, 200, -60)]), names: ["north", "south"])
    #expect(
      try town.rows("banks | coverage by clinics within 150 m by walk as c | select name, c.covered, c.total") == [
        "north | 7500 | 16000", "south | 0 | 16000",
      ])
    #expect(
      try town.rows("banks | gaps by clinics within 150 m by walk | select name, size = area()") == [
        "north | 8500", "south | 16000",
      ])
  }

  /// The straight line that stands for streets leads to places, not to an area around them.
  @Test func noStraightLineServesAnArea() throws {
    let town = try Town(Drawing("A---B", "AB"))
    town.settings.detour = 1.3
    town.settings.snapping.limit = 0.5
    town.add("clinics", "A", dy: 30)
    town.add("banks", GeometryArray.boxes([(0, -40, 200, 40)]), names: ["north"])
    let note = "1 of 1 clinics are farther than 0.5 m from a street open to walk: "
    #expect(try town.rows("banks | coverage by clinics within 150 m by walk as c | select c.covered") == ["0"])
    #expect(town.notes == [note + "left out, as `set detour` draws no areas"])
    _ = try town.ask("clinics | catchment 100 m by walk")
    #expect(town.notes == [note + "they serve nothing"])
  }

  @Test(arguments: 1...4) func sameBytesOnAnyNumberOfThreads(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var lines = GeometryArrayBuilder()
    for row in 0..<12 {
      for column in 0..<12 {
        for (dx, dy) in [(1, 0), (0, 1)] where Int.random(in: 0..<5, using: &random) > 0 {
          lines.beginRow(.lineString)
          lines.beginPart(.line)
          lines.addRing(
            xs: [Double(column) * 90, Double(column + dx) * 90], ys: [Double(row) * 90, Double(row + dy) * 90])
          lines.endRow()
        }
      }
    }
    let town = Town(try StreetGraphBuilder().build(lines.finish()).0)
    let places = (0..<40).map { _ in
      (Double.random(in: 0..<1080, using: &random), Double.random(in: 0..<1080, using: &random))
    }
    town.add("clinics", GeometryArray(pointsX: places.map(\.0), y: places.map(\.1)))
    for query in [
      "clinics | catchment 150, 320 m by walk", "clinics | catchment 5 min by walk split width 40 m",
      "clinics | catchment 150, 500 m by walk merged",
    ] {
      town.workers = 1
      let alone = try town.ask(query)
      for workers in [2, 3] {
        town.workers = workers
        let table = try town.ask(query)
        #expect(table.geometry?.xs == alone.geometry?.xs, "seed \(seed): \(query)")
        #expect(table.geometry?.ys == alone.geometry?.ys, "seed \(seed): \(query)")
        #expect(table.rowCount == alone.rowCount && table.geometry?.count == table.rowCount)
      }
    }
  }
}
