import GeometryKernel
import Projections

/// The zones of Gauss and Krüger over China in the EPSG dataset, on one geodetic system and of one width: each zone once
/// with its number before the easting and once without.
struct GaussKrugerSeries {
  /// `CGCS2000`
  let name: String
  /// Degrees of longitude in a zone.
  let width: Int
  /// The numbers of the zones from 75° to 135° E.
  let zones: ClosedRange<Int>
  /// The code of the first zone with its number before the easting, and of the first without.
  let firstNumbered: Int
  let firstPlain: Int

  static let all = [
    GaussKrugerSeries(name: "CGCS2000", width: 3, zones: 25...45, firstNumbered: 4513, firstPlain: 4534),
    GaussKrugerSeries(name: "CGCS2000", width: 6, zones: 13...23, firstNumbered: 4491, firstPlain: 4502),
    GaussKrugerSeries(name: "Xian 1980", width: 3, zones: 25...45, firstNumbered: 2349, firstPlain: 2370),
    GaussKrugerSeries(name: "Xian 1980", width: 6, zones: 13...23, firstNumbered: 2327, firstPlain: 2338),
    GaussKrugerSeries(name: "Beijing 1954", width: 3, zones: 25...45, firstNumbered: 2401, firstPlain: 2422),
    GaussKrugerSeries(name: "Beijing 1954", width: 6, zones: 13...23, firstNumbered: 21413, firstPlain: 21453),
  ]

  /// The code of a zone with its number before the easting; `nil` for a number of another width.
  func numberedCode(zone: Int) -> Int? { zones.contains(zone) ? firstNumbered + zone - zones.lowerBound : nil }

  /// What a code of the series stands for.
  func member(code: Int) -> (zone: Int, isNumbered: Bool)? {
    if (firstNumbered..<firstNumbered + zones.count).contains(code) {
      return (zones.lowerBound + code - firstNumbered, true)
    }
    if (firstPlain..<firstPlain + zones.count).contains(code) {
      return (zones.lowerBound + code - firstPlain, false)
    }
    return nil
  }

  /// The zone of a reference system, if it is one of these.
  static func zone(of system: ReferenceSystem) -> (series: GaussKrugerSeries, zone: Int, isNumbered: Bool)? {
    guard let code = system.epsgCode else { return nil }
    for series in all {
      if let member = series.member(code: code) { return (series, member.zone, member.isNumbered) }
    }
    return nil
  }

  /// The same zone with its number before the easting, or without.
  func counterpart(zone: Int, isNumbered: Bool) -> Int {
    (isNumbered ? firstPlain : firstNumbered) + zone - zones.lowerBound
  }
}
