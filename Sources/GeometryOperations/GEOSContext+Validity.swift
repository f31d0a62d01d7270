import CGEOS
import GeometryKernel

/// What repairing did to a layer.
public struct RepairedGeometry: Sendable {
  /// One row for each row given.
  public let geometry: GeometryArray
  /// What was wrong, ascending by row: these rows were changed.
  public let defects: [ValidityDefect]
  /// Rows of which nothing could be kept; they are null now. A subset of the rows in `defects`.
  public let lostRows: [Int32]
}

extension GEOSContext {
  /// The rows that are not valid, each with its first defect, ascending (`GEOSisValidDetail_r`). Null and empty rows
  /// are valid. O(n log n) in a row's vertices.
  public func validity(of array: GeometryArray) throws(GeometryError) -> [ValidityDefect] {
    var defects: [ValidityDefect] = []
    if array.isKnownValid { return defects }
    for row in 0..<array.count {
      try checkCancelled()
      if let defect = try defect(of: array, row: row) { defects.append(defect) }
    }
    return defects
  }

  /// Makes every row valid, by the structure of its rings: lobes of a bow-tie become parts, overlapping parts are
  /// united, holes are taken out of the shells they lie in and become parts outside of them, and what collapses to a
  /// line or a point is dropped (`GEOSMakeValidWithParams_r`, `GEOS_MAKE_VALID_STRUCTURE`). Before that, vertices that
  /// are not numbers are dropped and open rings closed. Valid rows keep their vertices.
  public func makeValid(_ array: GeometryArray) throws(GeometryError) -> RepairedGeometry {
    guard let parameters = GEOSMakeValidParams_create_r(handle) else {
      throw failure("GEOSMakeValidParams_create_r", row: nil)
    }
    defer { GEOSMakeValidParams_destroy_r(handle, parameters) }
    try succeeded(
      GEOSMakeValidParams_setMethod_r(handle, parameters, GEOS_MAKE_VALID_STRUCTURE), "GEOSMakeValidParams_setMethod_r")
    try succeeded(
      GEOSMakeValidParams_setKeepCollapsed_r(handle, parameters, 0), "GEOSMakeValidParams_setKeepCollapsed_r")

    var builder = GeometryArrayBuilder(reservingRows: array.count)
    var defects: [ValidityDefect] = []
    var lostRows: [Int32] = []
    for row in 0..<array.count {
      try checkCancelled()
      guard let defect = try defect(of: array, row: row) else {
        builder.append(array, row: row)
        continue
      }
      defects.append(defect)
      let mended = array.mendingStructure(ofRow: row)
      if !mended.isNullOrEmpty(at: 0) {
        let geometry = try geometry(mended, row: 0)
        let valid = try owned(
          GEOSMakeValidWithParams_r(handle, geometry.pointer, parameters), "GEOSMakeValidWithParams_r", row: row)
        if try !truth(GEOSisEmpty_r(handle, valid.pointer), "GEOSisEmpty_r", row: row) {
          try append(valid, to: &builder, row: row)
          continue
        }
      }
      lostRows.append(Int32(row))
      builder.appendNull()
    }
    return RepairedGeometry(geometry: builder.finish().rightHanded(), defects: defects, lostRows: lostRows)
  }

  /// The first defect of a row.
  func defect(of array: GeometryArray, row: Int) throws(GeometryError) -> ValidityDefect? {
    guard !array.isNullOrEmpty(at: row) else { return nil }
    if let defect = array.structuralDefect(at: row) { return defect }
    if array.highestDimension(at: row) == .point { return nil }
    let geometry = try geometry(array, row: row)
    var reason: UnsafeMutablePointer<CChar>?
    var place: OpaquePointer?
    let isValid = GEOSisValidDetail_r(handle, geometry.pointer, 0, &reason, &place)
    defer {
      if let reason { GEOSFree_r(handle, reason) }
      if let place { GEOSGeom_destroy_r(handle, place) }
    }
    if try truth(isValid, "GEOSisValidDetail_r", row: row) { return nil }
    var x = Double.nan
    var y = Double.nan
    if let place {
      try succeeded(GEOSGeomGetX_r(handle, place, &x), "GEOSGeomGetX_r", row: row)
      try succeeded(GEOSGeomGetY_r(handle, place, &y), "GEOSGeomGetY_r", row: row)
    }
    return ValidityDefect(row: row, reason: reason.map { String(cString: $0) } ?? "invalid", x: x, y: y)
  }
}

/// Whether an operation tests its areas first.
public enum InputValidity: Sendable {
  /// Test each row that is used, once; an invalid one is an error. Costs about as much as an overlay.
  case checked
  /// The caller knows that all rows are valid, as after an import that reported none.
  case known
}

/// Tests rows as they come up, each once.
struct ValidityGate: ~Copyable {
  private let array: GeometryArray
  private var passed: [Bool]

  init(_ array: GeometryArray, _ validity: InputValidity) {
    self.array = array
    // Lines and points need no more than their structure, which is looked at on the way into GEOS.
    let isSettled = validity == .known || array.isKnownValid || array.maximumDimension != .area
    passed = isSettled ? [] : Array(repeating: false, count: array.count)
  }

  mutating func check(row: Int, in context: GEOSContext) throws(GeometryError) {
    guard !passed.isEmpty, !passed[row] else { return }
    if array.highestDimension(at: row) == .area, let defect = try context.defect(of: array, row: row) {
      throw .invalid(defect)
    }
    passed[row] = true
  }
}
