import FeatureTables
import GeometryKernel
import GeometryOperations
import Testing

/// `coverage` and `gaps` over the embedded layers, against loops over all pairs and against GEOS.
@Suite struct CoverageTests {
  private let client: TestClient
  private let subdistricts: PlainLayer
  private let clinics: PlainLayer

  init() throws {
    client = try TestClient()
    subdistricts = try PlainLayer("subdistricts")
    clinics = try PlainLayer("clinics")
  }

  @Test func byPeople() throws {
    let table = try client.answer(
      "subdistricts | coverage by clinics within 1000 m of residents weighted by pop as c")
    let residents = try PlainLayer("residents")
    let people = residents.numbers("pop").map { $0 ?? 0 }
    var covered = Array(repeating: 0.0, count: subdistricts.count)
    var total = covered
    for (row, place) in residents.places.enumerated() {
      let isReached = clinics.places.contains { $0.distance(to: place) <= 1000 }
      for (area, shape) in subdistricts.shapes.enumerated() where shape.holds(place) {
        total[area] += people[row]
        if isReached { covered[area] += people[row] }
      }
    }
    #expect(total.reduce(0, +) == 353_600)
    expectClose(try table.numbers("c.total"), total, within: 0)
    expectClose(try table.numbers("c.covered"), covered, within: 0)
    expectClose(try table.numbers("c.share"), zip(covered, total).map { $0 / $1 }, within: 1e-12)
    #expect(try table.texts("c.reason").allSatisfy { $0 == nil })
    #expect(table.rowCount == 10)
  }

  /// Each person counts as one, and an area without any says so.
  @Test func byHeads() throws {
    let table = try client.answer(
      "districts | coverage by markets within 500 m of (residents | where pop > 50) as c")
    let districts = try PlainLayer("districts")
    let residents = try PlainLayer("residents")
    let markets = try PlainLayer("markets")
    let pop = residents.numbers("pop")
    var covered = Array(repeating: 0.0, count: districts.count)
    var total = covered
    for (row, place) in residents.places.enumerated() where (pop[row] ?? 0) > 50 {
      let isReached = markets.places.contains { $0.distance(to: place) <= 500 }
      for (area, shape) in districts.shapes.enumerated() where shape.holds(place) {
        total[area] += 1
        if isReached { covered[area] += 1 }
      }
    }
    expectClose(try table.numbers("c.total"), total, within: 0)
    expectClose(try table.numbers("c.covered"), covered, within: 0)
    expectClose(try table.numbers("c.share"), zip(covered, total).map { $1 > 0 ? $0 / $1 : nil }, within: 1e-12)
    #expect(try table.texts("c.reason").map { $0 == nil } == total.map { $0 > 0 })
    #expect(total.contains(0))
  }

  /// The union of discs drawn with 256 chords, each polygon inside its disc: 0.01 % small.
  private func reach(_ distance: Double) throws -> GeometryArray {
    let geos = try GEOSContext()
    let points = GeometryArray(pointsX: clinics.places.map(\.x), y: clinics.places.map(\.y))
    return try geos.union(geos.buffer(points, distance: distance, quadrantSegments: 64))
  }

  @Test(arguments: [300.0, 1000, 2500]) func byArea(_ distance: Double) throws {
    let table = try client.answer("subdistricts | coverage by clinics within \(Int(distance)) m as c")
    let areas = try #require(table.geometry)
    let parts = try GEOSContext().clip(areas, to: reach(distance))
    let expected = (0..<areas.count).map { parts.area(at: $0) ?? 0 }
    expectClose(try table.numbers("c.covered"), expected, relative: 0.001)
    expectClose(try table.numbers("c.total"), subdistricts.shapes.map(\.area), relative: 1e-9)
    expectClose(
      try table.numbers("c.share"), zip(expected, subdistricts.shapes).map { $0 / $1.area }, relative: 0.001)
  }

  /// An estimate that knows nothing of polygons: places thrown at random.
  @Test func byAreaAgainstRandomPlaces() throws {
    let table = try client.answer("start_up_area | coverage by clinics within 1000 m as c")
    let area = try PlainLayer("start_up_area").shapes[0]
    let box = try #require(table.geometry).extent
    let seed: UInt64 = 20_220_801
    var random = SplitMix64(seed: seed)
    var inside = 0.0
    var reached = 0.0
    while inside < 20_000 {
      let place = Place(
        x: .random(in: box.minX...box.maxX, using: &random), y: .random(in: box.minY...box.maxY, using: &random))
      guard area.holds(place) else { continue }
      inside += 1
      if clinics.places.contains(where: { $0.distance(to: place) <= 1000 }) { reached += 1 }
    }
    let share = try table.number("c.share")
    // Five standard deviations of a share of 20 000 places.
    let spread = 5 * (share * (1 - share) / inside).squareRoot()
    #expect(abs(reached / inside - share) < spread, "seed \(seed): \(reached / inside) for \(share)")
  }

  @Test func gapsAreWhatIsNotCovered() throws {
    let table = try client.answer("subdistricts | gaps by clinics within 1000 m")
    let parts = try GEOSContext().clip(
      #require(try client.answer("subdistricts").geometry), to: reach(1000))
    let gaps = try #require(table.geometry)
    for (row, name) in try table.texts("name").enumerated() {
      let area = try subdistricts.row(named: name)
      let expected = subdistricts.shapes[area].area - (parts.area(at: area) ?? 0)
      let gap = PlainShape(gaps, row: row)
      #expect(abs(gap.area - expected) < 0.001 * subdistricts.shapes[area].area)
      #expect(gap.corners.allSatisfy { subdistricts.shapes[area].distance(from: $0).map { $0 < 1e-3 } ?? false })
    }
  }

  /// What coverage computes by arcs and gaps draw with chords is one area, but for the chords: they give the gap up to
  /// 0.0203 % of each disc.
  @Test func gapsAndCoverageAddUp() throws {
    let exact = try client.answer("subdistricts | coverage by clinics within 1000 m as c")
    let gaps = try client.answer("subdistricts | gaps by clinics within 1000 m")
    let names = try gaps.texts("name")
    let geometry = try #require(gaps.geometry)
    let covered = try exact.numbers("c.covered")
    let total = try exact.numbers("c.total")
    for (row, name) in try exact.texts("name").enumerated() {
      let gap = names.firstIndex(of: name).flatMap { geometry.area(at: $0) } ?? 0
      let excess = gap - (try #require(total[row]) - #require(covered[row]))
      #expect(excess > -1e-3 && excess < 0.000_204 * 1e6 * .pi * Double(clinics.count))
    }
  }

  /// Facilities that are areas have buffers, drawn with chords of two degrees.
  @Test func facilitiesWithAnExtent() throws {
    let table = try client.answer("subdistricts | coverage by parks within 300 m as c")
    let areas = try #require(table.geometry)
    let geos = try GEOSContext()
    let reach = try geos.buffer(#require(try client.answer("parks").geometry), distance: 300, quadrantSegments: 64)
    let parts = try geos.clip(areas, to: reach)
    let expected = (0..<areas.count).map { parts.area(at: $0) ?? 0 }
    let largest = try #require(expected.max())
    expectClose(try table.numbers("c.covered"), expected, within: 0.001 * largest)
    #expect(largest > 0)
  }

  /// A place in a gap is farther than the reach from every clinic, every other place of the area is not. The rim of a
  /// disc is drawn with 180 chords that leave it by 0.0152 % of the reach at the most.
  @Test func placesInGapsAreOutOfReach() throws {
    let reach = 1500.0
    let table = try client.answer("start_up_area | gaps by clinics within 1500 m")
    let geometry = try #require(table.geometry)
    let gap = PlainShape(geometry, row: 0)
    let area = try PlainLayer("start_up_area").shapes[0]
    let seed: UInt64 = 7
    var random = SplitMix64(seed: seed)
    let box = geometry.extent
    var met = [true: 0, false: 0]
    for _ in 0..<600 {
      let place = Place(
        x: .random(in: box.minX...box.maxX, using: &random), y: .random(in: box.minY...box.maxY, using: &random))
      guard area.holds(place) else { continue }
      let nearest = clinics.places.map { $0.distance(to: place) }.min() ?? .infinity
      guard abs(nearest - reach) > 0.000_153 * reach else { continue }
      #expect(gap.holds(place) == (nearest > reach), "seed \(seed): \(place)")
      met[nearest > reach, default: 0] += 1
    }
    #expect(met.values.allSatisfy { $0 > 50 })
  }

  @Test func whollyCoveredAreasHaveNoGap() throws {
    #expect(try client.answer("subdistricts | gaps by clinics within 60 km").rowCount == 0)
    let none = try client.answer("subdistricts | gaps by (clinics | where kind == \"no such\") within 1 km")
    #expect(none.rowCount == 10)
    let table = try client.answer(
      "subdistricts | coverage by (clinics | where kind == \"no such\") within 1 km as c")
    #expect(try table.numbers("c.share") == Array(repeating: 0, count: 10))
  }

  /// Nobody who walks there is farther away than the walk is long.
  @Test func whoWalksThereIsInsideTheRadius() throws {
    let walkers = try client.answer("residents | within 1 km by walk of clinics | summarize n = count()")
    let both = try client.answer(
      "residents | within 1 km by walk of clinics | within 1 km of clinics | summarize n = count()")
    let inside = try client.answer("residents | within 1 km of clinics | summarize n = count()")
    let counts = try [walkers, both, inside].map { try $0.numbers("n")[0] ?? 0 }
    #expect(counts[0] > 0 && counts[0] == counts[1] && counts[1] < counts[2])
  }
}
