import CGDAL

/// The columns of a GDAL layer as they fill.
struct FeatureRows {
  var fields: [FieldColumn]
  var geometry: FeatureGeometry
  private(set) var count = 0
  /// The numbers that the driver gives the features, if they are kept.
  private(set) var ids: [Int64] = []
  var keepsIDs = false
  /// True when a damaged file made GDAL come back to rows that it had handed out; it would do so for ever.
  private(set) var repeatsRows = false
  /// `nil` where the layer is none of a drawing.
  private let drawing: DrawingFeatures?
  /// Features left out because they are on a print layout.
  private(set) var paperRows = 0

  init(_ fields: [FieldColumn], reservingRows rows: Int, drawing: DrawingFeatures? = nil) {
    self.fields = fields
    self.drawing = drawing
    geometry = FeatureGeometry(reservingRows: rows)
  }

  /// Reads all features, one after the other.
  ///
  /// - Parameter onRows: Told how many there are, every few thousand.
  mutating func readFeatures(_ layer: OGRLayerH, onRows: (Int) throws -> Void) throws {
    OGR_L_ResetReading(layer)
    while let feature = OGR_L_GetNextFeature(layer) {
      defer { OGR_F_Destroy(feature) }
      append(feature)
      if count & 0xFFF == 0 { try onRows(count) }
    }
  }

  /// Reads up to so many features from where the last ended; true at the end of the layer.
  mutating func readMore(_ layer: OGRLayerH, most: Int) -> Bool {
    while count < most {
      guard let feature = OGR_L_GetNextFeature(layer) else { return true }
      defer { OGR_F_Destroy(feature) }
      append(feature)
    }
    return false
  }

  private mutating func append(_ feature: OGRFeatureH) {
    if let drawing, drawing.isOnPaper(feature) {
      paperRows += 1
      return
    }
    for i in fields.indices { fields[i].append(feature) }
    if let spline = drawing?.finerSpline(feature) {
      geometry.append(spline)
      OGR_G_DestroyGeometry(spline)
    } else {
      geometry.append(OGR_F_GetGeometryRef(feature))
    }
    if keepsIDs { ids.append(OGR_F_GetFID(feature)) }
    count += 1
  }

  /// Reads all features by the column; false, with nothing read, where a column has no such form.
  mutating func readBatches(_ layer: OGRLayerH, onRows: (Int) throws -> Void) throws -> Bool {
    guard var batches = ArrowBatches(layer), let ids = batches.column(OGR_L_GetFIDColumn(layer)), ids.format == "l",
      let shapes = batches.column(OGR_L_GetGeometryColumn(layer)), shapes.format == "z"
    else { return false }
    let columns = fields.compactMap { field in
      batches.column(field.sourceName).flatMap { field.takes(format: $0.format) ? $0 : nil }
    }
    guard columns.count == fields.count else { return false }
    var lastID = Int64.min
    while let last = batches.next({ batch in
      append(batch, shapes: shapes.position, columns)
      return batch.children[ids.position]?.pointee.lastInteger
    }) ?? nil {
      guard last > lastID else {
        repeatsRows = true
        break
      }
      lastID = last
      try onRows(count)
    }
    return true
  }

  private mutating func append(_ batch: ArrowArray, shapes: Int, _ columns: [(position: Int, format: String)]) {
    for (i, column) in columns.enumerated() {
      guard let rows = batch.children[column.position]?.pointee else { continue }
      fields[i].append(rows, format: column.format)
    }
    if let rows = batch.children[shapes]?.pointee {
      for row in 0..<Int(batch.length) {
        if rows.isValid(row) { geometry.append(wkb: rows.bytes(row)) } else { geometry.append(nil) }
      }
    }
    count += Int(batch.length)
  }
}
