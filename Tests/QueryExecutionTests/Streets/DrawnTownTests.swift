import GeometryKernel
import QueryPlanning
import StreetNetworks
import TestSupport
import Testing

/// Verbs along streets on maps that can be walked with a finger: columns are 50 m and rows 100 m apart, and walkers make
/// 5 km/h.
@Suite struct DrawnTownTests {
  /// The home at A is 100 m from the clinic at D over the river between the rows, and by the bridge B-C it is
  /// 200 + 100 + 200 m.
  @Test func riverHasOneBridge() throws {
    let town = try Town(
      Drawing(
        """
        A---B
        D---C
        """, "AB", "BC", "CD"))
    town.add("homes", "AB")
    town.add("clinics", "D")
    #expect(try town.rows("homes | within 100 m of clinics | select name") == ["A"])
    #expect(try town.rows("homes | within 300 m by walk of clinics | select name") == ["B"])
    #expect(try town.rows("homes | within 499.99 m by walk of clinics | select name") == ["B"])
    #expect(try town.rows("homes | within 500 m by walk of clinics | select name") == ["A", "B"])
    // 500 m at 5 km/h are 6 minutes.
    #expect(try town.rows("homes | within 6 min by walk of clinics | select name") == ["A", "B"])
    #expect(
      try town.rows("homes | beyond 5.99 min by walk of clinics | select name, reason") == [
        "A | too far: none within 5.99 min"
      ])
    #expect(
      try town.rows("homes | nearest 1 clinics as c within 300 m by walk | select name, c.name, c.distance, c.reason")
        == ["A | - | - | too far: none within 300 m", "B | D | 300 | -"])
    // Without a limit the time is told: 360 s.
    #expect(
      try town.rows("homes | nearest 1 clinics as c by walk | select name, c.name, c.time, c.reason") == [
        "A | D | 360 | -", "B | D | 216 | -",
      ])
  }

  /// The clinic is one street ahead of the home, and the street is one-way for wheels: by car to the clinic it is 100 m,
  /// back from it 300 m round the block.
  @Test func fromTurnsOneWaysRound() throws {
    let town = try Town(
      Drawing(
        """
        A-B
        D-C
        """, "A>B", "B>C", "C>D", "D>A"))
    town.add("homes", "A")
    town.add("clinics", "B")
    #expect(try town.rows("homes | nearest 1 clinics as c within 1 km by drive | select c.distance") == ["100"])
    #expect(try town.rows("homes | nearest 1 from clinics as c within 1 km by drive | select c.distance") == ["300"])
    #expect(try town.rows("homes | nearest 1 from clinics as c within 1 km by walk | select c.distance") == ["100"])
    #expect(try town.rows("homes | within 200 m by drive of clinics | select name") == ["A"])
    #expect(try town.rows("homes | within 200 m by drive from clinics | select name") == [])
    #expect(try town.rows("homes | around 200 m by drive clinics as c (n = count()) | select c.n") == ["1"])
    #expect(try town.rows("homes | around 200 m by drive from clinics as c (n = count()) | select c.n") == ["0"])
    #expect(
      try town.rows("homes | around 300 m by drive from clinics as c (d = max(distance)) | select c.d") == ["300"])
  }

  /// The street A-B passes over C-D without a junction, so that the way is round by B and E.
  @Test func bridgesJoinNothing() throws {
    let town = try Town(
      Drawing(
        """
            C
        A-------B
            D---E
        """, "AB", "CD", "DE", "EB"))
    town.add("homes", "A")
    town.add("clinics", "C")
    // 400 along A-B, 100 down to E, 200 along E-D and 200 up D-C under the bridge.
    #expect(try town.rows("homes | nearest 1 clinics as c within 2 km by walk | select c.distance") == ["900"])
  }

  /// The home is nearer to the isolated footpath than to the street; the hut has only the footpath.
  @Test func isolatedPathsArePassedOver() throws {
    let town = try Town(
      Drawing(
        """
        A---------------------------B

              F-G
        """, "AB", "FG:path"))
    town.settings.snapping.limit = 150
    town.add("homes", "F", dy: 60)
    town.add("huts", "F", dy: -100)
    town.add("clinics", "A")
    // 140 m up to the street and 300 m along it.
    #expect(try town.rows("homes | nearest 1 clinics as c within 1 km by walk | select c.distance") == ["440"])
    #expect(town.notes == ["1 row passed over a small isolated part of the network that is nearer"])
    #expect(
      try town.rows("huts | nearest 1 clinics as c within 1 km by walk | select c.distance, c.reason") == [
        "- | isolated part: no clinics on it"
      ])
    #expect(try town.rows("huts | within 1 km by walk of clinics") == [])
    #expect(town.notes == ["1 row is on isolated parts of the network, and counted as not reached"])
  }

  @Test func everyReasonHasItsWords() throws {
    let town = try Town(
      Drawing(
        """
        A---B---C
        """, "AB", "BC"))
    var points = town.drawing.points("ABC")
    points.append(contentsOf: town.drawing.points("A", dx: -80, dy: 120))
    points.append(contentsOf: GeometryArray(pointsX: [.nan], y: [.nan]))
    town.add("homes", points, names: ["a", "b", "c", "far", "null"])
    town.add("clinics", "C")
    #expect(
      try town.rows("homes | nearest 1 clinics as k within 250 m by walk | select name, k.distance, k.reason") == [
        "a | - | too far: none within 250 m", "b | 200 | -", "c | 0 | -",
        "far | - | off the network: nearest street 145 m away", "null | - | no geometry",
      ])
    #expect(
      try town.rows("homes | beyond 250 m by walk of clinics as k | select name, k.reason") == [
        "a | too far: none within 250 m", "far | off the network: nearest street 145 m away", "null | no geometry",
      ])
    #expect(town.notes == [])
    #expect(try town.rows("homes | within 250 m by walk of clinics | select name") == ["b", "c"])
    #expect(
      town.notes == [
        "1 row has no geometry and cannot be placed: left out",
        "1 row is off the network, and counted as not reached",
      ])
    town.add("clinics", "")
    #expect(
      try town.rows("homes | take 1 | nearest 1 clinics as k by walk | select k.time, k.reason") == [
        "- | no clinics to choose from"
      ])
    town.add("clinics", "C", dy: 300)
    #expect(
      try town.rows("homes | take 1 | nearest 1 clinics as k by walk | select k.reason") == [
        "no clinics on the network"
      ])
    #expect(
      town.notes == [
        "the only row of clinics is not within 100 m of a street of streets open to walk; it lies 300 m away: set snap = 300 m, "
          + "or import the streets of this place"
      ])
  }

  /// The words are those of the documentation, whatever the numbers and names.
  @Test func reasonsAreDocumented() throws {
    let town = try Town(Drawing("A---B", "A>B"))
    town.add("homes", "B", dx: -50)
    town.add("clinics", "A")
    let documented = StreetTravel.reasons.map { $0.words.prefix { $0 != ":" && !$0.isNumber } }
    for (query, reason) in [
      ("homes | nearest 1 clinics as c by drive", "no way along the streets"),
      ("homes | nearest 1 clinics as c within 1 min by drive", "too far: none within 1 min"),
    ] {
      #expect(try town.rows("\(query) | select c.reason") == [reason])
      #expect(documented.contains { reason.hasPrefix($0) })
    }
  }

  /// Four clinics at two places, the rows not in the order of their ids.
  @Test func equalWaysGoToTheSmallerID() throws {
    let town = try Town(
      Drawing(
        """
        A---B---C
        """, "AB", "BC"))
    town.add("homes", "B")
    town.add("clinics", "CACA", ids: [9, 7, 3, 5])
    #expect(
      try town.rows("homes | nearest 3 clinics as c within 1 km by walk | select c.id, c.distance") == [
        "3 | 200", "5 | 200", "7 | 200",
      ])
    #expect(try town.rows("homes | nearest clinics as c by walk | select c.id") == ["3"])
    #expect(
      try town.rows(
        "homes | around 200 m by walk clinics as c (n = count(), d = mean(distance), t = sum(id)) | select c.n, c.d, c.t"
      ) == ["4 | 200 | 24"])
    #expect(try town.rows("homes | around 199 m by walk clinics as c (n = count()) | select c.n") == ["0"])
    #expect(try town.rows("homes | around 4 min by walk clinics as c (t = max(time)) | select c.t") == ["144"])
  }

  /// The clinic stands 20 m off the middle of A-B and the home 30 m off, 40 m along: neither walks to a corner.
  @Test func facilitiesStandInTheMiddleOfStreets() throws {
    let town = try Town(Drawing("A---B", "AB"))
    town.add("homes", "A", dx: 60, dy: 30)
    town.add("clinics", "A", dx: 100, dy: -20)
    #expect(try town.rows("homes | nearest 1 clinics as c within 1 km by walk | select c.distance") == ["90"])
    town.settings.snapping.countsApproach = false
    #expect(try town.rows("homes | nearest 1 clinics as c within 1 km by walk | select c.distance") == ["40"])
    // To nodes: both to A and to B are no nearer than the middle; equal ones go to the first.
    town.settings.snapping.toNodes = true
    town.settings.snapping.limit = 150
    #expect(try town.rows("homes | nearest 1 clinics as c within 1 km by walk | select c.distance") == ["0"])
  }

  /// Half of the people of the district reach the clinic within 300 m of streets, though all are within 300 m of it.
  /// However far the places may be, one that is nowhere has none.
  @Test func aPlaceThatIsNowhereIsNearNothing() throws {
    let town = try Town(Drawing("A---B", "AB"))
    town.add("homes", GeometryArray(pointsX: [.infinity, 0], y: [0, 0]), names: ["nowhere", "here"])
    town.add("clinics", "B")
    #expect(
      try town.rows("homes | nearest 1 clinics as c | select name, c.name, c.reason") == [
        "nowhere | - | no distance to any clinics", "here | B | -",
      ])
  }

  @Test func coverageCountsPeopleByTheirOwnWays() throws {
    let town = try Town(
      Drawing(
        """
        A---B
        D---C
        """, "AB", "BC", "CD"))
    let people = town.drawing.points("ABCD")
    town.add("people", people, [("pop", .integer, [.integer(40), .integer(30), .integer(20), .integer(10)])])
    town.add("clinics", "D")
    town.add("districts", town.drawing.area("ABCD"))
    #expect(
      try town.rows(
        "districts | coverage by clinics within 300 m by walk of people weighted by pop as c | select c.share, c.covered, c.total"
      ) == ["0.6 | 60 | 100"])
    #expect(
      try town.rows("districts | coverage by clinics within 300 m of people weighted by pop as c | select c.share")
        == ["1"])
    #expect(try town.rows("districts | coverage from clinics within 1 min by walk of people | select covered") == ["1"])
  }
}
