/// The formats that layers are written in.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// RFC 7946: WGS 84, right-hand rule, seven decimals.
  case geojson
  /// OGC GeoPackage: several layers, in any reference system.
  case gpkg
  /// A text table: `longitude` and `latitude`, or `wkt` where not every row is a point.
  case csv
  /// FlatGeobuf.
  case fgb
  case kml
  /// Shapefile: names of ten letters, one kind of geometry.
  case shp

  /// Reads a name or a file's ending, in either case of letters: `geojson`, `json`, `GPKG`.
  public init?(name: String) {
    let name = name.lowercased()
    self.init(rawValue: name == "json" ? "geojson" : name == "flatgeobuf" ? "fgb" : name)
  }

  public var fileExtension: String { rawValue }

  /// For messages.
  public var title: String {
    switch self {
    case .geojson: "GeoJSON"
    case .gpkg: "GeoPackage"
    case .csv: "CSV"
    case .fgb: "FlatGeobuf"
    case .kml: "KML"
    case .shp: "shapefile"
    }
  }

  public var holdsSeveralLayers: Bool { self == .gpkg }

  /// True for formats whose coordinates are always WGS 84.
  var isAlwaysWGS84: Bool { self == .geojson || self == .csv || self == .kml }

  /// The GDAL driver that writes it; `nil` for the text formats, which are written here.
  var driver: String? {
    switch self {
    case .geojson, .csv: nil
    case .gpkg: "GPKG"
    case .fgb: "FlatGeobuf"
    case .kml: "KML"
    case .shp: "ESRI Shapefile"
    }
  }

  static var list: String { allCases.map { ".\($0.fileExtension)" }.joined(separator: ", ") }
}
