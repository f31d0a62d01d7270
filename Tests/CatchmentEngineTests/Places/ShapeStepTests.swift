import FeatureTables
import GeometryKernel
import GeometryOperations
import Testing

/// Steps that make new shapes, over the embedded layers, against GEOS and formulas.
@Suite struct ShapeStepTests {
  private let client: TestClient

  init() throws { client = try TestClient() }

  private func geometry(_ query: String) throws -> GeometryArray { try #require(client.answer(query).geometry) }

  private func areas(_ geometry: GeometryArray) -> [Double?] { (0..<geometry.count).map { geometry.area(at: $0) } }

  @Test func measures() throws {
    for name in ["subdistricts", "parks", "districts", "start_up_area"] {
      let shapes = try PlainLayer(name).shapes
      let table = try client.answer("\(name) | select a = area(), l = length(), n = vertices()")
      expectClose(try table.numbers("a"), shapes.map(\.area), relative: 1e-10)
      expectClose(try table.numbers("l"), shapes.map(\.length), relative: 1e-10)
      expectClose(try table.numbers("n"), shapes.map { Double($0.corners.count) }, within: 0)
    }
  }

  @Test func clipAndErase() throws {
    let geos = try GEOSContext()
    let districts = try geometry("districts")
    let mask = try geos.union(geometry("parks"))
    let inside = try geos.clip(districts, to: mask)
    let outside = try geos.erase(districts, by: mask)
    let clipped = try client.answer("districts | clip to parks | select id, a = area()")
    let kept = (0..<districts.count).filter { (inside.area(at: $0) ?? 0) > 0 }
    #expect(!kept.isEmpty && kept.count < districts.count)
    #expect(try clipped.numbers("id") == kept.map { Double($0 + 1) })
    expectClose(try clipped.numbers("a"), kept.map { inside.area(at: $0) }, relative: 1e-9)
    let erased = try client.answer("districts | erase parks | select id, a = area()")
    expectClose(try erased.numbers("a"), areas(outside), relative: 1e-9)
    #expect(try client.answer("parks | erase start_up_area").rowCount == 0)
    #expect(try client.answer("clinics | clip to start_up_area").rowCount == 155)
  }

  @Test func dissolve() throws {
    let whole = try PlainLayer("start_up_area").shapes[0].area
    let united = try client.answer("subdistricts | dissolve | select a = area(), n = vertices()")
    #expect(abs(try united.number("a") - whole) < 1e-6 * whole)
    let table = try client.answer("clinics | dissolve by kind")
    let kinds = try PlainLayer("clinics").texts("kind")
    var order: [String?] = []
    for kind in kinds where !order.contains(kind) { order.append(kind) }
    #expect(try table.texts("kind") == order)
    let geometry = try #require(table.geometry)
    for (row, kind) in order.enumerated() {
      #expect(geometry.coordinates(at: row).count == kinds.count { $0 == kind })
    }
    #expect(try client.answer("clinics | where kind == \"no such\" | dissolve").rowCount == 0)
  }

  @Test func buffer() throws {
    // A polygon of n chords in a circle has (n / 2) sin(2π / n) r².
    let discs = try geometry("metro_stations | buffer 800 m")
    let polygon = 32 * 0.098_017_140_329_560_6 * 800 * 800
    expectClose(areas(discs), discs.boxes().map { _ in polygon }, relative: 1e-9)
    // Around a convex area: area + perimeter · d + the polygon of the corners.
    let hulls = try client.answer("parks | hull | derive a = area(), l = length() | buffer 100 m")
    let expected = zip(try hulls.numbers("a"), try hulls.numbers("l")).map { a, l in
      a.flatMap { a in l.map { a + $0 * 100 + Double.pi * 10_000 } }
    }
    expectClose(areas(try #require(hulls.geometry)), expected, relative: 1e-4)
    let narrowed = try geometry("start_up_area | buffer -1 km")
    #expect((narrowed.area(at: 0) ?? 0) < (try PlainLayer("start_up_area").shapes[0].area))
  }

  @Test func hull() throws {
    let hull = try geometry("sale_points | dissolve | hull")
    let points = try PlainLayer("sale_points").places
    let ring = PlainShape(hull, row: 0).areas[0][0]
    let corners = Set(points)
    #expect(ring.allSatisfy(corners.contains))
    for i in 1..<ring.count {
      let (a, b) = (ring[i - 1], ring[i])
      // No point lies on the outer side of an edge.
      #expect(points.allSatisfy { (b.x - a.x) * ($0.y - a.y) - (b.y - a.y) * ($0.x - a.x) > -1e-3 })
    }
  }

  @Test func centroid() throws {
    let expected = try PlainLayer("subdistricts").shapes.map(\.centreOfMass)
    let found = try geometry("subdistricts | centroid")
    expectClose(found.xs, expected.map(\.x), within: 1e-6)
    expectClose(found.ys, expected.map(\.y), within: 1e-6)
  }

  @Test func simplify() throws {
    let before = try PlainLayer("start_up_area").shapes[0]
    let after = PlainShape(try geometry("start_up_area | simplify 200 m"), row: 0)
    #expect(after.corners.count < before.corners.count && after.corners.count >= 4)
    let outline = PlainShape(lines: after.areas.flatMap { $0 })
    #expect(before.corners.allSatisfy { outline.distance(from: $0).map { $0 <= 200.001 } ?? false })
    #expect(try GEOSContext().validity(of: geometry("start_up_area | simplify 200 m")).isEmpty)
  }

  /// Neighbours share corners bit for bit, no two overlap, and together they hold the whole place.
  @Test(arguments: ["grid", "hexagons"]) func tiles(_ step: String) throws {
    let size = 3000.0
    let tiles = try client.answer("start_up_area | \(step) 3 km")
    let geometry = try #require(tiles.geometry)
    let tileArea = step == "grid" ? size * size : 3.0.squareRoot() / 2 * size * size
    expectClose(areas(geometry), geometry.boxes().map { _ in tileArea }, relative: 1e-9)
    struct Edge: Hashable { let from: Place, to: Place }
    var edges: Set<Edge> = []
    var count = 0
    for row in 0..<geometry.count {
      let ring = PlainShape(geometry, row: row).areas[0][0]
      #expect(ring.count == (step == "grid" ? 5 : 7))
      for i in 1..<ring.count {
        edges.insert(Edge(from: ring[i - 1], to: ring[i]))
        count += 1
      }
    }
    // Outlines run counter-clockwise, so an edge passed twice the same way would be an overlap.
    #expect(edges.count == count)
    let shared = edges.count { edges.contains(Edge(from: $0.to, to: $0.from)) }
    #expect(shared > count * 3 / 4)
    let whole = try PlainLayer("start_up_area").shapes[0].area
    let parts = try client.answer("start_up_area | \(step) 3 km | clip to start_up_area | summarize a = sum(area())")
    #expect(abs(try parts.number("a") - whole) < 1e-7 * whole)
    #expect(try tiles.numbers("id") == (1...tiles.rowCount).map(Double.init))
    #expect(
      try tiles.numbers("column").count
        == Set(zip(tiles.numbers("column"), tiles.numbers("row")).map { [$0, $1] }).count)
  }

  @Test func tilesOfPointsHoldEveryPoint() throws {
    let counted = try client.answer(
      "residents | grid 500 m | count residents as n | summarize n = sum(n), least = min(n)")
    #expect(try counted.number("n") >= 10_000)
    #expect(try counted.number("least") >= 1)
    #expect(try client.failure("start_up_area | grid 1 m")[0].message.contains("tiles"))
  }
}
