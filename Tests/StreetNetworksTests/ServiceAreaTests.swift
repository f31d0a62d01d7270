import GeometryKernel
import GeometryOperations
import TestSupport
import Testing

@testable import StreetNetworks

/// Outlines of service areas, on maps whose columns are 50 m and rows 100 m apart.
@Suite struct ServiceAreaTests {
  /// The area of the first of some facilities.
  private static func area(
    _ drawing: Drawing, _ facilities: GeometryArray, within limit: Double, width: Double = 25,
    largestHole: Double = ServiceAreas.usualLargestHole
  ) throws -> GeometryArray {
    let city = try City(drawing)
    let lines = try city.travel.serviceLines(city.snap(facilities), within: limit)
    return try area(ServiceAreas(lines, over: city.travel, city.tree, width: width, largestHole: largestHole), 0)
  }

  private static func area(_ areas: ServiceAreas, _ facility: Int) throws -> GeometryArray {
    let geos = try GEOSContext()
    let pieces = areas.pieces(of: facility)
    #expect(try geos.validity(of: pieces).isEmpty)
    let area = areas.closingSmallHoles(of: try geos.union(pieces), facility: facility)
    #expect(try geos.validity(of: area).isEmpty)
    return area
  }

  /// 100 m from 40 m behind A: back to the dead end at A with a round end, on to 40 m beyond B, cut off square.
  @Test func roundAtDeadEndsAndSquareWhereTheTimeRunsOut() throws {
    let drawing = Drawing("A-B-D", "AB", "BD")
    let area = try Self.area(drawing, drawing.points("A", dx: 40), within: 100)
    let box = area.extent
    #expect(abs(box.minX + 25) < 0.01 && abs(box.maxX - 140) < 1e-6)
    #expect(abs(box.minY + 25) < 1e-6 && abs(box.maxY - 25) < 1e-6)
    // A rectangle and half of a hexadecagon in the circle of 25 m.
    let half = 8 * 25 * 25 * 0.5 * 0.38268343236508984
    #expect(abs((area.area(at: 0) ?? 0) - (140 * 50 + half)) < 1e-3)
    #expect(area.inside(139.9, 24.9) && !area.inside(140.1, 0) && !area.inside(-20, 20))
  }

  /// The river is 200 m wide and has one bridge, at B-E. 200 m from A reach C and half of the bridge. However wide the
  /// area is drawn, it ends in the middle of the river.
  @Test func neverLeapsARiver() throws {
    let drawing = Drawing(
      """
      A-B-C

      D-E-F
      """, "AB", "BC", "DE", "EF", "BE")
    let area = try Self.area(drawing, drawing.points("A"), within: 200, width: 150)
    #expect(area.inside(-50, -99) && !area.inside(-50, -101))
    // 90 m west of the bridge it is as near to the half that is reached as to the other.
    #expect(area.inside(10, -99) && !area.inside(10, -101))
    #expect(area.inside(100, -99) && !area.inside(100, -101))
    #expect(area.inside(10, 120) && !area.inside(50, -150) && !area.inside(190, -110))
  }

  /// C-D runs 100 m beside A-B and is reached from B only, by 300 m: after 250 m nobody is there.
  @Test func anUnreachedStreetBesideAReachedOneIsOutside() throws {
    let drawing = Drawing(
      """
      A---B
      C---D
      """, "AB", "BD", "CD")
    let near = try Self.area(drawing, drawing.points("A"), within: 250, width: 80)
    #expect(near.inside(100, -49) && !near.inside(100, -51) && !near.inside(190, -51))
    let far = try Self.area(drawing, drawing.points("A"), within: 400, width: 80)
    #expect(far.inside(150, -100) && !far.inside(50, -100))
  }

  /// B-D leaves A-C in its middle and is for others: the area gives way to it in a right angle, and A-C is kept.
  @Test func aStreetForOthersIsNoStreetOfTheMode() throws {
    let drawing = Drawing(
      """
      A-B-C
        D
      """, "AB", "BC", "BD:motorway")
    let area = try Self.area(drawing, drawing.points("A"), within: 500)
    // A motorway is no street to a walker, and holds nothing back.
    #expect(area.inside(100, -20) && !area.inside(100, -30))
    let cut = Drawing(
      """
      A-B-C
        D
      """, "AB", "BC", "BD")
    // 100 m reach B and nothing beyond; B-D is held off by half of the right angle, and so is B-C.
    let short = try Self.area(cut, cut.points("A"), within: 100)
    #expect(short.inside(99, 20) && !short.inside(101, 0) && short.inside(75, -20) && !short.inside(95, -20))
  }

  /// A block of 200 m by 200 m whose streets are all reached leaves a hole of 150 m by 150 m.
  @Test func holesAreClosedWhenTheyAreSmallAndEmpty() throws {
    let map = """
      A---B
       EF
      C---D
      """
    let block = Drawing(map, "AB", "BD", "DC", "CA")
    #expect(try Self.area(block, block.points("A"), within: 1000).inside(100, -100))
    let closed = try Self.area(block, block.points("A"), within: 1000, largestHole: 22_500.5)
    #expect(closed.inside(100, -100) && closed.rings(ofPart: 0).count == 1)
    #expect(!(try Self.area(block, block.points("A"), within: 1000, largestHole: 22_499).inside(100, -100)))
    // A footpath that meets nothing lies in it.
    let path = Drawing(map, "AB", "BD", "DC", "CA", "EF")
    #expect(!(try Self.area(path, path.points("A"), within: 1000, largestHole: 30_000).inside(100, -130)))
  }

  /// Two clinics at the ends of a street share it in the middle, and what is beside it.
  @Test func splitAreasMeetInTheMiddle() throws {
    let drawing = Drawing("A---B", "AB")
    let city = try City(drawing)
    let reach = try NearestReach(of: city.snap(drawing.points("AB")), over: city.travel, within: 500)
    let areas = ServiceAreas(reach.serviceLines(), over: city.travel, city.tree)
    let (a, b) = (try Self.area(areas, 0), try Self.area(areas, 1))
    #expect(abs(a.extent.maxX - 100) < 1e-6 && abs(b.extent.minX - 100) < 1e-6)
    #expect(a.inside(99, 20) && !b.inside(99, 20) && b.inside(101, 20))
  }

  /// Sixteenths of every edge: what is reached is in the area or on its outline, and what is not is not inside; and the
  /// area grows with the limit.
  @Test(arguments: 1...16)
  func againstSamplesOfEveryStreet(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let streets = RandomStreets(&random, streets: 8 + 2 * seed, facilities: 2)
    let city = try City(try StreetGraphBuilder().build(streets.lines, streets.attributes).0, .walk)
    let sites = try city.snap(streets.facilities, Snapping(limit: 1000))
    let width = Double.random(in: 5...60, using: &random)
    for facility in 0..<2 {
      var last = 0.0
      for limit in [60.0, 150, 320] {
        let lines = try city.travel.serviceLines(sites, within: limit)
        let context = Comment("seed \(seed), facility \(facility), \(limit) m, width \(width)")
        let areas = ServiceAreas(lines, over: city.travel, city.tree, width: width)
        guard lines.facilities.contains(Int32(facility)) else { continue }
        let area = try Self.area(areas, facility)
        var reached: [(x: Double, y: Double)] = []
        var unreached: [(x: Double, y: Double)] = []
        func sample(_ pieces: Int, _ visit: (_ place: (x: Double, y: Double), _ isReached: Bool) -> Void) {
          for edge in 0..<city.graph.edgeCount where city.travel.isOpen(edge) {
            let slack = 10 / Double(city.graph.lengths[edge])
            let own = (0..<lines.count).filter { lines.edges[$0] == edge && lines.facilities[$0] == facility }
            for piece in 0...pieces {
              let share = Double(piece) / Double(pieces)
              if own.contains(where: { lines.firsts[$0] <= share && share <= lines.lasts[$0] }) {
                visit(city.graph.position(on: edge, at: share), true)
              } else if own.allSatisfy({ share < lines.firsts[$0] - slack || share > lines.lasts[$0] + slack }) {
                visit(city.graph.position(on: edge, at: share), false)
              }
            }
          }
        }
        sample(16) { place, isReached in
          if isReached { reached.append(place) } else { unreached.append(place) }
        }
        for (x, y) in reached where !area.inside(x, y) && area.border(x, y) >= 1e-3 {
          // Where streets lie one over the other a place is both.
          var least = Double.infinity
          sample(1024) { place, isReached in
            if !isReached { least = min(least, abs(place.x - x) + abs(place.y - y)) }
          }
          #expect(least < 1, "(\(x), \(y)) \(context)")
        }
        for (x, y) in unreached {
          #expect(!area.inside(x, y) || area.border(x, y) < 1e-3, "(\(x), \(y)) \(context)")
        }
        let size = area.area(at: 0) ?? 0
        #expect(size > last * 0.999, context)
        last = size
      }
    }
  }
}

extension GeometryArray {
  /// Whether a place is in the only row, by the even-odd rule.
  fileprivate func inside(_ x: Double, _ y: Double) -> Bool {
    var isInside = false
    for part in parts(at: 0) {
      for ring in rings(ofPart: part) {
        for i in coordinates(ofRing: ring).dropFirst() where (ys[i - 1] > y) != (ys[i] > y) {
          if x < xs[i - 1] + (y - ys[i - 1]) / (ys[i] - ys[i - 1]) * (xs[i] - xs[i - 1]) { isInside.toggle() }
        }
      }
    }
    return isInside
  }

  /// Metres to the outline.
  fileprivate func border(_ x: Double, _ y: Double) -> Double {
    var least = Double.infinity
    for part in parts(at: 0) {
      for ring in rings(ofPart: part) {
        for i in coordinates(ofRing: ring).dropFirst() {
          least = min(least, Segment(xs[i - 1], ys[i - 1], xs[i], ys[i]).squaredDistance(x: x, y: y))
        }
      }
    }
    return least.squareRoot()
  }
}
