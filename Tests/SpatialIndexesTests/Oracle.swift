import GeometryKernel
import Testing

@testable import SpatialIndexes

/// Every answer by comparing every query with every row.
struct Oracle {
  let rows: GeometryArray
  let queries: GeometryArray
  /// The distances of each query to the rows that have one, in the order of rows.
  private let distances: [[(row: Int32, distance: Double)]]

  init(rows: GeometryArray, queries: GeometryArray) {
    self.rows = rows
    self.queries = queries
    distances = (0..<queries.count).map { query in
      (0..<rows.count).compactMap { row in
        queries.distance(at: query, to: rows, row: row).map { (Int32(row), $0) }
      }
    }
  }

  /// The lists of rows and their distances that an answer should have.
  private typealias Lists = [[(row: Int32, distance: Double)]]

  private func nearest(_ k: Int, within limit: Double) -> Lists {
    distances.map { list in
      list.filter { $0.distance <= limit }.sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }
        .prefix(k).map { $0 }
    }
  }

  private func within(_ distance: Double) -> Lists { distances.map { $0.filter { $0.distance <= distance } } }

  func position(of row: Int, in array: GeometryArray) -> (Double, Double)? {
    let run = array.coordinates(at: row)
    guard run.count == 1 else { return nil }
    let (x, y) = (array.xs[run.lowerBound], array.ys[run.lowerBound])
    return x.isFinite && y.isFinite ? (x, y) : nil
  }

  func isFinite(_ row: Int, in array: GeometryArray) -> Bool {
    array.coordinates(at: row).allSatisfy { array.xs[$0].isFinite && array.ys[$0].isFinite }
  }

  /// Rows whose areas hold a query that is a point.
  func containing(_ queries: GeometryArray, _ rows: GeometryArray) -> [[Int32]] {
    (0..<queries.count).map { query in
      guard let (x, y) = position(of: query, in: queries) else { return [] }
      return (0..<rows.count).filter { isFinite($0, in: rows) && rows.location(x: x, y: y, inRow: $0) != .outside }
        .map { Int32($0) }
    }
  }

  /// Rows that are points which a query's area holds.
  func pointsInside(_ queries: GeometryArray, _ rows: GeometryArray) -> [[Int32]] {
    (0..<queries.count).map { query in
      guard isFinite(query, in: queries) else { return [] }
      return (0..<rows.count).filter {
        guard let (x, y) = position(of: $0, in: rows) else { return false }
        return queries.location(x: x, y: y, inRow: query) != .outside
      }.map { Int32($0) }
    }
  }

  func candidates() -> [[Int32]] {
    (0..<queries.count).map { query in
      let box = queries.box(at: query)
      return (0..<rows.count).filter { isFinite($0, in: rows) && rows.box(at: $0).intersects(box) }.map { Int32($0) }
    }
  }

  /// Asks everything of an index and of brute force, and compares.
  func check(_ index: SpatialIndex, limits: [Double], _ comment: Comment) {
    #expect(index.invariantViolation() == nil, comment)
    for distance in limits {
      for k in [1, 3, rows.count + 5] {
        let expected = nearest(k, within: distance)
        let found = index.nearest(k, to: queries, within: distance)
        #expect(found.lists == expected.map { $0.map(\.row) }, "\(k) nearest within \(distance), \(comment)")
        #expect(found.distances == expected.joined().map(\.distance), "\(k) nearest within \(distance), \(comment)")
      }
      let expected = within(distance)
      let lists = expected.map { $0.map(\.row) }
      let found = index.within(distance, of: queries, distances: true)
      #expect(found.lists == lists, "within \(distance), \(comment)")
      #expect(found.distances == expected.joined().map(\.distance), "within \(distance), \(comment)")
      #expect(index.within(distance, of: queries).lists == lists, "within \(distance), \(comment)")
      #expect(index.anyWithin(distance, of: queries) == lists.map { !$0.isEmpty }, "any within \(distance), \(comment)")
      #expect(
        index.countWithin(distance, of: queries) == lists.map { Int32($0.count) },
        "count within \(distance), \(comment)")
    }
    let holding = containing(queries, rows)
    #expect(index.containing(queries).lists == holding, "containing, \(comment)")
    #expect(index.firstContaining(queries) == holding.map { $0.first ?? -1 }, "first containing, \(comment)")
    var tally = [Int](repeating: 0, count: rows.count)
    for row in holding.joined() { tally[Int(row)] += 1 }
    var counted = [Int](repeating: 0, count: rows.count)
    index.tally(queries, into: &counted)
    #expect(counted == tally, "tally, \(comment)")
    let inside = pointsInside(queries, rows)
    #expect(index.pointsInside(queries).lists == inside, "points inside, \(comment)")
    #expect(index.countPointsInside(queries) == inside.map { Int32($0.count) }, "count points inside, \(comment)")
    #expect(index.candidates(of: queries.boxes()).lists == candidates(), "candidates, \(comment)")
  }
}

extension Matches {
  /// The rows of each query.
  var lists: [[Int32]] { (0..<count).map { Array(rows[range(of: $0)]) } }
}
