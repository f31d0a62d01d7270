import FeatureTables
import GeometryKernel
import StreetNetworks
import TestSupport
import Testing

/// How areas are entered, what stands for streets where there are none, who is closed, and the way as a line.
@Suite struct PlacesOnStreetsTests {
  /// The street runs through the park PQRS, from x = 200 to x = 300; the gate is at its corner Q, 100 m off the street.
  private func park() throws -> Town {
    let town = try Town(
      Drawing(
        """
            P-Q
        A---------D
            S-R
        """, "AD"))
    town.add("parks", town.drawing.area("PQRS"))
    town.add("homes", "AD")
    return town
  }

  @Test func areasAreEnteredWhereStreetsMeetTheirOutline() throws {
    let town = try park()
    let query = "homes | nearest 1 parks as p within 1 km by walk | select name, p.distance"
    #expect(try town.rows(query) == ["A | 200", "D | 200"])
    town.add("homes", "A", dx: 250, dy: 40)
    // In the park, whatever the street is.
    #expect(try town.rows(query) == ["A | 0"])
    // An area goes by its own outline.
    town.add("halls", "A", dy: 30)
    #expect(try town.rows("parks | nearest 1 halls as h within 1 km by walk | select h.distance") == ["230"])
  }

  /// The street runs along the park's side from x = 200 to x = 300. Who lives there crosses it.
  @Test func aStreetAlongTheOutlineIsEnteredEverywhere() throws {
    let town = try Town(
      Drawing(
        """
            P-Q
        A---S-R---D
        """, "AD"))
    town.add("parks", town.drawing.area("PQRS"))
    var homes = town.drawing.points("A", dx: 250, dy: -10)
    homes.append(contentsOf: town.drawing.points("A", dx: 150, dy: -10))
    town.add("homes", homes, names: ["before", "beside"])
    let query = "homes | nearest 1 parks as p within 1 km by walk | select name, p.distance"
    #expect(try town.rows(query) == ["before | 10", "beside | 60"])
    #expect(try town.rows("homes | within 20 m by walk of parks | select name") == ["before"])
    #expect(
      try town.rows("homes | around 60 m by walk parks as p (n = count()) | select p.n") == ["1", "1"])
    // A line is as long a place.
    town.add("parks", Drawing("\n    S-R", "SR").lines)
    town.add("homes", town.drawing.points("A", dx: 250, dy: 90))
    #expect(try town.rows("homes | nearest 1 parks as p within 1 km by walk | select p.distance") == ["90"])
  }

  /// A park of 80 m by 80 m in a block, 10 m from each of the four streets round it: it is entered from
  /// wherever a street passes by, at the straight distance, and ways are drawn to its outline.
  @Test func anAreaThatNoStreetMeetsIsEnteredFromAllBesideIt() throws {
    let town = try Town(
      Drawing(
        """
        A-B
        D-C
        """, "AB", "BC", "CD", "DA"))
    let park = GeometryArray.boxes([(10, -90, 90, -10)])
    town.add("parks", park)
    var homes = town.drawing.points("A", dx: 50, dy: 5)
    for (dx, dy) in [(50.0, -105.0), (-5, -50), (105, -50)] {
      homes.append(contentsOf: town.drawing.points("A", dx: dx, dy: dy))
    }
    town.add("homes", homes, names: ["north", "south", "west", "east"])
    let query = "homes | nearest 1 parks as p within 1 km by walk | select name, p.distance"
    #expect(try town.rows(query) == ["north | 15", "south | 15", "west | 15", "east | 15"])
    #expect(try town.rows("homes | within 15 m by walk of parks | summarize n = count()") == ["4"])
    // Through the park's own streets from a street of its own: the way ends at the outline.
    let far = try Town(
      Drawing(
        """
        A---B
            C
        """, "AB", "BC"))
    far.add("parks", park)
    far.add("homes", "C")
    let ways = try far.ask(
      "homes | nearest 1 parks as p within 1 km by walk with route | select d = p.distance, l = length()")
    guard case .number(let distance)? = ways["d"]?.value(at: 0), case .number(let length)? = ways["l"]?.value(at: 0)
    else {
      Issue.record("no way")
      return
    }
    // 100 m to B, 110 m along AB, 10 m across.
    #expect(abs(distance - 220) < 0.02 && abs(length - 220) < 0.02)
  }

  /// Who is in the park is served by it, and what is in it is covered.
  @Test func anAreaServesWhatIsInIt() throws {
    let town = try park()
    let served = try #require(town.ask("parks | catchment 10 m by walk").geometry)
    #expect((served.area(at: 0) ?? 0) > 20_000)
    // Where streets are split another place may be in the park.
    let split = try #require(town.ask("parks | catchment 10 m by walk split").geometry)
    #expect((split.area(at: 0) ?? 0) < 5_000)
    town.add("cores", GeometryArray.boxes([(220, -150, 280, -50)]))
    #expect(try town.rows("cores | coverage by parks within 10 m by walk as c | select c.share") == ["1"])
    #expect(try town.rows("cores | gaps by parks within 10 m by walk") == [])
  }

  /// The clinic in the park stands 60 m off the street, the kiosk at the same place; the other is at D.
  @Test func whatLiesInAnAreaThatAsksIsThere() throws {
    let town = try park()
    var clinics = town.drawing.points("D")
    clinics.append(contentsOf: town.drawing.points("A", dx: 250, dy: 60))
    town.add("clinics", clinics, names: ["outside", "inside"])
    #expect(
      try town.rows("parks | nearest 2 clinics as c within 1 km by walk | select c.name, c.distance, c.reason") == [
        "inside | 0 | -", "outside | 200 | -",
      ])
    #expect(try town.rows("parks | nearest 1 from clinics as c by walk | select c.name") == ["inside"])
    #expect(try town.rows("parks | around 100 m by walk clinics as c (n = count()) | select c.n") == ["1"])
    #expect(try town.rows("parks | within 100 m by walk of clinics | select name") == ["parks 1"])
    // Off the network it is there all the same.
    town.settings.snapping.limit = 50
    #expect(
      try town.rows("parks | nearest 1 clinics as c within 1 km by walk | select c.name, c.distance") == ["inside | 0"])
    // Points that ask beside areas do so as before.
    var mixed = town.drawing.area("PQRS")
    mixed.append(contentsOf: town.drawing.points("A"))
    town.add("askers", mixed, names: ["area", "point"])
    #expect(
      try town.rows("askers | nearest 1 clinics as c within 1 km by walk | select name, c.name, c.distance") == [
        "area | inside | 0", "point | outside | 500",
      ])
    // Areas among areas meet.
    #expect(
      try town.rows("parks | nearest 1 askers as a within 1 km by walk | select a.name, a.distance") == ["area | 0"])
  }

  @Test func nobodyNearTheStreetsIsSaid() throws {
    let town = try Town(Drawing("A-------B", "AB"))
    town.add("homes", "AB", dy: 20_000)
    town.add("clinics", "B")
    let query = "homes | nearest 1 clinics as c by walk | select c.reason"
    #expect(
      try town.rows(query) == ["off the network: no street within 10 km", "off the network: no street within 10 km"])
    let note =
      "none of 2 homes is within 100 m of a street of streets open to walk; they lie 20 km away: import the streets of this place"
    #expect(town.notes == [note])
    #expect(try town.rows("homes | within 5 min by walk of clinics") == [])
    #expect(town.notes.contains(note))
    _ = try town.rows("homes | around 5 min by walk clinics as c (n = count())")
    #expect(town.notes.contains(note))
    _ = try town.rows("homes | catchment 5 min by walk")
    #expect(town.notes == [note])
    // From the places' side, and from nearer by.
    town.add("clinics", "B", dy: 150)
    town.add("homes", "AB")
    _ = try town.rows("homes | nearest 1 clinics as c by walk")
    #expect(
      town.notes == [
        "the only row of clinics is not within 100 m of a street of streets open to walk; it lies 150 m away: set snap = 200 m, or "
          + "import the streets of this place"
      ])
    // One row near them is enough.
    town.add("homes", "A")
    _ = try town.rows("homes | nearest 1 homes as h by walk")
    #expect(town.notes == [])
  }

  @Test func splitGivesASpotToTheFirstThere() throws {
    let town = try Town(Drawing("A-------B", "AB"))
    town.add("clinics", "AAB")
    let rows = try town.rows(
      "clinics | catchment 100 m by walk split as lines | derive l = length() | select name, l")
    #expect(rows == ["A | 100", "A | 0", "B | 100"])
    #expect(
      town.notes == [
        "1 of 3 clinics stands at the spot of another one before it, and is given nothing: `split` gives a spot to the first there"
      ])
    _ = try town.rows("clinics | catchment 100 m by walk merged as lines")
    #expect(town.notes == [])
  }

  @Test func entrancesAreTheOnlyWayInWhereThereAreSome() throws {
    let town = try park()
    town.add("gates", town.drawing.points("QA"), names: ["north-east", "nowhere"])
    #expect(
      try town.rows("homes | nearest 1 parks via gates as p within 1 km by walk | select name, p.distance") == [
        "A | 400", "D | 300",
      ])
    #expect(town.notes == ["1 of 2 gates are farther than 100 m from every area of parks: nobody enters there"])
    #expect(try town.rows("homes | within 300 m by walk of parks via gates | select name") == ["D"])
    #expect(
      try town.rows("homes | around 350 m by walk parks via gates as p (n = count()) | select name, p.n") == [
        "A | 0", "D | 1",
      ])
  }

  /// The street is 100 m below the park's corner S, and farther from the others.
  @Test func areasOffTheStreetAreEnteredFromTheNearest() throws {
    let town = try Town(
      Drawing(
        """
            P-Q
            S
        A---------D
        """, "AD"))
    town.add("parks", town.drawing.area("PQS"))
    town.add("homes", "AD")
    let query = "homes | nearest 1 parks as p within 1 km by walk | select name, p.distance, p.reason"
    #expect(try town.rows(query) == ["A | 300 | -", "D | 400 | -"])
    town.settings.snapping.limit = 99
    #expect(try town.rows(query) == ["A | - | no parks on the network", "D | - | no parks on the network"])
  }

  /// The home is 200 m from the street, the second clinic 150 m.
  @Test func theStraightLineStandsForStreetsOnlyWhereThatIsSet() throws {
    let town = try Town(Drawing("A-------B", "AB"))
    var homes = town.drawing.points("A")
    homes.append(contentsOf: town.drawing.points("A", dy: 200))
    town.add("homes", homes, names: ["on", "off"])
    var clinics = town.drawing.points("B")
    clinics.append(contentsOf: town.drawing.points("B", dx: -200, dy: -150))
    town.add("clinics", clinics, names: ["on", "off"])
    let query = "homes | nearest 1 clinics as c within 1 km by walk | select name, c.name, c.distance, c.reason"
    #expect(
      try town.rows(query) == ["on | on | 400 | -", "off | - | - | off the network: nearest street 200 m away"])
    #expect(town.notes == ["1 of 2 clinics are farther than 100 m from a street open to walk: left out"])
    town.settings.detour = 1.4
    // √(200² + 150²) · 1.4 = 350, and √(200² + 350²) · 1.4 = 564.4, √(400² + 200²) · 1.4 = 626.1.
    let table = try town.ask(query)
    #expect(table["c.name"].map { [$0.value(at: 0), $0.value(at: 1)] } == [.text("off"), .text("off")])
    guard case .number(let first)? = table["c.distance"]?.value(at: 0),
      case .number(let second)? = table["c.distance"]?.value(at: 1)
    else {
      Issue.record("no distances")
      return
    }
    #expect(abs(first - 350) < 0.01 && abs(second - 564.36) < 0.01)
    #expect(table["c.reason"]?.value(at: 1) == .text("off the network: straight line × 1.4"))
    #expect(
      town.notes == [
        "1 of 2 clinics are farther than 100 m from a street open to walk: the straight line × 1.4 leads there",
        "2 rows are answered by the straight line, as `set detour` has it",
      ])
    // 350 m at 5 km/h are 252 s.
    #expect(
      try town.rows("homes | within 252.01 s by walk of clinics | select name") == ["on"])
    #expect(try town.rows("homes | around 600 m by walk clinics as c (n = count()) | select c.n") == ["2", "1"])
    #expect(
      try town.rows("homes | beyond 500 m by walk of clinics | select name, reason") == [
        "off | too far: none within 500 m"
      ])
  }

  @Test func whoIsClosedSaysSo() throws {
    let town = try Town(Drawing("A-------B-------C", "AB", "BC"))
    town.add("homes", "AC")
    let june = CalendarDate("2021-06-01").map(Value.date) ?? .null
    town.add(
      "clinics", town.drawing.points("AB"), names: ["new", "old"],
      [("valid_from", .date, [june, .null]), ("valid_to", .date, [.null, .null])])
    let open = "(clinics | where name like \"%\" and open on 2021-05-01)"
    #expect(
      try town.rows("homes | nearest 1 \(open) as c within 300 m by walk | select name, c.name, c.reason") == [
        "A | - | closed on 2021-05-01", "C | - | too far: none within 300 m",
      ])
    #expect(
      try town.rows("homes | beyond 300 m by walk of \(open) | select name, reason") == [
        "A | closed on 2021-05-01", "C | too far: none within 300 m",
      ])
    #expect(
      try town.rows("homes | nearest 1 (clinics | where open on 2021-06-01) as c within 300 m by walk | select c.name")
        == ["new", "-"])
  }

  /// Closed or not, a park is entered by its gate, and whoever is in it is there: A has 400 m to go, D 300 m.
  @Test func closedAreasHaveTheirOwnWaysIn() throws {
    let town = try park()
    let june = CalendarDate("2021-06-01").map(Value.date) ?? .null
    town.add(
      "parks", town.drawing.area("PQRS"), names: ["new"],
      [("valid_from", .date, [june]), ("valid_to", .date, [.null])])
    town.add("gates", "Q")
    var homes = town.drawing.points("AD")
    homes.append(contentsOf: town.drawing.points("A", dx: 250, dy: 40))
    town.add("homes", homes, names: ["A", "D", "in"])
    let open = "(parks | where open on 2021-05-01)"
    #expect(
      try town.rows("homes | nearest 1 \(open) via gates as p within 350 m by walk | select name, p.reason") == [
        "A | no parks open on 2021-05-01", "D | closed on 2021-05-01", "in | closed on 2021-05-01",
      ])
    #expect(
      try town.rows("homes | beyond 350 m by walk of \(open) | select name, reason") == [
        "A | closed on 2021-05-01", "D | closed on 2021-05-01", "in | closed on 2021-05-01",
      ])
  }

  /// Areas, gates and the straight line at once: each park counts once for each home.
  @Test func countsWithoutPairsAgreeWithPairs() throws {
    let town = try park()
    town.settings.detour = 1.5
    town.settings.snapping.limit = 50
    var homes = town.drawing.points("AD")
    homes.append(contentsOf: town.drawing.points("A", dx: 250, dy: 40))
    homes.append(contentsOf: town.drawing.points("A", dx: 0, dy: 90))
    town.add("homes", homes)
    let query = """
      homes | around 330 m by walk parks as p (n = count())
      | around 330 m by walk parks as q (m = count(), d = sum(distance)) | select p.n, q.m, q.d
      """
    #expect(try town.rows(query) == ["1 | 1 | 200", "1 | 1 | 200", "1 | 1 | 0", "1 | 1 | 300"])
  }

  /// The line begins at the home, follows the streets, and ends at the clinic; its length is the distance.
  @Test func routesAreTheRowsGeometry() throws {
    let town = try Town(
      Drawing(
        """
        A---B
          C-D
        """, "A>B", "BD", "D>C"))
    town.add("homes", "A", dx: 50, dy: 20)
    town.add("clinics", "C", dy: -30)
    let table = try town.ask(
      "homes | nearest 1 clinics as c within 1 km by walk with route | derive l = length() | select c.distance, l")
    #expect(
      table.geometry?.wkt(at: 0, decimals: 0) == "LINESTRING (50 20, 50 0, 200 0, 200 -100, 100 -100, 100 -130)")
    #expect(table["c.distance"]?.value(at: 0) == .number(400) && table["l"]?.value(at: 0) == .number(400))
    let back = try town.ask("homes | nearest 1 from clinics as c by walk with route")
    #expect(back.geometry?.wkt(at: 0, decimals: 0) == "LINESTRING (100 -130, 100 -100, 200 -100, 200 0, 50 0, 50 20)")
    let none = try town.ask("homes | nearest 1 clinics as c within 100 m by walk with route")
    #expect(none.rowCount == 1 && none.geometry?.isNull(at: 0) == true)
  }

  @Test func plansSayWhatTheyWent() throws {
    let town = try park()
    _ = try town.ask("homes | within 5 min by walk from parks")
    #expect(town.profile?.title == "within 5 min by walk from parks")
    #expect(
      town.profile?.detail == "streets of streets, 1 edge, by walk from 1 of 1 parks, one search from all of them")
    _ = try town.ask("homes | nearest 2 parks as p by cycle")
    #expect(town.profile?.title == "nearest 2 of parks as p by cycle")
  }
}
