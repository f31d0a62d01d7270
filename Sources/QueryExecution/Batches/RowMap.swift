/// Which rows of a shared column a view shows, in order.
///
/// A class, so that the columns of one batch can share a map and a filter composes it once for all of them.
public final class RowMap: Sendable {
  public enum Kind: Sendable {
    /// Neighbouring rows: nothing is stored, and kernels read the column's buffer in place.
    case range(Range<Int>)
    /// The named rows in the order named; -1 shows a null row.
    case selection([Int32])
  }

  public let kind: Kind

  public init(range: Range<Int>) { kind = .range(range) }

  public init(selection: [Int32]) { kind = .selection(selection) }

  /// The number of rows shown. O(1).
  public var count: Int {
    switch kind {
    case .range(let range): range.count
    case .selection(let rows): rows.count
    }
  }

  /// The row of the shared column behind a row of the view; -1 for a null row.
  public func row(at index: Int) -> Int {
    switch kind {
    case .range(let range): range.lowerBound + index
    case .selection(let rows): Int(rows[index])
    }
  }

  /// The map that shows the named rows of this one; -1 stays -1. O(rows named).
  public func selecting(_ rows: [Int32]) -> RowMap {
    var composed = rows
    switch kind {
    case .range(let range):
      let start = Int32(truncatingIfNeeded: range.lowerBound)
      if start == 0 { break }
      for i in composed.indices where composed[i] >= 0 { composed[i] += start }
    case .selection(let behind):
      behind.withUnsafeBufferPointer { behind in
        for i in composed.indices where composed[i] >= 0 { composed[i] = behind[Int(composed[i])] }
      }
    }
    return RowMap(selection: composed)
  }

  /// The map that shows a run of this one's rows. O(1) for a range, O(rows) for a selection.
  public func slice(_ rows: Range<Int>) -> RowMap {
    if rows == 0..<count { return self }
    switch kind {
    case .range(let range):
      return RowMap(range: (range.lowerBound + rows.lowerBound)..<(range.lowerBound + rows.upperBound))
    case .selection(let behind): return RowMap(selection: Array(behind[rows]))
    }
  }
}
