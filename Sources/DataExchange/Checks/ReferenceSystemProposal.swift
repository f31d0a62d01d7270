import GeometryKernel
import Projections

/// What plain numbers let one guess about a reference system that a file does not name, or names wrongly.
enum ReferenceSystemProposal {
  /// A sentence that says what to write; never empty.
  static func sentence(for survey: PositionSurvey) -> String {
    let extent = survey.extent
    guard !extent.isEmpty else { return "Say it on import: crs epsg:…" }
    if survey.looksSwapped {
      return "The numbers look like latitude before longitude. Exchange the axes and write crs epsg:4326."
    }
    if survey.fitsDegrees {
      return "The numbers look like degrees: write crs epsg:4326 for GPS data, "
        + "crs gcj02 for points of Amap or Tencent, crs bd09 for Baidu's."
    }
    if let zone = zone(ofEastings: extent), let words = numbered(zone, extent) {
      return words + (isMercator(extent) ? " Or, for Web Mercator, write crs epsg:3857." : "")
    }
    let exchanged = Box(minX: extent.minY, minY: extent.minX, maxX: extent.maxY, maxY: extent.maxX)
    if let zone = zone(ofEastings: exchanged), let words = numbered(zone, exchanged) {
      return "The numbers look like northing before easting, as surveyors write x and y: exchange the two. " + words
    }
    if isMercator(extent) {
      return "The numbers look like Mercator metres: write crs epsg:3857 for Web Mercator, crs bd09mc for Baidu's."
    }
    if isPlain(extent) { return plain(extent) }
    if isPlain(exchanged) && !isPlain(extent) {
      return "The numbers look like northing before easting, as surveyors write x and y: exchange the two. "
        + plain(exchanged)
    }
    return "Write crs epsg:… with the code that its publisher states."
  }

  /// `The eastings begin with 39 and the northings are near 4 070 000: EPSG:4527 …`
  private static func numbered(_ zone: Int, _ extent: Box) -> String? {
    let codes = GaussKrugerSeries.all.compactMap { series in
      series.numberedCode(zone: zone).map { (series: series, code: $0) }
    }
    guard let first = codes.first else { return nil }
    let place = position(extent.centerX, extent.centerY, code: first.code)
    let isInChina = place.map { PositionSurvey.china.contains(x: $0.x, y: $0.y) } ?? false
    let others = codes.dropFirst().map { "crs epsg:\($0.code) for \($0.series.name)" }.joined(separator: ", ")
    return "The eastings begin with zone number \(zone) and the northings are near \(grouped(extent.centerY)): "
      + "write crs epsg:\(first.code) (\(first.series.name), \(first.series.width)-degree zone \(zone)"
      + (isInChina ? place.map { ", around \(degrees($0.x))°E, \(degrees($0.y))°N)" } ?? ")" : ", outside China)")
      + "; if its publisher says so, \(others)."
  }

  /// Metres that do not tell their central meridian.
  private static func plain(_ extent: Box) -> String {
    let latitude = position(500_000, extent.centerY, code: 4548).map { ", at \(degrees($0.y))°N," } ?? ""
    return "The numbers look like metres in a zone whose central meridian they do not tell (northings near "
      + "\(grouped(extent.centerY))\(latitude) eastings without a zone number): write crs epsg:4548 for CGCS2000 at "
      + "117°E (Jinan), crs epsg:2384 for Xian 1980 there, crs epsg:32650 for UTM zone 50, or the like."
  }

  /// What a declared system and the numbers together let one write instead; `nil` when nothing fits them.
  static func correction(of system: ReferenceSystem, for survey: PositionSurvey) -> String? {
    let extent = survey.extent
    guard !extent.isEmpty, !system.isGeographic else { return nil }
    if survey.fitsDegrees && (PositionSurvey.china.contains(x: extent.centerX, y: extent.centerY)) {
      return "the numbers look like degrees: write crs epsg:4326 if that is meant."
    }
    if let known = GaussKrugerSeries.zone(of: system) {
      let counterpart = known.series.counterpart(zone: known.zone, isNumbered: known.isNumbered)
      if let zone = zone(ofEastings: extent), let code = known.series.numberedCode(zone: zone) {
        return "the eastings begin with zone number \(zone): write crs epsg:\(code) if that is meant."
      }
      if known.isNumbered && isPlain(extent) {
        return "the eastings lack the zone number \(known.zone): write crs epsg:\(counterpart) if that is meant."
      }
    }
    if let zone = zone(ofEastings: extent),
      let code = GaussKrugerSeries.all.lazy.compactMap({ $0.numberedCode(zone: zone) }).first
    {
      return "the eastings begin with zone number \(zone): write crs epsg:\(code) if that is meant."
    }
    return nil
  }

  /// The zone number before eastings of Gauss and Krüger, if they all carry the same one.
  static func zone(ofEastings extent: Box) -> Int? {
    guard !extent.isEmpty, extent.minX >= 13_000_000, extent.maxX < 46_000_000 else { return nil }
    guard extent.minY > 0, extent.maxY < 10_000_000 else { return nil }
    let first = Int(extent.minX / 1e6)
    guard Int(extent.maxX / 1e6) == first else { return nil }
    // Within a zone the easting is 500 km and at most 350 km to either side.
    let rest = extent.minX - Double(first) * 1e6
    return (100_000...900_000).contains(rest) ? first : nil
  }

  /// Eastings without a zone number, and northings.
  private static func isPlain(_ extent: Box) -> Bool {
    extent.minX > 100_000 && extent.maxX < 900_000 && extent.minY > 0 && extent.maxY < 10_000_000
  }

  /// Within China's longitudes and latitudes in Web Mercator.
  private static func isMercator(_ extent: Box) -> Bool {
    extent.minX > 8_100_000 && extent.maxX < 15_200_000 && extent.minY > 300_000 && extent.maxY < 7_200_000
  }

  private static func position(_ x: Double, _ y: Double, code: Int) -> (x: Double, y: Double)? {
    guard let system = try? ReferenceSystem(parsing: "EPSG:\(code)") else { return nil }
    return try? CoordinateTransform(from: system, to: .wgs84).apply(x: x, y: y)
  }

  static func degrees(_ value: Double) -> String { String((value * 100).rounded() / 100) }

  /// `4 070 000`: to ten thousands, in groups of three digits.
  private static func grouped(_ value: Double) -> String {
    guard abs(value) < 1e12 else { return "\(value)" }
    var digits = String(Int((value / 10_000).rounded()) * 10_000)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = String(digits.dropLast(3))
    }
    return ([Substring(digits)] + groups).joined(separator: " ")
  }
}
