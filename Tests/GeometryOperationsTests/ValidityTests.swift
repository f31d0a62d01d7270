import GeometryKernel
import Testing

@testable import GeometryOperations

@Suite struct ValidityTests {
  let context: GEOSContext
  init() throws { context = try GEOSContext() }

  /// Two triangles that meet in (1, 1).
  static let bowTie: [Position] = [(0, 0), (2, 2), (2, 0), (0, 2)]

  @Test func eachDefectHasItsRowReasonAndPlace() throws {
    var builder = GeometryArrayBuilder(
      continuing: areas(
        [corners(0, 0, 1, 1)], [Self.bowTie], [corners(0, 0, 2, 2), corners(5, 5, 1, 1)],
        [[(0, 0), (1, 0), (.nan, 1)]]))
    builder.appendNull()
    builder.beginRow(.polygon)
    builder.beginPart(.area)
    builder.addRing(xs: [0, 1, 1], ys: [0, 0, 1])
    builder.endRow()
    builder.beginRow(.polygon)
    builder.beginPart(.area)
    builder.addRing(xs: [7, 8, 7], ys: [7, 7, 7])
    builder.endRow()
    builder.beginRow(.lineString)
    builder.beginPart(.line)
    builder.addRing(xs: [3], ys: [4])
    builder.endRow()
    builder.append(lines([(9, 9), (9, 9)]), row: 0)
    let rows = builder.finish()
    let defects = try context.validity(of: rows)
    #expect(defects.map(\.row) == [1, 2, 3, 5, 6, 7, 8])
    #expect(
      defects.map(\.reason) == [
        "Self-intersection", "Hole lies outside shell", "a coordinate that is not a finite number",
        "a ring that is not closed", "a ring of fewer than four vertices", "a line of one vertex",
        "Too few points in geometry component",
      ])
    #expect(defects[0].x == 1 && defects[0].y == 1)
    #expect(defects[1].x == 5 && defects[1].y == 5)
    #expect(defects[2].x.isNaN && defects[2].y == 1)
    #expect(defects[4].x == 7 && defects[6].x == 9)
    #expect(defects[0].description == "row 2 is invalid: Self-intersection at (1.0, 1.0)")
  }

  @Test func repairKeepsTheAreaThatIsThere() throws {
    var builder = GeometryArrayBuilder(
      continuing: areas(
        [corners(0, 0, 1, 1).reversed()], [Self.bowTie], [corners(0, 0, 2, 2), corners(5, 5, 1, 1)],
        [[(0, 0), (2, 0), (.nan, 1), (2, 2), (0, 2)]], [[(0, 0), (.infinity, 0), (1, 1)]],
        [[(0, 0), (5, 0), (9, 0)]]))
    builder.appendNull()
    builder.beginRow(.polygon)
    builder.beginPart(.area)
    builder.addRing(xs: [0, 3, 3], ys: [0, 0, 4])
    builder.endRow()
    // Two parts that overlap in a unit square, as two drawings of one park.
    builder.beginRow(.multiPolygon)
    for corner in [0.0, 1] {
      builder.beginPart(.area)
      let ring = corners(corner, corner, 2, 2) + [(corner, corner)]
      builder.addRing(xs: ring.map(\.0), ys: ring.map(\.1))
    }
    builder.endRow()
    let rows = builder.finish()
    let repaired = try context.makeValid(rows)
    #expect(repaired.defects.map(\.row) == [1, 2, 3, 4, 5, 7, 8])
    #expect(repaired.lostRows == [4, 5])
    let geometry = repaired.geometry
    #expect(try context.validity(of: geometry).isEmpty)
    // The hole far from its shell becomes a part: 4 + 1.
    let areas = (0..<rows.count).map { geometry.area(at: $0) }
    #expect(areas == [1, 2, 5, 4, nil, nil, nil, 6, 7])
    #expect(geometry.kind(at: 1) == .multiPolygon && geometry.kind(at: 8) == .polygon)
    #expect(geometry.isNull(at: 4) && geometry.isNull(at: 6))
    #expect(geometry.doubleSignedArea(ofRing: 0) > 0)
  }

  @Test func validRowsStayAsTheyAre() throws {
    let valid = ShapeTests.everyKind
    #expect(try context.validity(of: valid).isEmpty)
    let repaired = try context.makeValid(valid)
    #expect(repaired.defects.isEmpty && repaired.lostRows.isEmpty)
    #expect(repaired.geometry.bytes == valid.rightHanded().bytes)
    let points = GeometryArray(pointsX: [1, .nan], y: [2, 0])
    #expect(try context.makeValid(points).geometry.isPointsLayout)
    #expect(try context.validity(of: GeometryArray(pointsX: [.infinity], y: [0])).map(\.row) == [0])
  }
}
