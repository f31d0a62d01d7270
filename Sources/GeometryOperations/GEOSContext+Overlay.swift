import CGEOS
import GeometryKernel

/// What an overlay keeps of its left side.
enum Overlay {
  case intersection
  case difference

  var function: StaticString { self == .intersection ? "GEOSIntersection_r" : "GEOSDifference_r" }

  func call(_ context: OpaquePointer, _ left: OpaquePointer, _ right: OpaquePointer) -> OpaquePointer? {
    switch self {
    case .intersection: GEOSIntersection_r(context, left, right)
    case .difference: GEOSDifference_r(context, left, right)
    }
  }
}

// MARK: - Pair by pair

extension GEOSContext {
  /// What the two rows of each pair share, one row a pair; null where either is null (`GEOSIntersection_r`).
  ///
  /// - Throws: `GeometryError.invalid` naming the row, in the array it is of.
  public func intersection(
    _ left: GeometryArray, rows leftRows: [Int32], with right: GeometryArray, rows rightRows: [Int32],
    keeping kept: KeptParts = .all, validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    try overlay(.intersection, left, leftRows, right, rightRows, kept, validity)
  }

  /// What is left of each pair's left row without the right one, one row a pair (`GEOSDifference_r`). Null where the
  /// left row is null; a null right row takes nothing away.
  ///
  /// - Throws: `GeometryError.invalid` naming the row, in the array it is of.
  public func difference(
    _ left: GeometryArray, rows leftRows: [Int32], minus right: GeometryArray, rows rightRows: [Int32],
    keeping kept: KeptParts = .sameAsInput, validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    try overlay(.difference, left, leftRows, right, rightRows, kept, validity)
  }

  private func overlay(
    _ overlay: Overlay, _ left: GeometryArray, _ leftRows: [Int32], _ right: GeometryArray, _ rightRows: [Int32],
    _ kept: KeptParts, _ validity: InputValidity
  ) throws(GeometryError) -> GeometryArray {
    precondition(leftRows.count == rightRows.count, "pairs have two rows")
    var builder = GeometryArrayBuilder(reservingRows: leftRows.count)
    var leftHandles = RowHandles(left, in: self)
    var rightHandles = RowHandles(right, in: self)
    var leftGate = ValidityGate(left, validity)
    var rightGate = ValidityGate(right, validity)
    for (l, r) in zip(leftRows, rightRows) {
      try checkCancelled()
      let leftRow = Int(l)
      let rightRow = Int(r)
      if left.isNull(at: leftRow) || (overlay == .intersection && right.isNull(at: rightRow)) {
        builder.appendNull()
        continue
      }
      if right.isNull(at: rightRow) {
        builder.append(left, row: leftRow)
        continue
      }
      try leftGate.check(row: leftRow, in: self)
      try rightGate.check(row: rightRow, in: self)
      let result = try owned(
        overlay.call(
          handle, try leftHandles.pointer(row: leftRow, in: self), try rightHandles.pointer(row: rightRow, in: self)),
        overlay.function, row: leftRow)
      try normalizeArea(result, row: leftRow)
      try append(result, to: &builder, keeping: kept.dimension(forRow: leftRow, of: left), row: leftRow)
    }
    return builder.finish().rightHanded()
  }
}
