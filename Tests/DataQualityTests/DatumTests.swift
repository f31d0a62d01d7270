import FeatureTables
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataQuality

/// Layers that are counted from another datum than they say.
@Suite struct DatumTests {
  private static let seed: UInt64 = 20_261_121
  private static let datums = Datum.allCases.flatMap { truth in Datum.allCases.map { (truth, $0) } }

  private struct Town {
    var names: [String] = []
    var xs: [Double] = []
    var ys: [Double] = []

    /// Places on WGS 84 in and round Jinan.
    init(_ count: Int, _ random: inout SplitMix64) {
      for number in 0..<count {
        names.append("地点\(number)号")
        xs.append(Double.random(in: 116.6...117.4, using: &random))
        ys.append(Double.random(in: 36.4...37, using: &random))
      }
    }

    /// The same places, some metres off, as numbers of a datum.
    func moved(by metres: Double, to datum: Datum, _ random: inout SplitMix64) throws -> GeometryArray {
      var points = self
      for i in xs.indices {
        points.xs[i] += Double.random(in: -metres...metres, using: &random) / 89_000
        points.ys[i] += Double.random(in: -metres...metres, using: &random) / 111_000
      }
      let places = GeometryArray(pointsX: points.xs, y: points.ys)
      return try CoordinateTransform(from: .wgs84, to: datum.system).apply(to: places).geometry
    }
  }

  private func named(_ names: [String], _ geometry: GeometryArray, _ system: ReferenceSystem) -> CheckedLayer {
    layer(geometry, [("name", Column(.text(TextArray(names))))], system: system)
  }

  @Test(arguments: datums) func placesOfOneNameTellTheDatum(truth: Datum, declared: Datum) throws {
    var random = SplitMix64(seed: Self.seed)
    let town = Town(40, &random)
    let spoiled = try town.moved(by: 60, to: truth, &random)
    let reference = named(town.names.map { $0 + "（老）" }, GeometryArray(pointsX: town.xs, y: town.ys), .wgs84)
    let found = try #require(try DatumComparison.of(named(town.names, spoiled, declared.system), with: reference))
    #expect(found.verdict == .found(truth), "seed \(Self.seed): \(found.sentence)")
    #expect(found.pairCount == 40 && found.isContradiction == (truth != declared))
    #expect(truth == declared || found.sentence.hasSuffix("import it again with crs \(truth.word)"))
    let best = found.medians[Datum.allCases.firstIndex(of: truth) ?? 0]
    #expect(best < 60 && found.medians.filter { $0 > 300 }.count == 2)
  }

  @Test(arguments: datums) func outlinesTellTheDatum(truth: Datum, declared: Datum) throws {
    var random = SplitMix64(seed: Self.seed)
    let shore = (0..<400).map { step in
      let way = Double(step) / 400
      return (x: 116.7 + 0.6 * way, y: 36.7 + 0.05 * Double.random(in: 0...1, using: &random) + 0.2 * way)
    }
    var reference = DrawnShapes()
    reference.row(.lineString, .line, [shore])
    var drawn = DrawnShapes()
    drawn.row(.lineString, .line, [Array(shore[100..<300])])
    let spoiled = try CoordinateTransform(from: .wgs84, to: truth.system).apply(to: drawn.finish()).geometry
    let found = try #require(
      try DatumComparison.of(
        layer(spoiled, system: declared.system), with: layer(reference.finish(), system: .wgs84)))
    #expect(found.verdict == .found(truth), "seed \(Self.seed): \(found.sentence)")
  }

  @Test func aReferenceInBaidusMetresServesAsWell() throws {
    var random = SplitMix64(seed: Self.seed)
    let town = Town(20, &random)
    let reference = try CoordinateTransform(from: .wgs84, to: .bd09mc).apply(
      to: GeometryArray(pointsX: town.xs, y: town.ys)
    ).geometry
    let found = try DatumComparison.of(
      named(town.names, try town.moved(by: 5, to: .gcj02, &random), .gcj02), with: named(town.names, reference, .bd09mc)
    )
    #expect(found?.verdict == .found(.gcj02) && found?.isContradiction == false)
  }

  @Test func fewPairsHaveToAgree() throws {
    var random = SplitMix64(seed: Self.seed)
    let town = Town(5, &random)
    let reference = named(town.names, GeometryArray(pointsX: town.xs, y: town.ys), .wgs84)
    let near = try DatumComparison.of(
      named(town.names, try town.moved(by: 60, to: .gcj02, &random), .wgs84), with: reference)
    #expect(near?.verdict == .found(.gcj02), "seed \(Self.seed): \(near?.sentence ?? "")")
    let vague = try DatumComparison.of(
      named(town.names, try town.moved(by: 600, to: .gcj02, &random), .wgs84), with: reference)
    #expect(vague?.verdict.isUnclear == true, "seed \(Self.seed): \(vague?.sentence ?? "")")
  }

  /// A layer that was projected from GCJ-02 as if it were WGS 84: no `crs` on import can undo that.
  @Test func whatWasProjectedWronglyIsSaidToBe() throws {
    var random = SplitMix64(seed: Self.seed)
    let town = Town(20, &random)
    let zone = try ReferenceSystem(parsing: "EPSG:4548")
    let projected = try CoordinateTransform(from: .wgs84, to: zone).apply(
      to: try town.moved(by: 5, to: .gcj02, &random)
    ).geometry
    let found = try #require(
      try DatumComparison.of(
        named(town.names, projected, zone),
        with: named(town.names, GeometryArray(pointsX: town.xs, y: town.ys), .wgs84)))
    #expect(found.sentence.hasSuffix("import the layer that it was made from with crs gcj02"))
  }

  @Test func noiseTellsNothing() throws {
    for round in 0..<40 {
      var random = SplitMix64(seed: Self.seed + UInt64(round))
      let town = Town(4 + round, &random)
      let reference = named(town.names, GeometryArray(pointsX: town.xs, y: town.ys), .wgs84)
      let noise = try DatumComparison.of(
        named(town.names, try town.moved(by: 3000, to: .wgs84, &random), .wgs84), with: reference)
      #expect(noise?.verdict.isUnclear == true, "seed \(Self.seed), round \(round): \(noise?.sentence ?? "")")
    }
  }

  @Test func tooFewPairsTellNothing() throws {
    var random = SplitMix64(seed: Self.seed)
    let town = Town(3, &random)
    let reference = named(town.names, GeometryArray(pointsX: town.xs, y: town.ys), .wgs84)
    let few = try #require(
      try DatumComparison.of(named(town.names, try town.moved(by: 0, to: .gcj02, &random), .wgs84), with: reference))
    #expect(few.verdict == .unclear("4 are needed"))
    #expect(few.sentence.contains("by 3 places of the same name: median distance"))
    #expect(few.sentence.hasSuffix("cannot be told: 4 are needed"))
    let strangers = named(["甲地", "乙地", "丙地"], GeometryArray(pointsX: town.xs, y: town.ys), .wgs84)
    let nothing = "they have no names or outlines in common that are near each other"
    #expect(try DatumComparison.of(strangers, with: reference)?.verdict == .unclear(nothing))
    let monaco = named(["a1", "b1"], GeometryArray(pointsX: [7.42, 7.43], y: [43.73, 43.74]), .wgs84)
    #expect(try DatumComparison.of(monaco, with: monaco) == nil)
    let far = named(town.names, GeometryArray(pointsX: town.xs.map { $0 + 5 }, y: town.ys), .wgs84)
    #expect(try DatumComparison.of(far, with: reference)?.verdict == .unclear(nothing))
  }

  @Test func namesAreComparedWithoutTheWordForTheirKind() {
    #expect(NamePairs.plain("济南西站（地铁）") == "济南西" && NamePairs.plain(" 济南 西") == "济南西")
    #expect(NamePairs.plain("站") == nil && NamePairs.plain("大站") == "大站" && NamePairs.plain("遥墙地铁站") == "遥墙")
  }
}
