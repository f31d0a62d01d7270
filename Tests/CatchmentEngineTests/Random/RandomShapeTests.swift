import FeatureTables
import GeometryKernel
import GeometryOperations
import Testing

/// Lines and areas that ask, against GEOS asked about all pairs.
@Suite struct RandomShapeTests {
  private struct World {
    let client: TestClient
    let geometry: [String: GeometryArray]

    init(seed: UInt64) throws {
      client = try TestClient()
      _ = try RandomLayer(points: 80, seed: seed &+ 1).brought(into: client, as: "stops")
      _ = try RandomLayer(areas: 40, seed: seed &+ 2).brought(into: client, as: "blocks")
      _ = try RandomLayer(areas: 15, seed: seed &+ 4).brought(into: client, as: "fields")
      _ = try RandomLayer(lines: 40, seed: seed &+ 3).brought(into: client, as: "roads")
      var geometry: [String: GeometryArray] = [:]
      for name in ["stops", "blocks", "fields", "roads"] {
        geometry[name] = try client.answer(name).geometry
      }
      self.geometry = geometry
    }

    /// Row numbers, from 1, of `rows` for which the predicate holds with some row of `others`, and of those for which it
    /// holds with none.
    func split(_ rows: String, _ predicate: SpatialPredicate, _ others: String) throws -> ([Double?], [Double?]) {
      let rows = try #require(geometry[rows])
      let others = try #require(geometry[others])
      var met: [Double?] = []
      var free: [Double?] = []
      for row in 0..<rows.count where !rows.isNullOrEmpty(at: row) {
        let answers = try GEOSContext().test(
          predicate, rows, rows: (0..<others.count).map { _ in Int32(row) }, others,
          rows: (0..<others.count).map { Int32($0) })
        if answers.contains(true) { met.append(Double(row + 1)) } else { free.append(Double(row + 1)) }
      }
      return (met, free)
    }
  }

  static let seeds: [UInt64] = [3, 44]

  @Test(arguments: seeds) func predicates(seed: UInt64) throws {
    let world = try World(seed: seed)
    for rows in ["roads", "blocks", "stops"] {
      for others in ["fields", "roads", "stops"] {
        let (met, free) = try world.split(rows, .intersects, others)
        #expect(
          try world.client.answer("\(rows) | intersecting \(others)").numbers("number") == met,
          "seed \(seed): \(rows) \(others)")
        if others == "fields" {
          #expect(
            try world.client.answer("\(rows) | outside fields").numbers("number") == free, "seed \(seed): \(rows)")
          let inside = try world.split(rows, .coveredBy, others).0
          #expect(
            try world.client.answer("\(rows) | inside fields").numbers("number") == inside, "seed \(seed): \(rows)")
        }
      }
    }
  }

  /// The distance between shapes, by the corners of the one and the segments of the other, where they do not meet.
  @Test(arguments: seeds) func distances(seed: UInt64) throws {
    let world = try World(seed: seed)
    for (rows, others) in [("roads", "blocks"), ("blocks", "stops"), ("blocks", "roads"), ("blocks", "fields")] {
      let left = try #require(world.geometry[rows])
      let right = try #require(world.geometry[others])
      let shapes = (0..<right.count).map { PlainShape(right, row: $0) }
      var near: [Double?] = []
      var nearest: [Double?] = []
      for row in 0..<left.count {
        let shape = PlainShape(left, row: row)
        var least: Double?
        for (number, other) in shapes.enumerated() where !shape.isNowhere && !other.isNowhere {
          let meets = try GEOSContext().test(.intersects, left, rows: [Int32(row)], right, rows: [Int32(number)])[0]
          let apart =
            (shape.corners.compactMap { other.distance(from: $0) }
            + other.corners.compactMap { shape.distance(from: $0) }).min()
          least = min(least ?? .infinity, meets ? 0 : apart ?? .infinity)
        }
        nearest.append(least)
        if let least, least <= 400 { near.append(Double(row + 1)) }
      }
      let table = try world.client.answer("\(rows) | nearest 1 \(others) as o")
      expectClose(try table.numbers("o.distance"), nearest, within: 1e-9, "seed \(seed): \(rows) \(others)")
      #expect(
        try world.client.answer("\(rows) | within 400 m of \(others)").numbers("number") == near,
        "seed \(seed): \(rows) \(others)")
    }
  }

  @Test(arguments: seeds) func countOfLinesAndAreas(seed: UInt64) throws {
    let world = try World(seed: seed)
    let fields = try #require(world.geometry["fields"])
    for others in ["roads", "blocks", "stops"] {
      let right = try #require(world.geometry[others])
      let expected = try (0..<fields.count).map { row -> Double? in
        if fields.isNullOrEmpty(at: row) { return nil }
        let answers = try GEOSContext().test(
          .intersects, fields, rows: (0..<right.count).map { _ in Int32(row) }, right,
          rows: (0..<right.count).map { Int32($0) })
        return Double(answers.count { $0 })
      }
      expectClose(
        try world.client.answer("fields | count \(others) as n").numbers("n"), expected, within: 0,
        "seed \(seed): \(others)")
    }
  }

  /// Overlapping masks are taken once; coverage agrees with discs drawn finely.
  @Test(arguments: seeds) func cutting(seed: UInt64) throws {
    let world = try World(seed: seed)
    let geos = try GEOSContext()
    let blocks = try #require(world.geometry["blocks"])
    let fields = try #require(world.geometry["fields"])
    let stops = try #require(world.geometry["stops"])
    let areas = (0..<blocks.count).map { blocks.area(at: $0) ?? 0 }
    func sums(_ geometry: GeometryArray) -> [Double?] { (0..<geometry.count).map { geometry.area(at: $0) ?? 0 } }
    let inside = try sums(geos.clip(blocks, to: geos.union(fields)))
    let clipped = try world.client.answer("blocks | clip to fields | select number, a = area()")
    let kept = inside.indices.filter { inside[$0] ?? 0 > 0 }
    #expect(try clipped.numbers("number") == kept.map { Double($0 + 1) })
    expectClose(try clipped.numbers("a"), kept.map { inside[$0] }, within: 1e-4, "seed \(seed)")
    let erased = try world.client.answer("blocks | erase fields | select number, a = area()")
    let rest = areas.indices.filter { areas[$0] - (inside[$0] ?? 0) > 1e-6 }
    #expect(try erased.numbers("number") == rest.map { Double($0 + 1) })
    expectClose(try erased.numbers("a"), rest.map { areas[$0] - (inside[$0] ?? 0) }, within: 1e-4, "seed \(seed)")

    let reach = try geos.union(geos.buffer(stops, distance: 500, quadrantSegments: 64))
    let covered = try sums(geos.clip(blocks, to: reach))
    let coverage = try world.client.answer("blocks | coverage by stops within 500 m as c")
    for (row, found) in try coverage.numbers("c.covered").enumerated() {
      #expect(abs((found ?? 0) - (covered[row] ?? 0)) <= 0.001 * areas[row], "seed \(seed): row \(row)")
    }
    let dissolved = try world.client.answer("blocks | dissolve | select a = area()").number("a")
    #expect(abs(try dissolved - (geos.union(blocks).area(at: 0) ?? 0)) < 1e-3)
  }
}
