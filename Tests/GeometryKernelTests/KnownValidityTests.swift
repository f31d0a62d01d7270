import Testing

@testable import GeometryKernel

@Suite struct KnownValidityTests {
  private let square = [0.0, 4, 4, 0, 0]

  private func areas(_ count: Int) -> GeometryArray {
    var builder = GeometryArrayBuilder()
    for row in 0..<count {
      builder.beginRow(.polygon)
      builder.beginPart(.area)
      builder.addRing(xs: square.map { $0 + Double(row) }, ys: [0, 0, 4, 4, 0])
      builder.endRow()
    }
    return builder.finish()
  }

  @Test func rowsTakenOutKeepIt() {
    let areas = areas(4).knownValid()
    #expect(areas.slice(1..<3).isKnownValid && areas.gather([3, -1, 0]).isKnownValid)
    #expect(!self.areas(4).slice(1..<3).isKnownValid)
  }

  @Test func whateverElseIsMadeOfThemLosesIt() {
    let areas = areas(2).knownValid()
    #expect(!areas.replacingCoordinates(xs: areas.xs, ys: areas.ys).isKnownValid)
    var builder = GeometryArrayBuilder(continuing: areas)
    builder.appendNull()
    #expect(!builder.finish().isKnownValid)
    var longer = areas
    longer.append(contentsOf: self.areas(1))
    #expect(!longer.isKnownValid)
  }
}
