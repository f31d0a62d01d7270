import FeatureTables
import Projections

/// How a file says which system its coordinates are in.
///
/// No format has a place for GCJ-02 and BD-09, and few programs know them: files in these systems are not labelled WGS 84,
/// every row says its system in a column `crs`, and so do the names of coordinate columns (`longitude_gcj02`). Tables say
/// every system but WGS 84 so.
extension PreparedLayer {
  static let systemColumn = "crs"

  mutating func labelSystem(_ format: ExportFormat) {
    guard geometry != nil, let system = referenceSystem else { return }
    // What an earlier file said of itself may be wrong now.
    attributes.removeAll { $0.name == Self.systemColumn && Self.label($0.column).map { $0 != system } ?? false }
    if system.isShifted {
      notes.append(
        "the coordinates are in \(system.identifier), as was asked for: other programs take them for WGS 84 and draw "
          + "them several hundred metres away, BD-09 more than a kilometre. The column `\(Self.systemColumn)` says so on every row."
      )
    } else if format == .dxf {
      let unit = system.isGeographic ? ", in degrees: `crs epsg:4548` or another projected system suits drawings" : ""
      notes.append("a drawing names no system: its coordinates are \(system.identifier)\(unit).")
      return
    } else if !format.isTable || system == .wgs84 {
      return
    }
    if attributes.contains(where: { $0.name == Self.systemColumn && Self.label($0.column) == system }) { return }
    attributes.append(
      Attribute(
        name: Self.systemColumn, column: .constant(.text(system.identifier), type: .text, count: rowCount), type: .text)
    )
  }

  /// The system that every row of a column names, if it does.
  private static func label(_ column: Column) -> ReferenceSystem? {
    guard case .text(let texts) = column.storage, column.count > 0 else { return nil }
    let first = texts.utf8(at: 0)
    let isOne = (0..<column.count).allSatisfy { !column.isNull(at: $0) && texts.utf8(at: $0) == first }
    return isOne ? try? ReferenceSystem(parsing: String(decoding: first, as: UTF8.self)) : nil
  }

  /// The columns that hold the places in a table: two of numbers, or one of well-known text; `nil` without geometry.
  var placeNames: [String]? {
    guard let geometry else { return nil }
    guard CSVText.isOfPoints(geometry) else { return ["wkt"] }
    guard let system = referenceSystem else { return ["x", "y"] }
    if system.isGeographic {
      let suffix = system == .gcj02 ? "_gcj02" : system == .bd09 ? "_bd09" : ""
      return ["longitude\(suffix)", "latitude\(suffix)"]
    }
    return ["easting", "northing"]
  }

  /// Decimals of a coordinate: about a centimetre of degrees, a tenth of a millimetre of metres.
  var decimals: Int { referenceSystem?.isGeographic ?? true ? JSONText.decimals : 4 }

  /// Names that the format gives to columns of its own.
  func reservedNames(_ format: ExportFormat) -> Set<String> {
    format.isTable ? Set(placeNames ?? []) : []
  }
}
