import GeometryKernel
import WorkControl

extension SpatialIndex {
  /// The rows that are points inside or on the outline of each area, ascending. Indexed rows that are not single points
  /// are not found, and queries without an area find nothing.
  public func pointsInside(_ areas: GeometryArray) -> Matches { pointsInside(areas, nil, 0..<areas.count) }

  /// The same on several threads.
  ///
  /// - Throws: `Cancelled`.
  public func pointsInside(_ areas: GeometryArray, workers: Workers) throws -> Matches {
    let bands = areas.withView { AreaBands($0) }
    let pieces = workers.runs(of: areas.count, atLeast: 8)
    return Matches(joining: try workers.map(pieces: pieces.count) { pointsInside(areas, bands, pieces[$0]) })
  }

  private func pointsInside(_ areas: GeometryArray, _ bands: AreaBands?, _ range: Range<Int>) -> Matches {
    var matches = Matches(reservingQueries: range.count)
    withSeeker(areas, bands) { seeker in
      for query in range {
        let start = matches.rows.count
        seeker.forEachPointInside(
          query, wholeRun: { matches.rows.append(contentsOf: $0) }, point: { matches.rows.append($0) })
        matches.rows.sortRows(from: start, areOnce: areas.parts(at: query).count <= 1)
        matches.endQuery()
      }
    }
    return matches
  }

  /// How many rows are points inside or on the outline of each area: the lengths of `pointsInside`, without the lists.
  public func countPointsInside(_ areas: GeometryArray) -> [Int32] { countPointsInside(areas, nil, 0..<areas.count) }

  /// The same on several threads.
  ///
  /// - Throws: `Cancelled`.
  public func countPointsInside(_ areas: GeometryArray, workers: Workers) throws -> [Int32] {
    let bands = areas.withView { AreaBands($0) }
    let pieces = workers.runs(of: areas.count, atLeast: 8)
    return try Array(workers.map(pieces: pieces.count) { countPointsInside(areas, bands, pieces[$0]) }.joined())
  }

  private func countPointsInside(_ areas: GeometryArray, _ bands: AreaBands?, _ range: Range<Int>) -> [Int32] {
    withSeeker(areas, bands) { seeker in
      var counts = [Int32](repeating: 0, count: range.count)
      for query in range {
        var count = 0
        if areas.parts(at: query).count <= 1 {
          seeker.forEachPointInside(query, wholeRun: { count &+= $0.count }, point: { _ in count &+= 1 })
        } else {
          // A point on the corner of two parts is found twice.
          var rows: [Int32] = []
          seeker.forEachPointInside(query, wholeRun: { rows.append(contentsOf: $0) }, point: { rows.append($0) })
          rows.sortRows(from: 0, areOnce: false)
          count = rows.count
        }
        counts[query - range.lowerBound] = Int32(truncatingIfNeeded: count)
      }
      return counts
    }
  }
}

extension [Int32] {
  /// Sorts the rows from a position on and, if they may repeat, keeps each once.
  fileprivate mutating func sortRows(from start: Int, areOnce: Bool) {
    self[start...].sort()
    guard !areOnce, count > start else { return }
    var kept = start
    for i in (start + 1)..<count where self[i] != self[kept] {
      kept += 1
      self[kept] = self[i]
    }
    removeLast(count - 1 - kept)
  }
}

extension Seeker {
  /// Calls one of the two for the points in a query's areas: with the rows of cells wholly inside, run by run, or with
  /// single rows. Points in several parts may come for each.
  @inline(__always)
  mutating func forEachPointInside(
    _ query: Int, wholeRun: (Slice<UnsafeBufferPointer<Int32>>) -> Void, point: (Int32) -> Void
  ) {
    guard !queries.isPointsLayout else { return }
    if let grid {
      for part in queries.parts(at: query) where !queryBands.boxes[part].isEmpty {
        forEachPointInside(part: part, grid, wholeRun: wholeRun, point: point)
      }
      return
    }
    let box = queries.finiteBox(at: query)
    guard !box.isEmpty else { return }
    let probe = BoxProbe(box: box)
    walk.restart()
    while true {
      let item = walk.next(near: probe, squared: 0)
      if item < 0 { return }
      guard let i = index.finitePoint(at: Int(items.rows[item])) else { continue }
      if queryBands.contains(x: index.xs[i], y: index.ys[i], row: query) { point(items.rows[item]) }
    }
  }

  @inline(__always)
  private mutating func forEachPointInside(
    part: Int, _ grid: GridView, wholeRun: (Slice<UnsafeBufferPointer<Int32>>) -> Void, point: (Int32) -> Void
  ) {
    let box = queryBands.boxes[part]
    guard runs.find(part: part, box, of: queries, in: grid.frame) else {
      let cells = grid.frame.cells(near: box, within: 0)
      for line in cells.lines {
        for i in grid.points(line: line, columns: cells.columns)
        where queryBands.contains(x: grid.xs[i], y: grid.ys[i], part: part) { point(grid.rows[i]) }
      }
      return
    }
    runs.stretches.withUnsafeBufferPointer { stretches in
      for run in runs.runs {
        let points = grid.points(line: Int(run.line), columns: run.columns)
        if run.isInside {
          wholeRun(grid.rows[points])
          continue
        }
        let stretches = stretches[Int(run.stretches.lowerBound)..<Int(run.stretches.upperBound)]
        for i in points
        where queries.contains(
          x: grid.xs[i], y: grid.ys[i], stretches, isInsideAfter: run.isInsideAfter)
        {
          point(grid.rows[i])
        }
      }
    }
  }
}
