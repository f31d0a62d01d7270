import GeometryKernel

/// What plain numbers let one guess about a reference system that a file does not name.
enum ReferenceSystemProposal {
  /// A sentence that says what to write; never empty. `extent` is that of all coordinates.
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
    if let zone = zone(ofEastings: extent), let code = gaussKruger(zone: zone) {
      return "The eastings begin with zone number \(zone): "
        + "write crs epsg:\(code.code) (CGCS2000, \(code.width)-degree zone \(zone))"
        + (isMercator(extent) ? ", or crs epsg:3857 for Web Mercator." : ".")
    }
    if isMercator(extent) { return "The numbers look like Web Mercator: write crs epsg:3857." }
    if extent.minX > 100_000 && extent.maxX < 900_000 && extent.minY > 0 && extent.maxY < 10_000_000 {
      return "The numbers look like metres in a zone whose central meridian they do not tell: "
        + "write crs epsg:4548 for CGCS2000 at 117°E (Jinan), crs epsg:32650 for UTM zone 50, or the like."
    }
    return "Write crs epsg:… with the code that its publisher states."
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

  /// EPSG 4491–4501 are the 6-degree zones 13–23, EPSG 4513–4533 the 3-degree zones 25–45 of CGCS2000.
  static func gaussKruger(zone: Int) -> (code: Int, width: Int)? {
    switch zone {
    case 13...23: (4491 + zone - 13, 6)
    case 25...45: (4513 + zone - 25, 3)
    default: nil
    }
  }

  /// Within China's longitudes and latitudes in Web Mercator.
  private static func isMercator(_ extent: Box) -> Bool {
    extent.minX > 8_100_000 && extent.maxX < 15_200_000 && extent.minY > 300_000 && extent.maxY < 7_200_000
  }
}
