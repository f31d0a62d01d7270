import CGDAL
import GeometryKernel

/// The geometries that the cells of a table tell.
struct CellGeometry {
  let geometry: GeometryArray
  /// Rows, from 0, whose cells are filled but tell no geometry.
  let unreadable: [UnreadableRow]
  var notes: [String] = []
}

/// Geometries of a column of well-known text (OGC 06-103r4, clause 7).
enum WellKnownText {
  /// True when the first cell that is filled is a geometry, or none is.
  static func isHeld(by column: CellColumn) -> Bool {
    guard let row = column.validity.firstIndex(of: true) else { return true }
    return GDALMessages.collecting { _ in
      let geometry = parse(column.texts[row])
      defer { OGR_G_DestroyGeometry(geometry) }
      return geometry != nil
    }
  }

  /// One row a cell; null cells are null rows.
  static func geometry(_ column: CellColumn) -> CellGeometry {
    GDALMessages.collecting { _ in
      var collected = FeatureGeometry(reservingRows: column.count)
      var unreadable: [UnreadableRow] = []
      for row in 0..<column.count {
        guard column.validity[row] else {
          collected.append(nil)
          continue
        }
        let parsed = parse(column.texts[row])
        defer { OGR_G_DestroyGeometry(parsed) }
        if parsed == nil {
          unreadable.append(
            UnreadableRow(row: row, reason: "a text that is no well-known text of a shape", original: column.texts[row])
          )
        }
        collected.append(parsed)
      }
      return CellGeometry(
        geometry: collected.finish(), unreadable: (unreadable + collected.unreadable).sorted { $0.row < $1.row },
        notes: collected.notes)
    }
  }

  /// The caller destroys it.
  private static func parse(_ text: String) -> OGRGeometryH? {
    var text = text
    // PostGIS writes the code of the system in front.
    if text.uppercased().hasPrefix("SRID="), let semicolon = text.firstIndex(of: ";") {
      text = String(text[text.index(after: semicolon)...])
    }
    return text.withCString { start -> OGRGeometryH? in
      var cursor: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(mutating: start)
      var geometry: OGRGeometryH?
      guard OGR_G_CreateFromWkt(&cursor, nil, &geometry) == OGRERR_NONE else {
        OGR_G_DestroyGeometry(geometry)
        return nil
      }
      return geometry
    }
  }
}
