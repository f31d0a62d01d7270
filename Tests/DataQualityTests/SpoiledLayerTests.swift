import FeatureTables
import GeometryKernel
import Testing
import WorkControl

@testable import DataQuality

/// Clean layers are spoiled in each way and in all ways at once; the doctor finds what was spoiled and little else.
@Suite struct SpoiledLayerTests {
  private static let seed = UInt64.random(in: 0..<1_000_000)
  private static let count = 2000

  @Test func nothingIsWrongWithACleanLayer() throws {
    for offset in UInt64(0)..<5 {
      let points = CityOfPoints(count: Self.count, seed: Self.seed + offset).layer()
      let report = try Checkup.run(points, references: CityOfPoints.references())
      let alarms = report.findings.reduce(0) { $0 + $1.count }
      #expect(alarms * 200 < Self.count, "seed \(Self.seed + offset): \(report.findings.map(\.kind))")
      let areas = try Checkup.run(CityOfAreas(seed: Self.seed + offset).layer(), asCoverage: true)
      #expect(areas.findings.map(\.kind) == [], "seed \(Self.seed + offset)")
      let lines = try Checkup.run(CityOfLines(count: Self.count, seed: Self.seed + offset).layer())
      #expect(lines.findings.map(\.kind) == [], "seed \(Self.seed + offset)")
    }
  }

  /// What is added to the doctor is added here.
  @Test func everyKindIsAWayToSpoil() {
    let ways = CityOfPoints.ways + CityOfAreas.ways + CityOfLines.ways + [.overlap, .gap]
    #expect(Set(ways) == Set(ProblemKind.allCases))
  }

  @Test(arguments: CityOfPoints.ways) func pointsSpoiledInOneWay(_ way: ProblemKind) throws {
    var city = CityOfPoints(count: Self.count, seed: Self.seed)
    city.spoil(way)
    try expectFound(city.spoiled, in: city.layer(), CityOfPoints.references())
  }

  @Test func pointsSpoiledInAllWays() throws {
    var city = CityOfPoints(count: Self.count, seed: Self.seed)
    for way in CityOfPoints.ways { city.spoil(way) }
    try expectFound(city.spoiled, in: city.layer(), CityOfPoints.references())
  }

  @Test(arguments: CityOfAreas.ways) func areasSpoiledInOneWay(_ way: ProblemKind) throws {
    var city = CityOfAreas(seed: Self.seed)
    city.spoil(way)
    try expectFound(city.spoiled, in: city.layer())
  }

  @Test func areasSpoiledInAllWays() throws {
    var city = CityOfAreas(seed: Self.seed)
    for way in CityOfAreas.ways { city.spoil(way) }
    try expectFound(city.spoiled, in: city.layer())
  }

  /// With the place of the defect, in or at the area, and the reason that GEOS gives.
  @Test func whatIsInvalidIsToldWithPlaceAndReason() throws {
    var city = CityOfAreas(seed: Self.seed)
    city.spoil(.invalidArea)
    let finding = try #require(try Checkup.run(city.layer()).findings.first)
    #expect(finding.examples.count == 3)
    for example in finding.examples {
      let ring = city.rings[try #require(example.row)]
      #expect(ring.contains { abs($0.x - example.x) < 400 && abs($0.y - example.y) < 400 }, "seed \(Self.seed)")
      #expect(example.detail.hasSuffix("Self-intersection"), "seed \(Self.seed): \(example.detail)")
    }
  }

  @Test(arguments: CityOfLines.ways) func linesSpoiledInOneWay(_ way: ProblemKind) throws {
    var city = CityOfLines(count: Self.count, seed: Self.seed)
    city.spoil(way)
    try expectFound(city.spoiled, in: city.layer())
  }

  @Test func linesSpoiledInAllWays() throws {
    var city = CityOfLines(count: Self.count, seed: Self.seed)
    for way in CityOfLines.ways { city.spoil(way) }
    try expectFound(city.spoiled, in: city.layer())
  }

  @Test func wholeColumnsInAnotherUnitAreFound() throws {
    let degrees = try Checkup.run(CityOfLines(count: Self.count, seed: Self.seed).layerMeasuredInDegrees()).findings
    #expect(degrees.map(\.kind) == [.wrongUnit] && degrees[0].count == Self.count, "seed \(Self.seed)")
    #expect(degrees[0].examples[0].detail == "agrees with the geometry in degrees, not in m")
    let mu = try Checkup.run(CityOfAreas(seed: Self.seed).layer(unit: 1e6 / 1500)).findings
    #expect(mu.map(\.kind) == [.wrongUnit] && mu[0].count == CityOfAreas.side * CityOfAreas.side, "seed \(Self.seed)")
    #expect(mu[0].examples[0].detail == "agrees with the geometry in mu, not in m²")
  }

  @Test func tornCoveragesAreFound() throws {
    var city = CityOfAreas(seed: Self.seed)
    let (overlaps, gaps) = city.tear()
    let findings = try Checkup.run(city.layer(), asCoverage: true).findings
    #expect(findings.first { $0.kind == .overlap }?.count == overlaps, "seed \(Self.seed)")
    #expect(findings.first { $0.kind == .gap }?.count == gaps, "seed \(Self.seed)")
    #expect(findings.count == 2, "seed \(Self.seed)")
  }

  /// Every row of a certain kind, and of a suspected one, is found; other rows are not, but for one in a hundred.
  private func expectFound(
    _ spoiled: [ProblemKind: Set<Int32>], in layer: CheckedLayer, _ references: [ReferenceAreas] = []
  ) throws {
    let report = try Checkup.run(layer, references: references)
    let wide = try Checkup.run(layer, references: references, workers: Workers(3))
    #expect(report.findings.map(\.rows) == wide.findings.map(\.rows))
    var found: [ProblemKind: Set<Int32>] = [:]
    for finding in report.findings { found[finding.kind, default: []].formUnion(finding.rows) }
    for kind in ProblemKind.allCases {
      let missed = (spoiled[kind] ?? []).subtracting(found[kind] ?? [])
      #expect(missed.isEmpty, "seed \(Self.seed): \(kind.code) missed \(missed.sorted())")
    }
    // A spoiled column excuses no row.
    let guilty = spoiled.filter { $0.key.declaration.isOfRows }.values.reduce(Set<Int32>()) { $0.union($1) }
    for (kind, rows) in found where kind.declaration.isOfRows {
      let innocent = rows.subtracting(guilty)
      let limit = kind.certainty == .certain ? 0 : layer.rowCount / 100
      #expect(innocent.count <= limit, "seed \(Self.seed): \(kind.code) accused \(innocent.sorted().prefix(9))")
    }
  }
}
