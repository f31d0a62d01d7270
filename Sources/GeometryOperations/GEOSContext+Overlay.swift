import CGEOS
import GeometryKernel

/// What an overlay keeps of its left side.
private enum Overlay {
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

// MARK: - Every row with one area

extension GEOSContext {
  /// The part of each row inside a mask. Rows wholly inside are copied, rows outside become empty; only those that
  /// cross its outline are cut.
  ///
  /// - Parameters:
  ///   - mask: its rows are united first, unless it is one row.
  ///   - kept: by default the parts of the row's own dimension: an area that only touches the mask becomes empty.
  public func clip(
    _ array: GeometryArray, to mask: GeometryArray, keeping kept: KeptParts = .sameAsInput,
    validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    try cut(.intersection, array, mask, kept, validity)
  }

  /// The part of each row outside a mask, see `clip`.
  public func erase(
    _ array: GeometryArray, by mask: GeometryArray, keeping kept: KeptParts = .sameAsInput,
    validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    try cut(.difference, array, mask, kept, validity)
  }

  private func cut(
    _ overlay: Overlay, _ array: GeometryArray, _ mask: GeometryArray, _ kept: KeptParts, _ validity: InputValidity
  ) throws(GeometryError) -> GeometryArray {
    var maskGate = ValidityGate(mask, validity)
    let blade = try blade(mask, rows: ([Int32](0..<Int32(mask.count)))[...], gate: &maskGate)
    var gate = ValidityGate(array, validity)
    var builder = GeometryArrayBuilder(reservingRows: array.count)
    for row in 0..<array.count {
      try cut(overlay, array, row: row, with: blade, kept, gate: &gate, into: &builder)
    }
    return builder.finish().rightHanded()
  }
}

// MARK: - Every row with its own candidates

extension GEOSContext {
  /// The part of each row inside the union of its candidates, as `clip`.
  ///
  /// - Parameters:
  ///   - starts: offsets into `candidates`, one more than there are rows (CSR), as an index join gives them.
  ///   - candidates: rows of `areas`.
  public func clip(
    _ array: GeometryArray, to areas: GeometryArray, starts: [Int32], candidates: [Int32],
    keeping kept: KeptParts = .sameAsInput, validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    try cut(.intersection, array, areas, starts, candidates, kept, validity)
  }

  /// The part of each row outside all of its candidates, as `clip`.
  public func erase(
    _ array: GeometryArray, by areas: GeometryArray, starts: [Int32], candidates: [Int32],
    keeping kept: KeptParts = .sameAsInput, validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    try cut(.difference, array, areas, starts, candidates, kept, validity)
  }

  private func cut(
    _ overlay: Overlay, _ array: GeometryArray, _ areas: GeometryArray, _ starts: [Int32], _ candidates: [Int32],
    _ kept: KeptParts, _ validity: InputValidity
  ) throws(GeometryError) -> GeometryArray {
    precondition(starts.count == array.count + 1, "one run of candidates for each row")
    var areaGate = ValidityGate(areas, validity)
    var gate = ValidityGate(array, validity)
    var builder = GeometryArrayBuilder(reservingRows: array.count)
    for row in 0..<array.count {
      let run = candidates[Int(starts[row])..<Int(starts[row + 1])]
      let blade = try blade(areas, candidates: run, around: row, of: array, gate: &areaGate)
      try cut(overlay, array, row: row, with: blade, kept, gate: &gate, into: &builder)
    }
    return builder.finish().rightHanded()
  }
}

// MARK: - One row and one blade

extension GEOSContext {
  /// The union of some rows, prepared; `nil` when there is nothing to cut with.
  private func blade(
    _ mask: GeometryArray, rows: ArraySlice<Int32>, gate: inout ValidityGate
  ) throws(GeometryError) -> PreparedGeometry? {
    let used = rows.filter { !mask.isNullOrEmpty(at: Int($0)) }
    if used.count == 1, let only = used.first {
      try gate.check(row: Int(only), in: self)
      return try prepared(try geometry(mask, row: Int(only)))
    }
    guard let united = try united(mask, rows: used[...], gate: &gate) else { return nil }
    return try prepared(united)
  }

  /// What of some areas can reach a row, united and prepared; `nil` when nothing does.
  ///
  /// Uniting long outlines of which the row sees little would be most of the work, so areas are cut to the surroundings
  /// of the row first: less than half the time where areas tile the plane. The cuts lie beyond the row and leave it as
  /// it is.
  private func blade(
    _ areas: GeometryArray, candidates: ArraySlice<Int32>, around row: Int, of array: GeometryArray,
    gate: inout ValidityGate
  ) throws(GeometryError) -> PreparedGeometry? {
    if candidates.count < 2 || array.isNullOrEmpty(at: row) { return try blade(areas, rows: candidates, gate: &gate) }
    let target = try prepared(try geometry(array, row: row), row: row)
    let box = array.box(at: row)
    var stack = GeometryStack(in: handle)
    for candidate in candidates where !areas.isNullOrEmpty(at: Int(candidate)) {
      try checkCancelled()
      try gate.check(row: Int(candidate), in: self)
      let area = try geometry(areas, row: Int(candidate))
      if try truth(
        GEOSPreparedIntersects_r(handle, target.pointer, area.pointer), "GEOSPreparedIntersects_r", row: row)
      {
        stack.push(surroundings(of: box, in: area))
      }
    }
    if stack.count < 2 {
      guard let only = stack.pop() else { return nil }
      return try prepared(only)
    }
    let collection = try collection(&stack, GEOS_GEOMETRYCOLLECTION)
    return try prepared(try owned(GEOSUnaryUnion_r(handle, collection.pointer), "GEOSUnaryUnion_r"))
  }

  /// The part of an area in a box and an eighth of its size around it (`GEOSClipByRect_r`), or all of the area where
  /// GEOS gives nothing valid.
  private func surroundings(of box: Box, in area: consuming OwnedGeometry) -> OwnedGeometry {
    let margin = max(box.width, box.height) / 8
    guard margin > 0,
      let clipped = GEOSClipByRect_r(
        handle, area.pointer, box.minX - margin, box.minY - margin, box.maxX + margin, box.maxY + margin)
    else { return area }
    let part = OwnedGeometry(clipped, in: handle)
    return GEOSisEmpty_r(handle, part.pointer) == 0 && GEOSisValid_r(handle, part.pointer) == 1 ? part : area
  }

  private func cut(
    _ overlay: Overlay, _ array: GeometryArray, row: Int, with blade: borrowing PreparedGeometry?, _ kept: KeptParts,
    gate: inout ValidityGate, into builder: inout GeometryArrayBuilder
  ) throws(GeometryError) {
    try checkCancelled()
    if array.isNullOrEmpty(at: row) { return builder.append(array, row: row) }
    switch blade {
    case .none:
      if overlay == .difference { builder.append(array, row: row) } else { appendEmpty(like: array, row, to: &builder) }
    case .some(let blade):
      try gate.check(row: row, in: self)
      let geometry = try geometry(array, row: row)
      let prepared = blade.pointer
      if try !truth(GEOSPreparedIntersects_r(handle, prepared, geometry.pointer), "GEOSPreparedIntersects_r", row: row)
      {
        if overlay == .difference {
          builder.append(array, row: row)
        } else {
          appendEmpty(like: array, row, to: &builder)
        }
        return
      }
      if try truth(GEOSPreparedCovers_r(handle, prepared, geometry.pointer), "GEOSPreparedCovers_r", row: row) {
        if overlay == .intersection {
          builder.append(array, row: row)
        } else {
          appendEmpty(like: array, row, to: &builder)
        }
        return
      }
      let result = try owned(
        overlay.call(handle, geometry.pointer, blade.geometry.pointer), overlay.function, row: row)
      try normalizeArea(result, row: row)
      try append(result, to: &builder, keeping: kept.dimension(forRow: row, of: array), row: row)
    }
  }

  private func appendEmpty(like array: GeometryArray, _ row: Int, to builder: inout GeometryArrayBuilder) {
    builder.beginRow(array.kind(at: row))
    builder.endRow()
  }
}
