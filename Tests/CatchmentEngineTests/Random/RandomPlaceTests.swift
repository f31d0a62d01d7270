import FeatureTables
import Testing

/// Steps by place over made-up layers with nulls, empty rows, equal places and exact distances, against loops over all
/// pairs.
@Suite struct RandomPlaceTests {
  /// One world a seed: points that ask, points, lines and areas that answer.
  private struct World {
    let client: TestClient
    let rows: PlainLayer
    let others: [PlainLayer]

    init(seed: UInt64) throws {
      client = try TestClient()
      let stops = try RandomLayer(points: 60, seed: seed &+ 1).brought(into: client, as: "stops")
      let blocks = try RandomLayer(areas: 30, seed: seed &+ 2).brought(into: client, as: "blocks")
      let roads = try RandomLayer(lines: 25, seed: seed &+ 3).brought(into: client, as: "roads")
      // Some rows lie on corners of areas and lines, some 500 m off them.
      let anchors =
        stops.places + blocks.shapes.prefix(6).flatMap { $0.corners.prefix(3) }
        + roads.shapes.prefix(4).flatMap { $0.corners.prefix(2) }
      rows = try RandomLayer(points: 400, around: anchors, seed: seed).brought(into: client, as: "folk")
      others = [stops, blocks, roads]
    }
  }

  static let seeds: [UInt64] = [1, 2, 20_260_101]

  @Test(arguments: seeds) func withinAndBeyond(seed: UInt64) throws {
    let world = try World(seed: seed)
    for other in world.others {
      for distance in [0, 120, 500, 2000] {
        let near = try world.client.answer("folk | within \(distance) m of \(other.name)").numbers("number")
        let far = try world.client.answer("folk | beyond \(distance) m of \(other.name)").numbers("number")
        var expected: [Double?] = []
        var rest: [Double?] = []
        for (row, shape) in world.rows.shapes.enumerated() {
          guard let place = shape.point else { continue }
          let isNear = other.shapes.contains { $0.distance(from: place).map { $0 <= Double(distance) } ?? false }
          if isNear { expected.append(Double(row + 1)) } else { rest.append(Double(row + 1)) }
        }
        #expect(near == expected, "seed \(seed): within \(distance) m of \(other.name)")
        #expect(far == rest, "seed \(seed): beyond \(distance) m of \(other.name)")
      }
    }
  }

  @Test(arguments: seeds) func insideOutsideIntersecting(seed: UInt64) throws {
    let world = try World(seed: seed)
    let blocks = world.others[1]
    let placed = world.rows.shapes.enumerated().compactMap { row, shape in shape.point.map { (Double(row + 1), $0) } }
    let held = placed.filter { _, place in blocks.shapes.contains { $0.holds(place) } }.map { Optional($0.0) }
    let free = placed.filter { _, place in !blocks.shapes.contains { $0.holds(place) } }.map { Optional($0.0) }
    #expect(!held.isEmpty && !free.isEmpty)
    #expect(try world.client.answer("folk | inside blocks").numbers("number") == held, "seed \(seed)")
    #expect(try world.client.answer("folk | intersecting blocks").numbers("number") == held, "seed \(seed)")
    #expect(try world.client.answer("folk | outside blocks").numbers("number") == free, "seed \(seed)")
    #expect(world.client.notes.contains { $0.contains("no geometry") })
  }

  @Test(arguments: seeds) func nearest(seed: UInt64) throws {
    let world = try World(seed: seed)
    for other in world.others {
      let table = try world.client.answer("folk | nearest 3 \(other.name) as o within 900 m")
      var expected: [[Double?]] = []
      for (row, shape) in world.rows.shapes.enumerated() {
        let found = shape.point.map { place in
          other.shapes.enumerated().compactMap { number, shape in
            shape.distance(from: place).map { ($0, Double(number + 1)) }
          }.filter { $0.0 <= 900 }.sorted { $0 < $1 }.prefix(3)
        }
        for (distance, number) in found ?? [] { expected.append([Double(row + 1), number, distance]) }
        if found?.isEmpty ?? true { expected.append([Double(row + 1), nil, nil]) }
      }
      #expect(try table.numbers("number") == expected.map { $0[0] }, "seed \(seed): \(other.name)")
      #expect(try table.numbers("o.number") == expected.map { $0[1] }, "seed \(seed): \(other.name)")
      expectClose(try table.numbers("o.distance"), expected.map { $0[2] }, within: 1e-9, "seed \(seed)")
      let reasons = try table.texts("o.reason")
      for (row, reason) in reasons.enumerated() {
        let isPlaced = world.rows.shapes[Int(expected[row][0] ?? 0) - 1].point != nil
        #expect(reason == (expected[row][1] != nil ? nil : isPlaced ? "too far: none within 900 m" : "no geometry"))
      }
    }
  }

  @Test(arguments: seeds) func locate(seed: UInt64) throws {
    let world = try World(seed: seed)
    let blocks = world.others[1]
    let table = try world.client.answer("folk | locate in blocks as b")
    let expected = world.rows.shapes.map { shape in
      shape.point.flatMap { place in blocks.shapes.firstIndex { $0.holds(place) }.map { Double($0 + 1) } }
    }
    #expect(try table.numbers("b.number") == expected, "seed \(seed)")
    #expect(try table.numbers("number") == world.rows.shapes.indices.map { Double($0 + 1) })
    let reasons = try table.texts("b.reason")
    for row in reasons.indices {
      let expectedReason =
        expected[row] != nil ? nil : world.rows.shapes[row].point == nil ? "no geometry" : "in none of blocks"
      #expect(reasons[row] == expectedReason)
    }
  }

  /// Of equals the one with the smaller id is taken, however the candidates were sorted.
  @Test func tiesGoToTheSmallerID() throws {
    let client = try TestClient()
    for (ascending, descending) in [
      ("subdistricts | buffer 4 km", "subdistricts | buffer 4 km | sort by id desc"),
      ("subdistricts | sort by name", "subdistricts | sort by name desc"),
    ] {
      for step in ["locate in (%) as s", "nearest 2 (%) as s"] {
        let first = try client.answer("residents | take 300 | \(step.replacing("%", with: ascending)) | select s.id")
        let second = try client.answer("residents | take 300 | \(step.replacing("%", with: descending)) | select s.id")
        #expect(first.exactRows == second.exactRows, "\(step) \(ascending)")
      }
    }
    let several = try client.answer(
      "residents | take 300 | locate in (subdistricts | buffer 4 km | sort by id desc) as s")
    let areas = try #require(client.answer("subdistricts | buffer 4 km").geometry)
    let shapes = (0..<areas.count).map { PlainShape(areas, row: $0) }
    let places = try PlainLayer("residents").places.prefix(300)
    #expect(
      try several.numbers("s.id")
        == places.map { place in shapes.firstIndex { $0.holds(place) }.map { Double($0 + 1) } })
    #expect(places.contains { place in shapes.count { $0.holds(place) } > 1 })
  }

  @Test(arguments: seeds) func around(seed: UInt64) throws {
    let world = try World(seed: seed)
    for other in world.others {
      let table = try world.client.answer(
        """
        folk | around 500 m \(other.name) as o (n = count(), s = sum(value), least = min(value), most = max(value),
          near = min(distance), words = count_distinct(word))
        """)
      let value = other.numbers("value")
      let word = other.texts("word")
      var columns: [[Double?]] = Array(repeating: [], count: 6)
      for shape in world.rows.shapes {
        let found = other.shapes.indices.compactMap { number in
          shape.point.flatMap { other.shapes[number].distance(from: $0) }.map { ($0, number) }
        }.filter { $0.0 <= 500 }
        let values = found.compactMap { value[$0.1] }
        columns[0].append(Double(found.count))
        columns[1].append(values.isEmpty ? nil : values.reduce(0, +))
        columns[2].append(values.min())
        columns[3].append(values.max())
        columns[4].append(found.map(\.0).min())
        columns[5].append(Double(Set(found.map { word[$0.1] }).count))
      }
      for (name, expected) in zip(["n", "s", "least", "most", "near", "words"], columns) {
        expectClose(
          try table.numbers("o.\(name)"), expected, within: 1e-9, "seed \(seed): \(name) of \(other.name)")
      }
    }
  }

  /// A point on the outlines of several areas counts in each.
  @Test(arguments: seeds) func countAndDensity(seed: UInt64) throws {
    let world = try World(seed: seed)
    let blocks = world.others[1]
    let table = try world.client.answer("blocks | count folk as n | density folk per km2 as d")
    let counts = blocks.shapes.map { block -> Double? in
      block.isNowhere ? nil : Double(world.rows.shapes.count { $0.point.map(block.holds) ?? false })
    }
    expectClose(try table.numbers("n"), counts, within: 0, "seed \(seed)")
    expectClose(
      try table.numbers("d"), zip(counts, blocks.shapes).map { count, block in count.map { $0 / block.area } },
      within: 1e-15, "seed \(seed)")
    let shared = world.rows.places.count { place in blocks.shapes.count { $0.holds(place) } > 1 }
    #expect(shared > 0, "seed \(seed) shares no place")
  }

  @Test(arguments: seeds) func coverageByPeople(seed: UInt64) throws {
    let world = try World(seed: seed)
    let blocks = world.others[1]
    let value = world.rows.numbers("value")
    for facilities in world.others {
      let table = try world.client.answer(
        "blocks | coverage by \(facilities.name) within 500 m of folk weighted by value as c")
      var covered = Array(repeating: 0.0, count: blocks.count)
      var total = covered
      for (row, shape) in world.rows.shapes.enumerated() {
        guard let place = shape.point else { continue }
        let isReached = facilities.shapes.contains { $0.distance(from: place).map { $0 <= 500 } ?? false }
        for (area, block) in blocks.shapes.enumerated() where block.holds(place) {
          total[area] += value[row] ?? 0
          if isReached { covered[area] += value[row] ?? 0 }
        }
      }
      expectClose(try table.numbers("c.total"), total, within: 0, "seed \(seed) \(facilities.name)")
      expectClose(try table.numbers("c.covered"), covered, within: 0, "seed \(seed) \(facilities.name)")
    }
  }
}
