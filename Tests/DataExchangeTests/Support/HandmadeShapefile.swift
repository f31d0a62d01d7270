import TestSupport

/// A shapefile of points made byte by byte, so that its texts are whatever a test wants them to be.
///
/// After "ESRI Shapefile Technical Description", July 1998, and the dBASE III file structure.
struct HandmadeShapefile {
  /// Bytes of the one field's name, at most ten.
  var field: [UInt8] = Array("name".utf8)
  var width = 40
  var texts: [[UInt8]]
  /// The content of the companion .cpg; none without.
  var codePage: String?
  /// Byte 29 of the .dbf file.
  var languageDriver: UInt8 = 0
  var projection: String? =
    #"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#
  /// Where the rows are, one after the other; over and over.
  var places: [(x: Double, y: Double)] = [(117, 36.6)]

  /// Writes the files; returns the path of the main one.
  func write(_ folder: TemporaryFolder, _ name: String = "layer") throws -> String {
    let path = try folder.write("\(name).shp", main)
    try folder.write("\(name).shx", index)
    try folder.write("\(name).dbf", table)
    if let codePage { try folder.write("\(name).cpg", codePage) }
    if let projection { try folder.write("\(name).prj", projection) }
    return path
  }

  private func header(length: Int) -> [UInt8] {
    let xs = places.map(\.x)
    let ys = places.map(\.y)
    let box = [xs.min() ?? 0, ys.min() ?? 0, xs.max() ?? 0, ys.max() ?? 0, 0, 0, 0, 0]
    return big(9994) + [UInt8](repeating: 0, count: 20) + big(length / 2) + little(1000, 4) + little(1, 4)
      + box.flatMap { little(Int(bitPattern: UInt($0.bitPattern)), 8) }
  }

  private var main: [UInt8] {
    var bytes = header(length: 100 + texts.count * 28)
    for row in texts.indices {
      let place = places[row % places.count]
      bytes += big(row + 1) + big(10) + little(1, 4)
      bytes +=
        little(Int(bitPattern: UInt(place.x.bitPattern)), 8) + little(Int(bitPattern: UInt(place.y.bitPattern)), 8)
    }
    return bytes
  }

  private var index: [UInt8] {
    texts.indices.reduce(into: header(length: 100 + texts.count * 8)) { $0 += big((100 + $1 * 28) / 2) + big(10) }
  }

  private var table: [UInt8] {
    var bytes: [UInt8] = [3, 126, 11, 21] + little(texts.count, 4) + little(65, 2) + little(width + 1, 2)
    bytes += [UInt8](repeating: 0, count: 17) + [languageDriver, 0, 0]
    bytes += field + [UInt8](repeating: 0, count: 11 - field.count) + [UInt8(ascii: "C"), 0, 0, 0, 0, UInt8(width), 0]
    bytes += [UInt8](repeating: 0, count: 14) + [0x0D]
    for text in texts {
      bytes += [0x20] + text.prefix(width) + [UInt8](repeating: 0x20, count: max(0, width - text.count))
    }
    return bytes + [0x1A]
  }

  private func big(_ value: Int) -> [UInt8] { little(value, 4).reversed() }

  private func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
