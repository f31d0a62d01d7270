import CGEOS
import GeometryKernel

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
    let rows = (0..<Int32(mask.count)).filter { !mask.isNullOrEmpty(at: Int($0)) }
    var blade: PreparedGeometry?
    if rows.count == 1, let only = rows.first {
      try maskGate.check(row: Int(only), in: self)
      blade = try prepared(try geometry(mask, row: Int(only)))
    } else if let united = try united(mask, rows: rows[...], gate: &maskGate) {
      blade = try prepared(united)
    }
    var cut = RowCut(overlay, array, kept, validity)
    for row in 0..<array.count {
      guard let geometry = try cut.begin(row, in: self) else { continue }
      switch blade {
      case .some(let blade)
      where try truth(
        GEOSPreparedIntersects_r(handle, blade.pointer, geometry.pointer), "GEOSPreparedIntersects_r", row: row):
        try cut.cut(row, geometry, with: blade.geometry.pointer, prepared: blade.pointer, in: self)
      default: cut.leaveUncut(row)
      }
    }
    return cut.finish()
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
    var blades = Blades(areas, validity, in: self)
    var cut = RowCut(overlay, array, kept, validity)
    for row in 0..<array.count {
      guard let geometry = try cut.begin(row, in: self) else { continue }
      let met = try blades.meeting(geometry, among: candidates[Int(starts[row])..<Int(starts[row + 1])], in: self)
      if met.isEmpty {
        cut.leaveUncut(row)
      } else if met.count == 1 {
        let blade = try blades.area(met[0], in: self)
        try cut.cut(row, geometry, with: blade.pointer, prepared: blade.prepared, in: self)
      } else if try blades.areApart(met, in: self) {
        // None of several areas apart covers a row that meets them all.
        let blade = try blades.together(met, in: self)
        try cut.cut(row, geometry, with: blade.pointer, prepared: nil, in: self)
      } else {
        let blade = try prepared(try blades.united(met, around: array.box(at: row), in: self), row: row)
        try cut.cut(row, geometry, with: blade.geometry.pointer, prepared: blade.pointer, in: self)
      }
    }
    return cut.finish()
  }
}
