import GeometryKernel

extension SpatialIndex {
  /// The rows whose closed areas hold each query, ascending. Queries that are not single points find nothing.
  public func containing(_ queries: GeometryArray) -> Matches {
    var matches = Matches(reservingQueries: queries.count)
    locate(queries) { _, found in
      matches.rows.append(contentsOf: found)
      matches.endQuery()
    }
    return matches
  }

  /// The smallest row whose closed area holds each query, or −1. Queries that are not single points find nothing.
  public func firstContaining(_ queries: GeometryArray) -> [Int32] {
    var rows = [Int32](repeating: -1, count: queries.count)
    locate(queries) { query, found in
      if let smallest = found.first { rows[query] = smallest }
    }
    return rows
  }

  /// How many rows' closed areas hold each query. Queries that are not single points find nothing.
  public func countContaining(_ queries: GeometryArray) -> [Int32] {
    var counts = [Int32](repeating: 0, count: queries.count)
    locate(queries) { query, found in counts[query] = Int32(truncatingIfNeeded: found.count) }
    return counts
  }

  /// Calls `body` for each query with the rows that hold it, ascending.
  @inline(__always)
  private func locate(_ queries: GeometryArray, _ body: (Int, [Int32]) -> Void) {
    let areas = areas.value
    geometry.withView { index in
      queries.withView { queries in
        areas.withView(index) { locator in
          var walk = TreeWalk(locator.tree)
          var found: [Int32] = []
          for query in 0..<queries.count {
            if let i = queries.finitePoint(at: query) {
              locator.find(x: queries.xs[i], y: queries.ys[i], &walk, into: &found)
            } else {
              found.removeAll(keepingCapacity: true)
            }
            body(query, found)
          }
        }
      }
    }
  }

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
