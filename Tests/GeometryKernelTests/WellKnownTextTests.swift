import GeometryKernel
import TestSupport
import Testing

@Suite struct WellKnownTextTests {
  @Test func eachKind() {
    let rows = oneOfEach()
    let expected = [
      "POINT (117.1 36.83)", "", "LINESTRING (0 0, 3 4, 3 10)",
      "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 5 2, 5 5, 2 5, 2 2))", "POINT EMPTY",
      "MULTIPOINT ((1 2), (-3 4.5))", "MULTILINESTRING ((0 0, 1 1), (5 5, 6 5, 7 8))",
      "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)), ((10 10, 18 10, 18 18, 10 18, 10 10), (11 11, 12 11, 12 12, 11 12, 11 11)))",
      "GEOMETRYCOLLECTION (POINT (9 9), LINESTRING (0 0, 2 0), POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4)))",
      "LINESTRING EMPTY",
      "POLYGON EMPTY", "MULTIPOINT EMPTY", "MULTILINESTRING EMPTY", "MULTIPOLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY",
    ]
    #expect((0..<rows.count).map { rows.wkt(at: $0, decimals: 7) } == expected)
  }

  @Test(arguments: [
    (0.0, 7, "0"), (-0.0, 7, "0"), (1, 7, "1"), (-1.5, 0, "-2"), (0.05, 2, "0.05"), (0.049, 1, "0"), (-0.04, 1, "0"),
    (0.96, 1, "1"), (117.123_456_78, 7, "117.1234568"), (100, 2, "100"), (-12.340, 5, "-12.34"),
    (1e-9, 12, "0.000000001"),
    (4_065_000.25, 3, "4065000.25"), (9e15, 0, "9000000000000000"), (1e300, 3, "1e+300"), (.nan, 3, "nan"),
    (.infinity, 2, "inf"), (5.5, -3, "6"), (0.000_000_000_000_001, 99, "0.000000000000001"),
  ])
  func decimals(value: Double, decimals: Int, expected: String) {
    var text: [UInt8] = []
    appendDecimal(value, decimals: decimals, to: &text)
    #expect(String(decoding: text, as: UTF8.self) == expected)
  }

  @Test func decimalsReadBack() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<5000 {
      let value = Double.random(in: -200...200, using: &random)
      var text: [UInt8] = []
      appendDecimal(value, decimals: 7, to: &text)
      let back = Double(String(decoding: text, as: UTF8.self)) ?? .nan
      #expect((back - value).magnitude <= 0.5e-7 + 1e-13, "\(value)")
    }
  }
}
