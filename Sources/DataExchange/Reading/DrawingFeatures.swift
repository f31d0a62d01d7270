import CGDAL
import Glibc

/// What of the features of a drawing is read in another way than of other layers.
struct DrawingFeatures {
  /// A field that is true for what a drawing has on its print layouts, which is nowhere on the earth.
  var paperField: Int32?
  /// A field that names the kinds of a feature, `AcDbEntity:AcDbSpline`.
  var kindField: Int32?
  /// How far segments may be from their curve, in units of the coordinates; `nil` where the driver's are taken.
  var curveTolerance: Double?

  func isOnPaper(_ feature: OGRFeatureH) -> Bool {
    paperField.map { OGR_F_GetFieldAsInteger(feature, $0) != 0 } ?? false
  }

  /// The line of a spline within the tolerance, the caller's to destroy; `nil` for anything else.
  ///
  /// GDAL draws splines by eight points for each control point, however long they are. Between these a cubic is laid
  /// by their neighbours, which is much nearer to the spline than segments are, and cut where the sagitta needs it.
  func finerSpline(_ feature: OGRFeatureH) -> OGRGeometryH? {
    guard let curveTolerance, curveTolerance > 0, let kindField, let kinds = OGR_F_GetFieldAsString(feature, kindField),
      strstr(kinds, "AcDbSpline") != nil, let line = OGR_F_GetGeometryRef(feature),
      OGR_GT_Flatten(OGR_G_GetGeometryType(line)) == wkbLineString
    else { return nil }
    let count = Int(OGR_G_GetPointCount(line))
    guard count > 4, let finer = OGR_G_CreateGeometry(OGR_G_GetGeometryType(line)) else { return nil }
    let points = (0..<Int32(count)).map { i in
      SIMD4(OGR_G_GetX(line, i), OGR_G_GetY(line, i), OGR_G_GetZ(line, i), 0)
    }
    let is3D = OGR_G_Is3D(line) != 0
    func add(_ point: SIMD4<Double>) {
      if is3D { OGR_G_AddPoint(finer, point.x, point.y, point.z) } else { OGR_G_AddPoint_2D(finer, point.x, point.y) }
    }
    add(points[0])
    for i in 1..<count {
      let cubic = Cubic(points, from: i - 1)
      let steps = cubic.steps(within: curveTolerance)
      for step in 1..<max(1, steps) { add(cubic.point(Double(step) / Double(steps))) }
      add(points[i])
    }
    return finer
  }
}

/// A cubic between two of evenly sampled points, at least five, with the slopes that their neighbours give.
private struct Cubic {
  private let start: SIMD4<Double>
  private let end: SIMD4<Double>
  private let slopeAtStart: SIMD4<Double>
  private let slopeAtEnd: SIMD4<Double>

  init(_ points: [SIMD4<Double>], from i: Int) {
    // Exact for cubics, of which splines mostly are made; from the ends inwards where neighbours are missing.
    let last = points.count - 1
    func slope(_ j: Int) -> SIMD4<Double> {
      let weights: [(offset: Int, weight: Double)]
      switch min(j, last - j) {
      case 0: weights = [(0, -11), (1, 18), (2, -9), (3, 2)]
      case 1: weights = [(-1, -2), (0, -3), (1, 6), (2, -1)]
      default: weights = [(-2, 0.5), (-1, -4), (1, 4), (2, -0.5)]
      }
      let sign = j > last - 2 ? -1 : 1
      return weights.reduce(SIMD4(repeating: 0)) { sum, term in
        sum + (term.weight * Double(sign) / 6) * points[j + sign * term.offset]
      }
    }
    (start, end, slopeAtStart, slopeAtEnd) = (points[i], points[i + 1], slope(i), slope(i + 1))
  }

  func point(_ t: Double) -> SIMD4<Double> {
    let rest = 1 - t
    let atEnds = (1 + 2 * t) * rest * rest * start + (3 - 2 * t) * t * t * end
    return atEnds + t * rest * (rest * slopeAtStart - t * slopeAtEnd)
  }

  /// Segments that stay within a tolerance: the second derivative is greatest at an end, and the sagitta of a step h is
  /// an eighth of it times h². At most a thousand.
  func steps(within tolerance: Double) -> Int {
    func length(_ v: SIMD4<Double>) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }
    let chord = end - start
    let bend = max(
      length(6 * chord - 4 * slopeAtStart - 2 * slopeAtEnd), length(6 * chord - 2 * slopeAtStart - 4 * slopeAtEnd))
    let steps = (bend / (8 * tolerance)).squareRoot().rounded(.up)
    return steps.isFinite ? Int(min(max(steps, 1), 1000)) : 1
  }
}
