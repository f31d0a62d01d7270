import GeometryKernel
import TestSupport
import Testing

@Suite struct OrientationTests {
  /// The determinant in whole numbers, which 128 bits hold for coordinates of 53.
  private func exact(_ p: [Int64]) -> Int {
    let v = p.map { Int128($0) }
    return Int(((v[0] - v[4]) * (v[3] - v[5]) - (v[1] - v[5]) * (v[2] - v[4])).signum())
  }

  @Test(arguments: 1...20)
  func nearlyCollinear(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<500 {
      // c is a point of the line through a and b, moved by at most one unit of 53 bits.
      let size: Int64 = 1 << 50
      let a = (Int64.random(in: 0..<size, using: &random), Int64.random(in: 0..<size, using: &random))
      let step = (Int64.random(in: -1000...1000, using: &random), Int64.random(in: -1000...1000, using: &random))
      let (near, far) = (
        Int64.random(in: 1...999_999, using: &random), Int64.random(in: 1_000_000...9_999_999, using: &random)
      )
      let nudge = (Int64.random(in: -1...1, using: &random), Int64.random(in: -1...1, using: &random))
      let p = [
        a.0, a.1, a.0 + step.0 * far, a.1 + step.1 * far, a.0 + step.0 * near + nudge.0, a.1 + step.1 * near + nudge.1,
      ]
      // A power of two keeps every digit.
      let c = p.map { Double($0) * 0x1p-30 }
      let expected = exact(p)
      #expect(orientation(c[0], c[1], c[2], c[3], c[4], c[5]) == expected, "seed \(seed), \(p)")
      #expect(orientation(c[2], c[3], c[4], c[5], c[0], c[1]) == expected, "seed \(seed), \(p)")
      #expect(orientation(c[2], c[3], c[0], c[1], c[4], c[5]) == -expected, "seed \(seed), \(p)")
    }
  }

  /// The grid of points round (0.5, 0.5) against the line from (12, 12) to (24, 24), on which plain floating point fails
  /// (L. Kettner et al., *Classroom Examples of Robustness Problems*, 2008).
  @Test func classroomExample() {
    for i in 0..<64 {
      for j in 0..<64 {
        let x = 0.5 + Double(i) * 0x1p-53
        let y = 0.5 + Double(j) * 0x1p-53
        // Left of the diagonal is above it.
        #expect(orientation(12, 12, 24, 24, x, y) == (x == y ? 0 : x < y ? 1 : -1))
      }
    }
  }

  @Test func degenerate() {
    #expect(orientation(1, 2, 1, 2, 5, 7) == 0)
    #expect(orientation(1, 2, 5, 7, 5, 7) == 0)
    #expect(orientation(0, 0, 1, 0, 0, 1) == 1)
    #expect(orientation(0, 0, 1, 0, 0, -1) == -1)
  }
}
