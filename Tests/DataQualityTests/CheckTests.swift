import FeatureTables
import GeometryKernel
import GeometryOperations
import Projections
import TestSupport
import Testing
import WorkControl

@testable import DataQuality

@Suite struct CheckTests {
  @Test func whatIsMissingIsToldApartFromWhatIsEmpty() throws {
    var shapes = DrawnShapes()
    shapes.area(square(0, 0, 1))
    shapes.null()
    shapes.empty(.polygon)
    let drawn = layer(shapes.finish())
    #expect(try drawn.rows(.missingGeometry) == [1])
    #expect(try drawn.rows(.emptyGeometry) == [2])
  }

  @Test func invalidAreasAreToldWithPlaceAndReason() throws {
    var shapes = DrawnShapes()
    shapes.area(square(0, 0, 1))
    shapes.area([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])
    shapes.area(square(0, 0, 9), square(20, 20, 1).reversed())
    // A ring that comes back on its own edge.
    shapes.area([(0, 0), (4, 0), (4, 4), (4, 1), (0, 0)])
    shapes.area([(0, 0), (1, 0), (2, 0), (2, 2), (0, 2), (0, 0)])
    let findings = try Checkup.run(layer(shapes.finish())).findings
    #expect(findings.map(\.kind) == [.invalidArea])
    #expect(findings[0].rows == [1, 2, 3])
    let first = findings[0].examples[0]
    #expect((first.x, first.y) == (1, 1))
    #expect(first.detail == "Self-intersection")
    #expect(first.label == "row 2")
  }

  /// The short way round GEOS agrees with GEOS: random rings of few corners on a coarse grid, where everything touches.
  @Test func fewCornersAreJudgedAsGEOSDoes() throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SplitMix64(seed: seed)
    var shapes = DrawnShapes()
    for _ in 0..<3000 {
      var ring = (0..<Int.random(in: 3...6, using: &random)).map { _ in
        Position(x: Double(Int.random(in: 0...4, using: &random)), y: Double(Int.random(in: 0...4, using: &random)))
      }
      ring.append(ring[0])
      shapes.area(ring)
    }
    let geometry = shapes.finish()
    let expected = try GEOSContext().validity(of: geometry).map { Int32($0.row) }
    let found = try layer(geometry).rows(.invalidArea)
    let difference = Set(found).symmetricDifference(expected).sorted().prefix(5)
    #expect(difference.isEmpty, "seed \(seed)")
    #expect(!expected.isEmpty && expected.count < 3000)
  }

  @Test func linesWithoutLengthAreTold() throws {
    var shapes = DrawnShapes()
    shapes.line((0, 0), (1, 1))
    shapes.line((3, 3), (3, 3), (3, 3))
    shapes.line((5, 5))
    #expect(try layer(shapes.finish()).rows(.shortLine) == [1, 2])
  }

  @Test func rowsOutsideTheDistrictTheyNameAreTold() throws {
    var areas = DrawnShapes()
    areas.area(square(0, 0, 1))
    areas.area(square(1, 0, 1))
    let districts = layer(areas.finish(), [("name", .texts(["历下区", "市中区"]))])
    let reference = try #require(ReferenceAreas(name: "districts", table: districts.table, uncertainty: 0))
    var shapes = DrawnShapes()
    for x in [0.2, 1.4, 0.5, 1.5, 1.0] { shapes.point(x, 0.5) }
    let drawn = layer(shapes.finish(), [("区县", .texts(["历下区", "市中区", "历下区", "历下区", "历下区"]))])
    let found = try Checkup.run(drawn, references: [reference]).findings.filter { $0.kind == .wrongDistrict }
    #expect(found.first?.rows == [3])
    #expect(found.first?.examples.first?.detail == "says 历下区, lies in 市中区")
    // 0.5° off, and the outline may be that far off.
    let vague = try #require(ReferenceAreas(name: "districts", table: districts.table, uncertainty: 60_000))
    #expect(try drawn.rows(.wrongDistrict, [vague]) == [])
  }

  @Test func uncertaintyIsReadFromWords() {
    #expect(ReferenceAreas.uncertainty(in: "±3 km") == 3000)
    #expect(ReferenceAreas.uncertainty(in: "±20 m, drawn") == 20)
    #expect(ReferenceAreas.uncertainty(in: nil) == 0)
  }
}
