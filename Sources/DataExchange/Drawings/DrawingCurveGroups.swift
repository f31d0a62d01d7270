/// Curves as groups of a drawing exchange file (Open Design Specification for .dwg files, 20.4.18, 20.4.20, 20.4.39
/// and 20.4.40).
extension DrawingGroups {
  /// The arc over a chord is no longer than π times the chord and its sagittas.
  mutating func countSegments(bulge: Double, to chord: SIMD3<Double>) throws(BitReader.Malformed) {
    try countSegments((chord * chord).sum().squareRoot() * (1 + abs(bulge)) * .pi)
  }

  mutating func addArc(_ data: inout BitReader, isWhole: Bool) throws(BitReader.Malformed) {
    try point(10, data.point())
    let radius = try data.number()
    try number(40, radius)
    _ = try data.thickness()
    try extrusion(data.extrusion())
    guard !isWhole else { return try countSegments(2 * .pi * radius) }
    let (start, end) = (try data.number(), try data.number())
    let sweep = (end - start).truncatingRemainder(dividingBy: 2 * .pi)
    try countSegments((sweep > 0 ? sweep : sweep + 2 * .pi) * radius)
    try angle(50, start)
    try angle(51, end)
  }

  mutating func addEllipse(_ data: inout BitReader) throws(BitReader.Malformed) {
    try point(10, data.point())
    let axis = try data.point()
    try point(11, axis)
    try extrusion(data.point())
    let ratio = try data.number()
    try countSegments(2 * .pi * ((axis * axis).sum()).squareRoot() * max(1, abs(ratio)))
    try number(40, ratio)
    try number(41, data.number())
    try number(42, data.number())
  }

  mutating func addSpline(_ data: inout BitReader) throws(BitReader.Malformed) {
    let spline = try DrawingSpline(&data)
    // By which its features are told from polylines.
    group(100, "AcDbEntity")
    group(100, "AcDbSpline")
    group(71, spline.degree)
    group(72, spline.knots.count)
    group(73, spline.points.count)
    for knot in spline.knots { try number(40, knot) }
    for (index, place) in spline.points.enumerated() {
      try point(10, place)
      if !spline.weights.isEmpty { try number(41, spline.weights[index]) }
    }
  }
}
