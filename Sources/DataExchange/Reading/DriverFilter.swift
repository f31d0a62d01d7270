import CGDAL
import FeatureTables
import GeometryKernel
import Projections

/// What of a selection the driver of a file can make itself.
///
/// A driver may let through more rows than are wanted, never fewer: every row is looked at again.
struct DriverFilter {
  private let layer: OGRLayerH
  private let driver: String
  private let columns: [(name: String, definition: OGRFieldDefnH)]

  init(_ layer: OGRLayerH, _ driver: String, _ columns: [(name: String, definition: OGRFieldDefnH)]) {
    self.layer = layer
    self.driver = driver
    self.columns = columns
  }

  /// True when the driver leaves rows out.
  ///
  /// - Throws: what is wrong with the condition; `ReferenceSystemError` where the box cannot be brought to the layer's
  ///   system.
  func apply(_ selection: RowSelection, over schema: Schema, in system: ReferenceSystem?) throws -> Bool {
    var isSet = false
    var tests = try selection.condition?.comparisons(over: schema).compactMap(sql) ?? []
    if let box = selection.box, let system, let rectangle = Self.box(box, in: system) {
      if driver == "GPKG" {
        tests += indexTest(rectangle).map { [$0] } ?? []
      } else {
        OGR_L_SetSpatialFilterRect(layer, rectangle.minX, rectangle.minY, rectangle.maxX, rectangle.maxY)
        isSet = true
      }
    }
    guard !tests.isEmpty else { return isSet }
    if OGR_L_SetAttributeFilter(layer, tests.joined(separator: " AND ")) == OGRERR_NONE { return true }
    OGR_L_SetAttributeFilter(layer, nil)
    return isSet
  }

  /// GDAL hands out the rows of a GeoPackage in the order of its index when it is given a box, and in that of the file
  /// when it is asked for rows that are among those of the index (GeoPackage 1.3, F.3: its table and columns).
  private func indexTest(_ box: Box) -> String? {
    guard OGR_L_TestCapability(layer, OLCFastSpatialFilter) != 0,
      let table = OGR_L_GetName(layer).map({ String(cString: $0) }), !table.contains("\""),
      let shape = OGR_L_GetGeometryColumn(layer).map({ String(cString: $0) }), !shape.contains("\""),
      let id = OGR_L_GetFIDColumn(layer).map({ String(cString: $0) }), !id.isEmpty, !id.contains("\"")
    else { return nil }
    return "\"\(id)\" IN (SELECT id FROM \"rtree_\(table)_\(shape)\" WHERE maxx >= \(box.minX) AND minx <= \(box.maxX) "
      + "AND maxy >= \(box.minY) AND miny <= \(box.maxY))"
  }

  func remove() {
    OGR_L_SetAttributeFilter(layer, nil)
    OGR_L_SetSpatialFilter(layer, nil)
  }

  /// Drivers whose texts are UTF-8 always, so that a comparison of texts means the same there as here.
  private static let unicodeDrivers: Set<String> = ["GPKG", "SQLite", "FlatGeobuf", "OpenFileGDB", "KML", "LIBKML"]

  /// Drivers whose texts are decoded by us.
  private static let rawDrivers: Set<String> = ["ESRI Shapefile"]

  /// Whether SQL, to which small and capital letters are one, can mean no other column.
  private func isOnly(_ name: String) -> Bool {
    columns.count { OGR_Fld_GetNameRef($0.definition).map { String(cString: $0).lowercased() } == name.lowercased() }
      == 1
  }

  /// In the words of GDAL's SQL and of SQLite's, which agree on these; `nil` for what either might take otherwise.
  private func sql(_ comparison: ColumnComparison) -> String? {
    guard let column = columns.first(where: { $0.name == comparison.column }),
      let name = OGR_Fld_GetNameRef(column.definition).map({ String(cString: $0) }), !name.contains("\""),
      Self.unicodeDrivers.contains(driver) || name.utf8.allSatisfy({ $0 < 0x80 }), isOnly(name)
    else { return nil }
    let type = OGR_Fld_GetType(column.definition)
    let isNumber = type == OFTInteger || type == OFTInteger64 || type == OFTReal
    let constants = comparison.values.map { value -> String? in
      switch value {
      case .integer(let number) where isNumber: "\(number)"
      case .number(let number) where isNumber && number.isFinite: "\(number)"
      case .text(let text) where type == OFTString && comparison.test == .equal && !Self.rawDrivers.contains(driver):
        text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x27 && $0 != 0 })
          || (Self.unicodeDrivers.contains(driver) && !text.contains("'"))
          ? "'\(text)'" : nil
      default: nil
      }
    }
    guard !constants.isEmpty, !constants.contains(nil) else { return nil }
    let sign =
      switch comparison.test {
      case .equal: "="
      case .notEqual: "<>"
      case .less: "<"
      case .lessOrEqual: "<="
      case .greater: ">"
      case .greaterOrEqual: ">="
      }
    let tests = constants.compactMap { $0 }.map { "\"\(name)\" \(sign) \($0)" }
    return "(" + tests.joined(separator: comparison.test == .notEqual ? " AND " : " OR ") + ")"
  }

  /// A box in a system around one in degrees; `nil` where some of it has no image there.
  static func box(_ degrees: Box, in system: ReferenceSystem) -> Box? {
    var xs: [Double] = []
    var ys: [Double] = []
    let steps = 20
    for step in 0...steps {
      let x = degrees.minX + degrees.width * Double(step) / Double(steps)
      let y = degrees.minY + degrees.height * Double(step) / Double(steps)
      xs += [x, x, degrees.minX, degrees.maxX]
      ys += [degrees.minY, degrees.maxY, y, y]
    }
    guard let transform = try? CoordinateTransform(from: .wgs84, to: system),
      let moved = try? transform.apply(to: GeometryArray(pointsX: xs, y: ys)), moved.failedRows.isEmpty
    else { return nil }
    // Between the places that were moved an edge may bulge out a little.
    let extent = moved.geometry.extent
    return extent.expanded(by: max(extent.width, extent.height) / 100)
  }
}
