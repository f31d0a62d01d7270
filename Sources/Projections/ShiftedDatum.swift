import GeometryKernel
import Glibc

/// The two shifts of Chinese public maps, which PROJ has no row for.
///
/// The formulas are those of the public converters (coordtransform and gcoord, which agree to the last digit): GCJ-02
/// adds a smooth offset of some hundred metres to WGS 84, BD-09 a further one to GCJ-02. Positions outside `area` have
/// no shift and pass through. BD-09MC is BD-09 in Baidu's Mercator metres.
enum ShiftedDatum: Sendable {
  case gcj02
  case bd09
  case bd09mc

  /// The rectangle in which the converters shift, in degrees.
  static let area = Box(minX: 72.004, minY: 0.8293, maxX: 137.8347, maxY: 55.8271)

  /// Shifts WGS 84 degrees in place; returns how many positions lay outside `area` and stayed. O(positions).
  func addShift(_ xs: UnsafeMutableBufferPointer<Double>, _ ys: UnsafeMutableBufferPointer<Double>) -> Int {
    let area = Self.area
    var outside = 0
    for i in xs.indices {
      if area.contains(x: xs[i], y: ys[i]) {
        let shifted = self.shifted(x: xs[i], y: ys[i])
        xs[i] = shifted.x
        ys[i] = shifted.y
      } else if xs[i].isFinite && ys[i].isFinite {
        outside += 1
      }
      if self == .bd09mc { (xs[i], ys[i]) = BaiduMercator.metres(longitude: xs[i], latitude: ys[i]) }
    }
    return outside
  }

  /// Takes the shift away in place; returns how many positions lay outside `area` and stayed. O(positions).
  ///
  /// The inverse is found by the fixed point p ← p + (q − shift(p)). The offset changes by less than 2 % of a step, so
  /// each round gains almost two digits; it ends when a round moves less than 10⁻¹² degrees (0.1 µm).
  func removeShift(_ xs: UnsafeMutableBufferPointer<Double>, _ ys: UnsafeMutableBufferPointer<Double>) -> Int {
    let area = Self.area
    var outside = 0
    for i in xs.indices {
      if self == .bd09mc { (xs[i], ys[i]) = BaiduMercator.degrees(x: xs[i], y: ys[i]) }
      let (goalX, goalY) = (xs[i], ys[i])
      guard area.contains(x: goalX, y: goalY) else {
        if goalX.isFinite && goalY.isFinite { outside += 1 }
        continue
      }
      var (x, y) = (goalX, goalY)
      for _ in 0..<20 {
        let shifted = self.shifted(x: x, y: y)
        let (errorX, errorY) = (goalX - shifted.x, goalY - shifted.y)
        x += errorX
        y += errorY
        if abs(errorX) < 1e-12 && abs(errorY) < 1e-12 { break }
      }
      xs[i] = x
      ys[i] = y
    }
    return outside
  }

  private func shifted(x: Double, y: Double) -> (x: Double, y: Double) {
    let gcj = Self.gcj02(x: x, y: y)
    return self == .gcj02 ? gcj : Self.bd09(gcjX: gcj.x, y: gcj.y)
  }

  private static func gcj02(x longitude: Double, y latitude: Double) -> (x: Double, y: Double) {
    // The ellipsoid of Krasovsky 1940.
    let semiMajor = 6_378_245.0
    let eccentricitySquared = 0.006_693_421_622_965_943_23
    let x = longitude - 105
    let y = latitude - 35
    let root = abs(x).squareRoot()
    let waves = 20 * sin(6 * x * .pi) + 20 * sin(2 * x * .pi)
    let north =
      -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
      + (waves + 20 * sin(y * .pi) + 40 * sin(y / 3 * .pi) + 160 * sin(y / 12 * .pi) + 320 * sin(y * .pi / 30)) * 2 / 3
    let east =
      300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
      + (waves + 20 * sin(x * .pi) + 40 * sin(x / 3 * .pi) + 150 * sin(x / 12 * .pi) + 300 * sin(x / 30 * .pi)) * 2 / 3
    let phi = latitude / 180 * .pi
    let magic = 1 - eccentricitySquared * sin(phi) * sin(phi)
    let meridianRadius = semiMajor * (1 - eccentricitySquared) / (magic * magic.squareRoot())
    let parallelRadius = semiMajor / magic.squareRoot() * cos(phi)
    return (longitude + east * 180 / (parallelRadius * .pi), latitude + north * 180 / (meridianRadius * .pi))
  }

  private static func bd09(gcjX x: Double, y: Double) -> (x: Double, y: Double) {
    let turn = Double.pi * 3000 / 180
    let radius = (x * x + y * y).squareRoot() + 0.00002 * sin(y * turn)
    let angle = atan2(y, x) + 0.000003 * cos(x * turn)
    return (radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006)
  }
}
