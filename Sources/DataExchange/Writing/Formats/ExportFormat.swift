/// The formats that layers are written in.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// RFC 7946: WGS 84, right-hand rule, seven decimals.
  case geojson
  /// The same features, one a line, for programs that take them one by one.
  case geojsonseq
  /// OGC GeoPackage: several layers, in any reference system.
  case gpkg
  /// FlatGeobuf.
  case fgb
  /// Shapefile: names of ten bytes, one kind of geometry.
  case shp
  /// OGC KML 2.2: WGS 84.
  case kml
  /// A drawing of AutoCAD's release 12, which every CAD program opens.
  case dxf
  /// A text table: `longitude` and `latitude`, or `wkt` where not every row is a point.
  case csv
  /// A workbook of Excel with a sheet for each layer and the columns of a text table.
  case xlsx
  /// Tables of a PostgreSQL database with PostGIS.
  case postgis

  /// The formats that are files.
  public static let files = allCases.filter { $0 != .postgis }

  /// Reads a name or a file's ending, in either case of letters: `geojson`, `json`, `GPKG`.
  public init?(name: String) {
    switch name.lowercased() {
    case "json": self = .geojson
    case "geojsonl", "geojsons", "ndjson", "jsonl": self = .geojsonseq
    case "flatgeobuf": self = .fgb
    case "shapefile": self = .shp
    case "excel": self = .xlsx
    case let name:
      guard let format = Self(rawValue: name), format != .postgis else { return nil }
      self = format
    }
  }

  public var fileExtension: String { self == .geojsonseq ? "geojsonl" : rawValue }

  /// For messages.
  public var title: String {
    switch self {
    case .geojson: "GeoJSON"
    case .geojsonseq: "GeoJSONSeq"
    case .gpkg: "GeoPackage"
    case .fgb: "FlatGeobuf"
    case .shp: "shapefile"
    case .kml: "KML"
    case .dxf: "DXF"
    case .csv: "CSV"
    case .xlsx: "XLSX"
    case .postgis: "PostGIS"
    }
  }

  /// `a shapefile`, `an XLSX file`
  var article: String {
    switch self {
    case .shp: "a shapefile"
    case .gpkg: "a GeoPackage"
    case .xlsx: "an XLSX sheet"
    case .postgis: "a PostGIS table"
    default: "a \(title) file"
    }
  }

  public var holdsSeveralLayers: Bool { self == .gpkg || self == .xlsx || self == .postgis }

  /// True where places become columns of numbers or text.
  var isTable: Bool { self == .csv || self == .xlsx }

  /// True for formats whose standard knows no system but WGS 84.
  var isAlwaysWGS84: Bool { self == .geojson || self == .geojsonseq || self == .kml }

  /// True for formats that have a place for the name of a reference system.
  var namesItsSystem: Bool { self == .gpkg || self == .fgb || self == .shp || self == .postgis }

  /// The GDAL driver that writes it; `nil` for the formats that are written here.
  var driver: String? {
    switch self {
    case .gpkg: "GPKG"
    case .fgb: "FlatGeobuf"
    case .shp: "ESRI Shapefile"
    case .postgis: "PostgreSQL"
    case .geojson, .geojsonseq, .kml, .dxf, .csv, .xlsx: nil
    }
  }

  /// The names that layers get in a file of the format.
  public func layerNames(_ names: [String]) -> [String] {
    self == .xlsx ? WorkbookFile.sheetNames(names) : names
  }

  static var list: String { files.map { ".\($0.fileExtension)" }.joined(separator: ", ") }
}
