/// What the first bytes of a file say that it is, whatever its name.
enum FileContent: Equatable {
  case sqlite, shapefile, flatGeobuf, zip, gzip, rar, sevenZip, compound, pdf, image, json, xml, text, unknown

  /// - Parameter head: the first bytes of the file, some thousand or all of them.
  init(head: [UInt8]) {
    func starts(_ bytes: [UInt8]) -> Bool { head.starts(with: bytes) }
    if starts(Array("SQLite format 3\0".utf8)) {
      self = .sqlite
    } else if starts([0x00, 0x00, 0x27, 0x0A]) {
      self = .shapefile
    } else if starts(Array("fgb".utf8)) && head.count > 6 && Array(head[4..<7]) == Array("fgb".utf8) {
      self = .flatGeobuf
    } else if starts([0x50, 0x4B, 0x03, 0x04]) {
      self = .zip
    } else if starts([0x1F, 0x8B]) {
      self = .gzip
    } else if starts(Array("Rar!".utf8)) {
      self = .rar
    } else if starts([0x37, 0x7A, 0xBC, 0xAF]) {
      self = .sevenZip
    } else if starts([0xD0, 0xCF, 0x11, 0xE0]) {
      self = .compound
    } else if starts(Array("%PDF".utf8)) {
      self = .pdf
    } else if starts([0x89, 0x50, 0x4E, 0x47]) || starts([0xFF, 0xD8, 0xFF]) || starts(Array("GIF8".utf8)) {
      self = .image
    } else if head.contains(0) {
      self = .unknown
    } else {
      let hasMark = starts([0xEF, 0xBB, 0xBF])
      let first = head.dropFirst(hasMark ? 3 : 0).first { $0 > 0x20 }
      switch first {
      case UInt8(ascii: "{"), UInt8(ascii: "["): self = .json
      case UInt8(ascii: "<"): self = .xml
      default: self = .text
      }
    }
  }

  /// For messages, with the ending that such a file should have.
  var description: String {
    switch self {
    case .sqlite: "an SQLite database (.gpkg or .sqlite)"
    case .shapefile: "the main file of a shapefile (.shp)"
    case .flatGeobuf: "FlatGeobuf (.fgb)"
    case .zip: "a ZIP archive or an Office document"
    case .gzip: "gzip-compressed data"
    case .rar: "a RAR archive"
    case .sevenZip: "a 7-Zip archive"
    case .compound: "a document of older Office programs (.xls, .doc)"
    case .pdf: "a PDF document"
    case .image: "an image"
    case .json: "JSON (.geojson)"
    case .xml: "XML or HTML (.kml, .gml)"
    case .text: "plain text (.csv)"
    case .unknown: "binary data of an unknown kind"
    }
  }

  /// The name of a format and the content it must have; `nil` for endings that several kinds of content share.
  static func claimed(byExtension fileExtension: String) -> (format: String, contents: [FileContent])? {
    switch fileExtension {
    case "gpkg": ("a GeoPackage", [.sqlite])
    case "shp": ("a shapefile", [.shapefile])
    case "fgb": ("FlatGeobuf", [.flatGeobuf])
    case "geojson", "json", "geojsonl", "ndjson", "topojson": ("GeoJSON", [.json])
    case "kml", "gml", "gpx": ("XML", [.xml])
    case "csv", "tsv", "txt": ("a text table", [.text, .json])
    case "zip": ("a ZIP archive", [.zip])
    case "kmz": ("KMZ", [.zip])
    case "xlsx": ("an Excel workbook", [.zip])
    case "ods": ("an OpenDocument spreadsheet", [.zip])
    case "xls": ("an Excel workbook of before 2007", [.compound])
    default: nil
    }
  }
}
