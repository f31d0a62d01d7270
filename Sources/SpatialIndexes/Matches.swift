/// The rows that a batch of queries found, as one flat list: query `i` found `rows[starts[i]..<starts[i + 1]]`.
///
/// A batch finds at most 2³¹ − 1 rows; ask in smaller batches where every query may find all of a large index.
public struct Matches: Equatable, Sendable {
  /// One more than there are queries; begins with 0.
  public internal(set) var starts: [Int32]
  /// Row numbers of the indexed array.
  public internal(set) var rows: [Int32]
  /// The distance of each match in the units of the coordinates; empty where distances were not asked for.
  public internal(set) var distances: [Double]

  init(reservingQueries queries: Int) {
    starts = [0]
    starts.reserveCapacity(queries + 1)
    rows = []
    distances = []
  }

  /// The matches of batches, as of one batch that had all their queries in order.
  init(joining batches: [Matches]) {
    self.init(reservingQueries: batches.reduce(0) { $0 + $1.count })
    rows.reserveCapacity(batches.reduce(0) { $0 + $1.rows.count })
    distances.reserveCapacity(batches.reduce(0) { $0 + $1.distances.count })
    for batch in batches {
      let base = Int32(rows.count)
      starts.append(contentsOf: batch.starts.dropFirst().lazy.map { base + $0 })
      rows.append(contentsOf: batch.rows)
      distances.append(contentsOf: batch.distances)
    }
  }

  /// Pairs sorted by query; those of one query keep their order. O(pairs + queries).
  init(_ pairs: [(query: Int32, row: Int32)], queries: Int) {
    var cursors = [Int32](repeating: 0, count: queries + 1)
    cursors.withUnsafeMutableBufferPointer { cursors in
      for pair in pairs { cursors[Int(pair.query) + 1] &+= 1 }
      for query in 0..<queries { cursors[query + 1] &+= cursors[query] }
    }
    starts = cursors
    rows = [Int32](unsafeUninitializedCapacity: pairs.count) { rows, initialized in
      cursors.withUnsafeMutableBufferPointer { cursors in
        for pair in pairs {
          rows[Int(cursors[Int(pair.query)])] = pair.row
          cursors[Int(pair.query)] &+= 1
        }
      }
      initialized = pairs.count
    }
    distances = []
  }

  /// The number of queries. O(1).
  public var count: Int { starts.count - 1 }

  /// The matches of one query, as positions in `rows` and `distances`.
  @inlinable
  public func range(of query: Int) -> Range<Int> { Int(starts[query])..<Int(starts[query + 1]) }

  mutating func append(_ hit: Hit) {
    rows.append(hit.row)
    distances.append(hit.squared.squareRoot())
  }

  /// Replaces everything by what `body` writes to buffers for `most` matches of each query: `queries + 1` starts, rows
  /// and distances. `body` returns the number of matches.
  @inline(__always)
  mutating func fill(
    atMost most: Int, of queries: Int,
    _ body: (
      _ starts: UnsafeMutablePointer<Int32>, _ rows: UnsafeMutablePointer<Int32>,
      _ distances: UnsafeMutablePointer<Double>
    ) -> Int
  ) {
    starts = [Int32](unsafeUninitializedCapacity: queries + 1) { starts, startCount in
      // Four places more, for what is written and not kept.
      distances = [Double](unsafeUninitializedCapacity: queries * most + 4) { distances, distanceCount in
        rows = [Int32](unsafeUninitializedCapacity: queries * most + 4) { rows, rowCount in
          rowCount = body(
            starts.baseAddress.unsafelyUnwrapped, rows.baseAddress.unsafelyUnwrapped,
            distances.baseAddress.unsafelyUnwrapped)
          distanceCount = rowCount
        }
      }
      startCount = queries + 1
    }
  }

  /// Ends the list of the query that is open.
  mutating func endQuery() { starts.append(Int32(rows.count)) }
}

/// A row and the square of its distance, while a query is under way.
struct Hit {
  var row: Int32
  var squared: Double

  /// Stands for no row.
  static let none = Hit(row: -1, squared: .infinity)

  /// Nearer, and at equal distances the smaller row. Distances are compared as they are reported, after the root: two
  /// squares that differ in the last digit may be one distance.
  @inline(__always)
  func precedes(_ other: Hit) -> Bool {
    if squared < other.squared * 0.999_999_999_999_99 { return true }
    if squared > other.squared * 1.000_000_000_000_01 { return false }
    let distance = squared.squareRoot()
    let otherDistance = other.squared.squareRoot()
    return distance < otherDistance || (distance == otherDistance && row < other.row)
  }
}

extension [Int32] {
  /// Sorts; short lists, the usual ones, by insertion.
  mutating func sortAscending() {
    guard count <= 32 else { return sort() }
    withUnsafeMutableBufferPointer { rows in
      for i in rows.indices.dropFirst() {
        let row = rows[i]
        var hole = i
        while hole > 0, rows[hole - 1] > row {
          rows[hole] = rows[hole - 1]
          hole -= 1
        }
        rows[hole] = row
      }
    }
  }
}

extension [Hit] {
  /// Orders by row and keeps the nearest hit of each.
  mutating func sortByRow() {
    guard count > 1 else { return }
    if count <= 24 {
      withUnsafeMutableBufferPointer { hits in
        for i in 1..<hits.count {
          let hit = hits[i]
          var hole = i
          while hole > 0, hits[hole - 1].row > hit.row {
            hits[hole] = hits[hole - 1]
            hole -= 1
          }
          hits[hole] = hit
        }
      }
    } else {
      sort { $0.row < $1.row }
    }
    var kept = 0
    withUnsafeMutableBufferPointer { hits in
      for i in 1..<hits.count {
        let hit = hits[i]
        if hit.row == hits[kept].row {
          hits[kept].squared = Swift.min(hits[kept].squared, hit.squared)
        } else {
          kept += 1
          hits[kept] = hit
        }
      }
    }
    removeLast(count - 1 - kept)
  }
}
