import CGEOS
import GeometryKernel

/// A question about two geometries (DE-9IM, OGC 06-103r4 clause 6.1.15). Areas are closed: what lies on an outline is
/// covered and intersects.
public enum SpatialPredicate: Sendable, CaseIterable {
  /// They share a place.
  case intersects
  /// No place of the right one is outside the left one.
  case covers
  /// No place of the left one is outside the right one.
  case coveredBy
  /// As `covers`, and the insides meet: a line on the outline of an area is not contained in it.
  case contains
  /// As `coveredBy`, and the insides meet.
  case within
  /// They share places, but their insides do not.
  case touches
  /// The insides meet, and neither covers the other, of one dimension.
  case overlaps
  /// A line goes into and out of an area, or two lines cut in a point.
  case crosses

  /// The same question asked from the other side.
  var converse: SpatialPredicate {
    switch self {
    case .covers: .coveredBy
    case .coveredBy: .covers
    case .contains: .within
    case .within: .contains
    case .intersects, .touches, .overlaps, .crosses: self
    }
  }

  fileprivate func answer(_ context: OpaquePointer, prepared left: OpaquePointer, _ right: OpaquePointer) -> CChar {
    switch self {
    case .intersects: GEOSPreparedIntersects_r(context, left, right)
    case .covers: GEOSPreparedCovers_r(context, left, right)
    case .coveredBy: GEOSPreparedCoveredBy_r(context, left, right)
    case .contains: GEOSPreparedContains_r(context, left, right)
    case .within: GEOSPreparedWithin_r(context, left, right)
    case .touches: GEOSPreparedTouches_r(context, left, right)
    case .overlaps: GEOSPreparedOverlaps_r(context, left, right)
    case .crosses: GEOSPreparedCrosses_r(context, left, right)
    }
  }

  fileprivate func answer(_ context: OpaquePointer, _ left: OpaquePointer, _ right: OpaquePointer) -> CChar {
    switch self {
    case .intersects: GEOSIntersects_r(context, left, right)
    case .covers: GEOSCovers_r(context, left, right)
    case .coveredBy: GEOSCoveredBy_r(context, left, right)
    case .contains: GEOSContains_r(context, left, right)
    case .within: GEOSWithin_r(context, left, right)
    case .touches: GEOSTouches_r(context, left, right)
    case .overlaps: GEOSOverlaps_r(context, left, right)
    case .crosses: GEOSCrosses_r(context, left, right)
    }
  }
}

extension GEOSContext {
  /// One answer for each candidate pair, exact; false where either row is null or empty.
  ///
  /// The side on which rows repeat more is taken row by row, and a row with several pairs is prepared (`GEOSPrepare_r`)
  /// once for all of them. The order of the pairs does not matter. O(n log n) for preparing n vertices, then about
  /// O(m log n) a pair.
  ///
  /// - Throws: `GeometryError.invalid` for what GEOS cannot hold. Invalid areas otherwise give an answer, of no meaning.
  public func test(
    _ predicate: SpatialPredicate, _ left: GeometryArray, rows leftRows: [Int32], _ right: GeometryArray,
    rows rightRows: [Int32]
  ) throws(GeometryError) -> [Bool] {
    precondition(leftRows.count == rightRows.count, "pairs have two rows")
    let leftGroups = GroupedRows(leftRows, groupCount: left.count)
    let rightGroups = GroupedRows(rightRows, groupCount: right.count)
    var answers = [Bool](repeating: false, count: leftRows.count)
    if leftGroups.occupiedCount <= rightGroups.occupiedCount {
      try test(predicate, left, leftGroups, right, rightRows, into: &answers)
    } else {
      try test(predicate.converse, right, rightGroups, left, leftRows, into: &answers)
    }
    return answers
  }

  /// - Parameter pairs: the numbers of the pairs of each row of `base`.
  private func test(
    _ predicate: SpatialPredicate, _ base: GeometryArray, _ pairs: GroupedRows, _ other: GeometryArray,
    _ otherRows: [Int32], into answers: inout [Bool]
  ) throws(GeometryError) {
    var others = RowHandles(other, in: self)
    for row in 0..<base.count {
      let numbers = pairs.rows(of: row)
      if numbers.isEmpty || base.isNullOrEmpty(at: row) { continue }
      try checkCancelled()
      let geometry = try geometry(base, row: row)
      if numbers.count == 1, let number = numbers.first {
        let otherRow = Int(otherRows[Int(number)])
        if other.isNullOrEmpty(at: otherRow) { continue }
        answers[Int(number)] = try truth(
          predicate.answer(handle, geometry.pointer, try others.pointer(row: otherRow, in: self)), "GEOSRelate_r",
          row: row)
        continue
      }
      let prepared = try prepared(geometry, row: row)
      for number in numbers {
        let otherRow = Int(otherRows[Int(number)])
        if other.isNullOrEmpty(at: otherRow) { continue }
        answers[Int(number)] = try truth(
          predicate.answer(handle, prepared: prepared.pointer, try others.pointer(row: otherRow, in: self)),
          "GEOSPreparedRelate_r", row: row)
      }
    }
  }
}
