import Glibc

/// A stretch of a circle, counter-clockwise from one direction to another; directions are unit vectors from the centre.
///
/// Ends are kept as vectors and not as angles: they come out of the places of the centres with a root and a division,
/// and two circles that meet agree on where to the last digits.
struct Arc: Sendable {
  var ax: Double
  var ay: Double
  var bx: Double
  var by: Double
  /// The angle between the ends, 0…2π.
  var sweep: Double
  /// The disc that covers what lies before the arc; −1 on a whole circle.
  var before: Int32
  /// The disc that covers what lies behind the arc; −1 on a whole circle.
  var behind: Int32

  static let circle = Arc(ax: 1, ay: 0, bx: 1, by: 0, sweep: 2 * .pi, before: -1, behind: -1)

  var isCircle: Bool { before < 0 }

  /// A direction between the ends, that tells for the whole arc on which side of an outline it lies.
  ///
  /// Not halfway: in regular data an arc may touch an outline there without crossing it.
  var witness: (x: Double, y: Double) {
    let angle = 0.4142 * sweep
    let (c, s) = (cos(angle), sin(angle))
    return (ax * c - ay * s, ay * c + ax * s)
  }
}

/// A measure of directions that grows with the angle, without its cost: x or y, whichever changes more, on each quarter
/// of the circle.
enum Bearing {
  /// All around: 4 √2.
  @inline(__always) static var turn: Double { 5.656854249492381 }

  /// −√½…turn − √½. Monotone in the angle but for rounding.
  @inline(__always)
  static func of(_ x: Double, _ y: Double) -> Double {
    let side = turn / 4
    if abs(x) >= abs(y) { return x > 0 ? y : 2 * side - y }
    return y > 0 ? side - x : 3 * side + x
  }

  /// From one bearing onward to another, 0…turn.
  @inline(__always)
  static func advance(from a: Double, to b: Double) -> Double { b < a ? b - a + turn : b - a }

  /// The angle from one direction onward to another, given roughly how far that is as bearings go: rounding may turn a
  /// vanishing angle into one below 0, which is not a whole turn.
  @inline(__always)
  static func sweep(_ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, advance: Double) -> Double {
    let angle = atan2(ax * by - ay * bx, ax * bx + ay * by)
    if angle >= 0 { return angle }
    return advance > turn / 4 ? angle + 2 * .pi : 0
  }
}
