import FeatureTables
import GeometryKernel
import Testing
import WorkControl

@testable import DataQuality

@Suite struct RepairTests {
  @Test func whatIsCertainIsMendedAndTheRestIsMarked() throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    let clean = CityOfPoints(count: 1000, seed: seed)
    var city = clean
    for way in [ProblemKind.swappedAxes, .duplicateFeature, .wrongDistrict] { city.spoil(way, rows: 4) }
    let (table, notes) = try Repair.run(city.layer(), references: CityOfPoints.references())
    #expect(table.schema == Repair.schema(of: city.layer().table.schema))
    #expect(table.rowCount == 996, "seed \(seed)")
    #expect(notes.count == 2, "seed \(seed)")
    guard case .integer(let ids)? = table["id"]?.storage, let repaired = table["repaired"],
      let problem = table["problem"]
    else {
      Issue.record("columns are missing")
      return
    }
    let geometry = try #require(table.geometry)
    #expect((0..<table.rowCount).count { !repaired.isNull(at: $0) } == 8, "seed \(seed)")
    for (row, id) in ids.enumerated() {
      if city.spoiled[.swappedAxes]?.contains(Int32(id)) ?? false {
        #expect(geometry.xs[row] == clean.xs[Int(id)] && geometry.ys[row] == clean.ys[Int(id)], "seed \(seed)")
        #expect(repaired.value(at: row) == .text("exchanged x and y"))
        #expect(problem.isNull(at: row), "seed \(seed)")
      }
      if city.spoiled[.wrongDistrict]?.contains(Int32(id)) ?? false {
        guard case .text(let text) = problem.value(at: row) else {
          Issue.record("seed \(seed): row \(id) is not marked")
          continue
        }
        #expect(text.hasPrefix("wrong-district: says "))
      }
    }
    // What was mended is fine now.
    let again = CheckedLayer(name: "again", table: table, referenceSystem: .wgs84)
    let kinds = Set(try Checkup.run(again, references: CityOfPoints.references()).findings.map(\.kind))
    #expect(kinds.isDisjoint(with: [.swappedAxes, .duplicateFeature]), "seed \(seed)")
  }

  @Test func ringsAreMendedWhereTheirAreaIsPlain() throws {
    var shapes = DrawnShapes()
    // Touches itself in a corner; a bow-tie; clockwise; a spike.
    shapes.area([(0, 0), (4, 0), (4, 4), (2, 0), (0, 4), (0, 0)])
    shapes.area([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])
    shapes.area(square(10, 10, 2).reversed())
    shapes.area([(20, 0), (22, 0), (22, 2), (22, 5), (22, 2), (20, 2), (20, 0)])
    let (table, _) = try Repair.run(layer(shapes.finish()))
    let geometry = try #require(table.geometry)
    let repaired = try #require(table["repaired"])
    let problem = try #require(table["problem"])
    #expect((0..<4).map { repaired.isNull(at: $0) } == [false, true, false, false])
    #expect((0..<4).map { problem.isNull(at: $0) } == [true, false, true, true])
    #expect(geometry.area(at: 0) == 8)
    #expect(geometry.area(at: 3) == 4)
    #expect(geometry.kind(at: 1) == .polygon)
    #expect(geometry.doubleSignedArea(ofRing: geometry.rings(ofPart: geometry.parts(at: 2).lowerBound).lowerBound) > 0)
  }
}
