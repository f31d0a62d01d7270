import FeatureTables
import Testing

@Suite struct UnitTests {
  @Test func everyNameLeadsToItsUnitAndNoneToTwo() {
    var names: Set<String> = []
    for declaration in Unit.declarations {
      for name in declaration.names {
        #expect(Unit.named(name) == declaration.unit, "\(name)")
        #expect(names.insert(name).inserted, "\(name) is declared twice")
      }
      #expect(declaration.unit.factor > 0 && !declaration.summary.isEmpty)
    }
    #expect(Unit.named("M") == nil && Unit.named("") == nil)
  }

  /// 15 mu are a hectare: 10 000 m² / 15.
  @Test func factorsAreInBaseUnits() throws {
    let mu = try #require(Unit.named("亩"))
    #expect(abs(mu.factor * 15 - 10_000) < 1e-9)
    let hour = try #require(Unit.named("h"))
    let kilometre = try #require(Unit.named("km"))
    let speed = kilometre.divided(by: hour)
    #expect(speed.symbol == "km/h" && speed.dimension == .speed && speed.fileSuffix == "km_per_h")
    #expect(abs(speed.factor - 1 / 3.6) < 1e-15)
    let density = Unit.squareKilometre.reciprocal
    #expect(density.symbol == "/km²" && density.dimension == .perArea && density.fileSuffix == "per_km2")
    #expect(density.factor == 1e-6)
  }

  @Test func everyDimensionHasAUnitOfItsOwn() {
    for length in -3...3 as ClosedRange<Int8> {
      for time in -2...2 as ClosedRange<Int8> {
        let dimension = Dimension(length: length, time: time, mass: 1)
        #expect(Unit.preferred(for: dimension).dimension == dimension)
        #expect(dimension * .speed / .speed == dimension)
        #expect(!dimension.description.isEmpty)
      }
    }
    #expect(Dimension.length * .length == .area && Dimension.length / .time == .speed)
  }

  /// A share is printed in percent and written as the plain ratio.
  @Test func sharesStayRatiosInFiles() {
    #expect(Unit.percent.factor == 0.01 && Unit.percent.fileFactor == 1)
    #expect(Unit.squareKilometre.fileFactor == 1e6)
  }
}
