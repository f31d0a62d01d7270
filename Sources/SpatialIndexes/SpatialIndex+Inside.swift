import GeometryKernel

extension SpatialIndex {
  /// The rows that are points inside or on the outline of each area, ascending. Indexed rows that are not single points
  /// are not found, and queries without an area find nothing.
  public func pointsInside(_ areas: GeometryArray) -> Matches {
    var matches = Matches(reservingQueries: areas.count)
    withSeeker(areas) { seeker in
      for query in 0..<areas.count {
        let start = matches.rows.count
        seeker.collectPointsInside(query) { matches.rows.append($0) }
        matches.rows[start...].sort()
        matches.endQuery()
      }
    }
    return matches
  }

  /// How many rows are points inside or on the outline of each area: the lengths of `pointsInside`, without the lists.
  public func countPointsInside(_ areas: GeometryArray) -> [Int32] {
    withSeeker(areas) { seeker in
      var counts = [Int32](repeating: 0, count: areas.count)
      for query in counts.indices { seeker.collectPointsInside(query) { _ in counts[query] += 1 } }
      return counts
    }
  }
}

extension Seeker {
  @inline(__always)
  fileprivate mutating func collectPointsInside(_ query: Int, _ body: (Int32) -> Void) {
    guard !queries.isPointsLayout else { return }
    let box = queries.finiteBox(at: query)
    guard !box.isEmpty else { return }
    if let grid {
      let cells = grid.cells(near: box, within: 0)
      for line in cells.lines {
        for i in grid.points(line: line, columns: cells.columns)
        where queryBands.contains(x: grid.xs[i], y: grid.ys[i], row: query) {
          body(grid.rows[i])
        }
      }
      return
    }
    let probe = BoxProbe(box: box)
    walk.restart()
    while true {
      let item = walk.next(near: probe, squared: 0)
      if item < 0 { return }
      guard let i = index.finitePoint(at: Int(items.rows[item])) else { continue }
      if queryBands.contains(x: index.xs[i], y: index.ys[i], row: query) { body(items.rows[item]) }
    }
  }
}
