/// A spline of a drawing, by control points (Open Design Specification for .dwg files, 20.4.40).
struct DrawingSpline {
  private(set) var degree: Int
  private(set) var knots: [Double] = []
  private(set) var points: [SIMD3<Double>] = []
  /// One for each control point, or none where all weigh the same.
  private(set) var weights: [Double] = []

  /// - Throws: `Malformed` for one that cannot be drawn.
  init(_ data: inout BitReader) throws(BitReader.Malformed) {
    let scenario = try data.long()
    degree = try data.long()
    switch scenario {
    case 1: try readControlPoints(&data)
    case 2: try readFitPoints(&data)
    default: throw BitReader.Malformed()
    }
    guard (1...100).contains(degree), points.count > degree, knots.count == points.count + degree + 1 else {
      throw BitReader.Malformed()
    }
  }

  private mutating func readControlPoints(_ data: inout BitReader) throws(BitReader.Malformed) {
    // Rational, closed, periodic: knots and weights tell as much.
    _ = try data.bits(3)
    _ = try data.number()
    _ = try data.number()
    let knotCount = try data.count(ofAtLeast: 2)
    let pointCount = try data.count(ofAtLeast: 6)
    let isWeighted = try data.bit()
    for _ in 0..<knotCount { knots.append(try data.number()) }
    for _ in 0..<pointCount {
      points.append(try data.point())
      if isWeighted { weights.append(try data.number()) }
    }
    guard zip(knots, knots.dropFirst()).allSatisfy({ $0 <= $1 }), weights.allSatisfy({ $0 > 0 }) else {
      throw BitReader.Malformed()
    }
  }

  private mutating func readFitPoints(_ data: inout BitReader) throws(BitReader.Malformed) {
    _ = try data.number()
    let slopes = (try data.point(), try data.point())
    let count = try data.count(ofAtLeast: 6)
    var places: [SIMD3<Double>] = []
    for _ in 0..<count {
      let place = try data.point()
      if place != places.last { places.append(place) }
    }
    guard places.count > 1 else { throw BitReader.Malformed() }
    fit(places, slopes)
  }

  /// The cubics through points, each as long in the parameter as its chord, whose first and second derivatives agree where
  /// they meet. They begin and end with the slopes given, or without bend where these are zero.
  private mutating func fit(_ places: [SIMD3<Double>], _ ends: (SIMD3<Double>, SIMD3<Double>)) {
    let last = places.count - 1
    let lengths = (0..<last).map { i in Self.length(places[i + 1] - places[i]) }
    let slopes = Self.slopes(places, lengths, ends)
    degree = 3
    var knot = 0.0
    knots = [0]
    points = [places[0]]
    // As Bézier curves one after another.
    for i in 0..<last {
      let third = lengths[i] / 3
      points += [places[i] + third * slopes[i], places[i + 1] - third * slopes[i + 1], places[i + 1]]
      knots += [knot, knot, knot]
      knot += lengths[i]
    }
    knots += [knot, knot, knot, knot]
  }

  private static func length(_ vector: SIMD3<Double>) -> Double { (vector * vector).sum().squareRoot() }

  /// Gauss' elimination of three diagonals.
  private static func slopes(
    _ places: [SIMD3<Double>], _ lengths: [Double], _ ends: (SIMD3<Double>, SIMD3<Double>)
  ) -> [SIMD3<Double>] {
    let last = places.count - 1
    func secant(_ i: Int) -> SIMD3<Double> { (places[i + 1] - places[i]) / lengths[i] }
    var diagonal = [Double](repeating: 1, count: last + 1)
    var above = [Double](repeating: 0, count: last + 1)
    var right = [SIMD3<Double>](repeating: [0, 0, 0], count: last + 1)
    let (first, final) = (length(ends.0), length(ends.1))
    if first > 0 {
      right[0] = ends.0 / first
    } else {
      (diagonal[0], above[0], right[0]) = (2, 1, 3 * secant(0))
    }
    for i in 1..<last + 1 {
      var below: Double
      if i < last {
        below = lengths[i]
        diagonal[i] = 2 * (lengths[i - 1] + lengths[i])
        above[i] = lengths[i - 1]
        right[i] = 3 * (lengths[i] * secant(i - 1) + lengths[i - 1] * secant(i))
      } else if final > 0 {
        below = 0
        right[i] = ends.1 / final
      } else {
        (below, diagonal[i], right[i]) = (1, 2, 3 * secant(last - 1))
      }
      below /= diagonal[i - 1]
      diagonal[i] -= below * above[i - 1]
      right[i] -= below * right[i - 1]
    }
    var slopes = right
    slopes[last] /= diagonal[last]
    for i in stride(from: last - 1, through: 0, by: -1) {
      slopes[i] = (right[i] - above[i] * slopes[i + 1]) / diagonal[i]
    }
    return slopes
  }
}
