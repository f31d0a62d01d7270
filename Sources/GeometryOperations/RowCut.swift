import CGEOS
import GeometryKernel

/// The rows of an array after a cut, one after the other.
struct RowCut: ~Copyable {
  private let overlay: Overlay
  private let array: GeometryArray
  private let kept: KeptParts
  private var gate: ValidityGate
  private var builder: GeometryArrayBuilder

  init(_ overlay: Overlay, _ array: GeometryArray, _ kept: KeptParts, _ validity: InputValidity) {
    self.overlay = overlay
    self.array = array
    self.kept = kept
    gate = ValidityGate(array, validity)
    builder = GeometryArrayBuilder(reservingRows: array.count)
  }

  consuming func finish() -> GeometryArray { builder.finish().rightHanded() }

  /// The row's geometry, to be cut or left; `nil` for one without a coordinate, which stays as it is.
  mutating func begin(_ row: Int, in context: GEOSContext) throws(GeometryError) -> OwnedGeometry? {
    try context.checkCancelled()
    guard !array.isNullOrEmpty(at: row) else {
      keep(row)
      return nil
    }
    return try context.geometry(array, row: row)
  }

  /// The row as it is.
  private mutating func keep(_ row: Int) { builder.append(array, row: row) }

  /// What becomes of a row that shares no point with the blade.
  mutating func leaveUncut(_ row: Int) { overlay == .difference ? keep(row) : empty(row) }

  /// Cuts a row with a blade that it meets; a row that the blade covers is copied or becomes empty.
  ///
  /// - Parameters:
  ///   - geometry: of the row.
  ///   - prepared: of the blade; `nil` when it is known not to cover the row.
  mutating func cut(
    _ row: Int, _ geometry: borrowing OwnedGeometry, with blade: OpaquePointer, prepared: OpaquePointer?,
    in context: GEOSContext
  ) throws(GeometryError) {
    try gate.check(row: row, in: context)
    let handle = context.handle
    if let prepared,
      try context.truth(GEOSPreparedCovers_r(handle, prepared, geometry.pointer), "GEOSPreparedCovers_r", row: row)
    {
      return overlay == .intersection ? keep(row) : empty(row)
    }
    let result = try context.owned(overlay.call(handle, geometry.pointer, blade), overlay.function, row: row)
    try context.normalizeArea(result, row: row)
    try context.append(result, to: &builder, keeping: kept.dimension(forRow: row, of: array), row: row)
  }

  private mutating func empty(_ row: Int) {
    builder.beginRow(array.kind(at: row))
    builder.endRow()
  }
}
