import CVectors
import GeometryKernel
import WorkControl

extension SpatialIndex {
  /// Builds now what the first question about areas would build: `containing` and its kin, and distances to areas.
  ///
  /// - Throws: `Cancelled`.
  public func prepareAreas(workers: Workers) throws {
    try areas.value { try geometry.withView { try AreaLocator($0, workers: workers) } }
  }

  /// The rows whose closed areas hold each query, ascending. Queries that are not single points find nothing.
  public func containing(_ queries: GeometryArray) -> Matches {
    withLocator(queries) { locator, queries in
      if let raster = locator.raster {
        var pairs: [(query: Int32, row: Int32)] = []
        pairs.reserveCapacity(queries.count + queries.count / 8)
        raster.forEachHolding(queries) { pairs.append((Int32(truncatingIfNeeded: $0), $1)) }
        return Matches(pairs, queries: queries.count)
      }
      var matches = Matches(reservingQueries: queries.count)
      locator.forEach(queries) { _, found in
        matches.rows.append(contentsOf: found)
        matches.endQuery()
      }
      return matches
    }
  }

  /// The smallest row whose closed area holds each query, or −1. Queries that are not single points find nothing.
  public func firstContaining(_ queries: GeometryArray) -> [Int32] {
    withLocator(queries) { locator, queries in
      if let raster = locator.raster { return raster.first(queries) }
      var rows = [Int32](repeating: -1, count: queries.count)
      locator.forEach(queries) { query, found in
        if let smallest = found.first { rows[query] = smallest }
      }
      return rows
    }
  }

  /// Adds to the count of each row how many queries its closed areas hold: `countPointsInside` from the other side, for
  /// points that come batch by batch. Queries that are not single points are not counted.
  ///
  /// - Parameter counts: One for each indexed row.
  public func tally(_ queries: GeometryArray, into counts: inout [Int]) {
    precondition(counts.count == geometry.count, "one count for each indexed row")
    withLocator(queries) { locator, queries in
      counts.withUnsafeMutableBufferPointer { counts in
        if let raster = locator.raster {
          raster.forEachHolding(queries) { _, row in counts[Int(row)] &+= 1 }
        } else {
          locator.forEach(queries) { _, found in
            for row in found { counts[Int(row)] &+= 1 }
          }
        }
      }
    }
  }

  @inline(__always)
  private func withLocator<Result>(_ queries: GeometryArray, _ body: (LocatorView, GeometryView) -> Result) -> Result {
    let areas = areas.value
    return geometry.withView { index in
      queries.withView { queries in areas.withView(index) { body($0, queries) } }
    }
  }
}

extension LocatorView {
  /// Calls `body` for each query with the rows that hold it, ascending.
  @inline(__always)
  fileprivate func forEach(_ queries: GeometryView, _ body: (Int, [Int32]) -> Void) {
    var walk = makeWalk()
    var found: [Int32] = []
    for query in 0..<queries.count {
      if let i = queries.finitePoint(at: query) {
        find(x: queries.xs[i], y: queries.ys[i], &walk, into: &found)
      } else {
        found.removeAll(keepingCapacity: true)
      }
      body(query, found)
    }
  }
}

extension RasterView {
  /// The smallest row that holds each query.
  fileprivate func first(_ queries: GeometryView) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: queries.count) { rows, initialized in
      forEachDoubtful(queries, known: { rows[$0] = $1 }) { query, list, x, y in
        rows[query] = first(inList: list, x: x, y: y)
      }
      initialized = queries.count
    }
  }

  /// Calls `body` for each pair of a query and a row that holds it.
  @inline(__always)
  fileprivate func forEachHolding(_ queries: GeometryView, _ body: (Int, Int32) -> Void) {
    forEachDoubtful(queries, known: { if $1 >= 0 { body($0, $1) } }) { query, list, x, y in
      forEachRow(inList: list, x: x, y: y) { body(query, $0) }
    }
  }

  /// Calls `known` for each query with what its cell says of it, and then `doubtful` for those whose cell has a list.
  ///
  /// Positions in no order find nothing in the cache: in order, each waits for its cell, its list and its edges, one
  /// after the other. So 128 go together, and what the next step needs is fetched while this one goes on: half the time.
  @inline(__always)
  private func forEachDoubtful(
    _ queries: GeometryView, known: (Int, Int32) -> Void,
    doubtful: (_ query: Int, _ list: Int32, _ x: Double, _ y: Double) -> Void
  ) {
    let most = 128
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * most) { room in
      let places = room.baseAddress.unsafelyUnwrapped
      let waiting = places + most
      let lists = waiting + most
      for first in stride(from: 0, to: queries.count, by: most) {
        let range = first..<min(first + most, queries.count)
        for query in range {
          var place: Int32 = -1
          if let i = queries.finitePoint(at: query), extent.contains(x: queries.xs[i], y: queries.ys[i]) {
            let cell = frame.cell(x: queries.xs[i], y: queries.ys[i])
            fetchAhead(cells.baseAddress.unsafelyUnwrapped + cell)
            place = Int32(truncatingIfNeeded: cell)
          }
          places[query &- first] = place
        }
        var count = 0
        for query in range {
          let place = Int(places[query &- first])
          let cell = place >= 0 ? cells[place] : AreaRaster.nothing
          known(query, cell)
          waiting[count] = Int32(truncatingIfNeeded: query)
          lists[count] = cell
          count &+= cell < AreaRaster.nothing ? 1 : 0
        }
        for next in 0..<count { fetchAhead(entries.baseAddress.unsafelyUnwrapped + entry(ofList: lists[next])) }
        for next in 0..<count {
          var i = entry(ofList: lists[next])
          while true {
            let begin = Int(entries[i].edges.begin)
            fetchAhead(view.xs.baseAddress.unsafelyUnwrapped + begin)
            fetchAhead(view.ys.baseAddress.unsafelyUnwrapped + begin)
            if entries[i].isLast { break }
            i &+= 1
          }
        }
        for next in 0..<count {
          let query = Int(waiting[next])
          guard let i = queries.finitePoint(at: query) else { continue }
          doubtful(query, lists[next], queries.xs[i], queries.ys[i])
        }
      }
    }
  }
}

extension SpatialIndex {
  /// The rows whose boxes overlap each box, touching included, ascending: candidates for exact tests elsewhere.
  public func candidates(of boxes: [Box]) -> Matches {
    var matches = Matches(reservingQueries: boxes.count)
    switch structure {
    case .grid(let grid):
      grid.withView { grid in
        for box in boxes {
          let start = matches.rows.count
          if !box.isEmpty {
            let cells = grid.frame.cells(near: box, within: 0)
            for line in cells.lines {
              for i in grid.points(line: line, columns: cells.columns) where box.contains(x: grid.xs[i], y: grid.ys[i])
              {
                matches.rows.append(grid.rows[i])
              }
            }
          }
          matches.rows[start...].sort()
          matches.endQuery()
        }
      }
    case .tree(let items):
      items.tree.withView { tree in
        var walk = TreeWalk(tree)
        for box in boxes {
          let start = matches.rows.count
          if !box.isEmpty {
            let probe = BoxProbe(box: box)
            walk.restart()
            while true {
              let item = walk.next(near: probe, squared: 0)
              if item < 0 { break }
              matches.rows.append(items.rows[item])
            }
          }
          matches.rows[start...].sort()
          matches.endQuery()
        }
      }
    }
    return matches
  }
}
