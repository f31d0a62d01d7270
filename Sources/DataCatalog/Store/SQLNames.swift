import FeatureTables

/// Names of SQL tables and columns for the names of layers and fields.
enum SQLNames {
  /// Tables of SQLite, SpatiaLite and ours begin like this; a layer must not.
  private static let reservedPrefixes = [
    "sqlite_", "catchment_", "idx_", "rtree_", "gpkg_", "geometry_columns", "views_geometry_columns",
    "virts_geometry_columns", "spatial_ref_sys", "vector_", "raster_coverages", "spatialite_",
  ]

  /// - Throws: `StoreError.nameNotAllowed`.
  static func check(layer name: String) throws(StoreError) {
    if name.isEmpty { throw StoreError(.nameNotAllowed, "a layer needs a name", fix: "write one after `as`") }
    if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      throw StoreError(.nameNotAllowed, "the name of a layer holds a control character", fix: "choose another name")
    }
    if name.utf8.count > 500 {
      throw StoreError(.nameNotAllowed, "the name of a layer is longer than 500 bytes", fix: "choose a shorter name")
    }
    let folded = name.foldedName
    if let prefix = reservedPrefixes.first(where: { folded.hasPrefix($0) }) {
      throw StoreError(
        .nameNotAllowed, "no layer can be named \"\(name)\": names beginning with \(prefix) belong to the store itself",
        fix: "choose another name")
    }
  }

  /// A layer's table: SpatiaLite refuses quotes in its names, so they become `_`.
  static func table(forLayer name: String, taken: Set<String>) -> String {
    unique(withoutQuotes(name), taken: taken)
  }

  /// One column a field, none of them equal as SQL compares, and a name for the feature id.
  static func columns(_ fields: [Field]) -> (id: String, columns: [String]) {
    var taken: Set<String> = []
    var columns: [String] = []
    for field in fields {
      var wanted = field.name.replacing("\0", with: "_")
      if field.type == .geometry { wanted = withoutQuotes(wanted) }
      if wanted.isEmpty { wanted = "_" }
      let name = unique(wanted, taken: taken)
      taken.insert(name.foldedName)
      columns.append(name)
    }
    return (unique("fid", taken: taken), columns)
  }

  /// The name, or `name_2`, `name_3` … for the first that is free.
  static func unique(_ wanted: String, taken: Set<String>) -> String {
    var name = wanted
    var number = 2
    while taken.contains(name.foldedName) {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }

  private static func withoutQuotes(_ name: String) -> String {
    name.replacing("'", with: "_").replacing("\"", with: "_")
  }
}
