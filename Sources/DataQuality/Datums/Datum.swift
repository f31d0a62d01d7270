import GeometryKernel
import Projections

/// What longitudes and latitudes in China may be counted from: the earth, or one of the two shifts of public maps.
public enum Datum: String, CaseIterable, Sendable {
  case wgs84 = "WGS 84"
  case gcj02 = "GCJ-02"
  case bd09 = "BD-09"

  /// What a reference system says of itself: all but China's shifted ones are the earth's, within metres.
  init(declaredBy system: ReferenceSystem) {
    switch system {
    case .gcj02: self = .gcj02
    case .bd09, .bd09mc: self = .bd09
    default: self = .wgs84
    }
  }

  var system: ReferenceSystem {
    switch self {
    case .wgs84: .wgs84
    case .gcj02: .gcj02
    case .bd09: .bd09
    }
  }

  /// What to write behind `crs`.
  var word: String {
    switch self {
    case .wgs84: "epsg:4326"
    case .gcj02: "gcj02"
    case .bd09: "bd09"
    }
  }
}

/// The coordinates of a layer as mere degrees, and the metric plane in which they are compared with a reference.
///
/// Under each hypothesis the same degrees are counted from another datum and come to lie elsewhere in the plane.
struct DatumPlane {
  /// Metric, chosen by where the reference lies.
  let system: ReferenceSystem

  /// - Parameter reference: degrees on WGS 84.
  init(around reference: Box) { system = .working(forExtent: reference) }

  /// The degrees of a layer before any shift is taken off.
  ///
  /// - Throws: `ReferenceSystemError`.
  static func degrees(_ geometry: GeometryArray, in system: ReferenceSystem) throws -> GeometryArray {
    let own = Datum(declaredBy: system).system
    return try CoordinateTransform(from: system, to: own).apply(to: geometry).geometry
  }

  /// - Throws: `ReferenceSystemError`.
  func placed(_ degrees: GeometryArray, from datum: Datum) throws -> GeometryArray {
    try CoordinateTransform(from: datum.system, to: system).apply(to: degrees).geometry
  }
}
