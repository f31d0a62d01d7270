import CVectors
import GeometryKernel

extension SpatialIndex {
  /// The nearest rows of each query in the order of their distances, equal distances in the order of rows; exact.
  ///
  /// - Parameters:
  ///   - k: The most rows for each query; fewer are found where fewer are within the limit.
  ///   - queries: Rows of any kinds.
  ///   - limit: The largest distance, included, in the units of the coordinates.
  public func nearest(_ k: Int, to queries: GeometryArray, within limit: Double = .infinity) -> Matches {
    var matches = Matches(reservingQueries: queries.count)
    let squared = squaredLimit(of: limit)
    let k = min(k, indexedCount)
    guard k > 0, squared >= 0 else {
      matches.starts = [Int32](repeating: 0, count: queries.count + 1)
      return matches
    }
    if case .grid(let grid) = structure, k <= NearestFew.most, queries.holdsOnlyPoints {
      grid.withView { grid in
        queries.withView { queries in
          guard k <= 4, let offsets = offsets.value else {
            return grid.nearest(k, to: queries, squared: squared, &matches)
          }
          offsets.withView(grid) { $0.nearest(k, to: queries, squared: squared, &matches) }
        }
      }
    } else {
      withSeeker(queries, usingGrid: false) { $0.nearest(k, rows: geometry.count, squared: squared, &matches) }
    }
    return matches
  }
}

extension GridView {
  fileprivate func nearest(_ k: Int, to queries: GeometryView, squared limit: Double, _ matches: inout Matches) {
    matches.rows.reserveCapacity(queries.count * min(k, 64))
    matches.distances.reserveCapacity(queries.count * min(k, 64))
    var few = NearestFew(k, squared: limit)
    for query in 0..<queries.count {
      if let i = queries.finitePoint(at: query) {
        few.removeAll()
        search(x: queries.xs[i], y: queries.ys[i], &few)
        for rank in 0..<few.count { matches.append(few[rank]) }
      }
      matches.endQuery()
    }
  }
}

extension OffsetView {
  /// The square of a limit in cells, no less.
  @inline(__always)
  private func inCells(_ squared: Double) -> Double {
    squared * (grid.frame.inverse * grid.frame.inverse) * (1 + 0x1p-20)
  }

  /// For up to four.
  fileprivate func nearest(_ k: Int, to queries: GeometryView, squared: Double, _ matches: inout Matches) {
    matches.fill(atMost: k, of: queries.count) { starts, rows, distances in
      k == 1
        ? nearestOne(to: queries, squared: squared, starts, rows, distances)
        : nearestFew(k, to: queries, squared: squared, starts, rows, distances)
    }
  }

  private func nearestOne(
    to queries: GeometryView, squared: Double, _ starts: UnsafeMutablePointer<Int32>,
    _ rows: UnsafeMutablePointer<Int32>, _ distances: UnsafeMutablePointer<Double>
  ) -> Int {
    let limit = inCells(squared)
    var count = 0
    starts[0] = 0
    for query in 0..<queries.count {
      if let i = queries.finitePoint(at: query) {
        let hit = nearestOne(x: queries.xs[i], y: queries.ys[i], limit, squared: squared)
        write(hit, within: squared, rows, distances, &count)
      }
      starts[query &+ 1] = Int32(truncatingIfNeeded: count)
    }
    return count
  }

  private func nearestFew(
    _ k: Int, to queries: GeometryView, squared: Double, _ starts: UnsafeMutablePointer<Int32>,
    _ rows: UnsafeMutablePointer<Int32>, _ distances: UnsafeMutablePointer<Double>
  ) -> Int {
    let limit = inCells(squared)
    var few = NearestFew(k, squared: squared)
    var count = 0
    starts[0] = 0
    for query in 0..<queries.count {
      if let i = queries.finitePoint(at: query) {
        let (x, y) = (queries.xs[i], queries.ys[i])
        let block = CellBlock(x: x, y: y, in: self)
        var keys = LeastFive()
        block.search(&keys)
        let least = keys.least
        // All four in any case, no branch on k.
        let one = block.isSettled(least.0, next: least.1, squared: limit)
        let two = block.isSettled(least.1, next: least.2, squared: limit)
        let three = block.isSettled(least.2, next: least.3, squared: limit) || k < 3
        let four = block.isSettled(least.3, next: least.4, squared: limit) || k < 4
        if one && two && three && four {
          let first = count
          write(block.hit(least.0), within: squared, rows, distances, &count)
          write(block.hit(least.1), within: squared, rows, distances, &count)
          write(block.hit(least.2), within: squared, rows, distances, &count)
          write(block.hit(least.3), within: squared, rows, distances, &count)
          count = min(count, first &+ k)
        } else {
          few.removeAll()
          grid.search(x: x, y: y, &few)
          for rank in 0..<few.count {
            rows[count] = few[rank].row
            distances[count] = rootOf(few[rank].squared)
            count &+= 1
          }
        }
      }
      starts[query &+ 1] = Int32(truncatingIfNeeded: count)
    }
    return count
  }

  /// The nearest point, or one beyond the limit where none is within.
  @inline(__always)
  private func nearestOne(x: Double, y: Double, _ limit: Double, squared: Double) -> Hit {
    let block = CellBlock(x: x, y: y, in: self)
    var keys = LeastTwo()
    block.search(&keys) { block.isOnSpot($0.least.0) }
    let (key, next) = keys.least
    if block.isSettled(key, next: next, squared: limit) { return block.hit(key) }
    return nearestOneAnywhere(x: x, y: y, squared: squared)
  }

  @inline(never)
  private func nearestOneAnywhere(x: Double, y: Double, squared: Double) -> Hit {
    var one = NearestOne(squared: squared)
    grid.search(x: x, y: y, &one)
    return one.best.row == .max ? .none : one.best
  }
}

/// Writes in any case, and keeps what counts by counting it: no branch.
@inline(__always)
private func write(
  _ hit: Hit, within squared: Double, _ rows: UnsafeMutablePointer<Int32>, _ distances: UnsafeMutablePointer<Double>,
  _ count: inout Int
) {
  rows[count] = hit.row
  distances[count] = rootOf(hit.squared)
  count &+= hit.squared <= squared && hit.row >= 0 ? 1 : 0
}

extension Seeker {
  fileprivate mutating func nearest(_ k: Int, rows: Int, squared limit: Double, _ matches: inout Matches) {
    var search = NearestWalk()
    // The last query that found a row, to pass over its other chains. A short list is searched instead: an entry for
    // each row would cost each call as much as a small batch of queries.
    var finder = [Int32](repeating: -1, count: k <= NearestFew.most ? 0 : rows)
    for query in 0..<queries.count {
      hits.removeAll(keepingCapacity: true)
      if let i = queries.finitePoint(at: query) {
        let probe = PointProbe(x: queries.xs[i], y: queries.ys[i])
        collectHolding(x: probe.x, y: probe.y)
        withUnsafePointer(to: probe) {
          let probes = UnsafeBufferPointer(start: $0, count: 1)
          nearest(k, query, probes, squared: limit, &search, &finder, &matches)
        }
      } else if cutIntoChains(query) {
        let probes = queryChains.map { ChainProbe($0, in: queries) }
        collectHoldingOrHeld(query)
        probes.withUnsafeBufferPointer {
          nearest(k, query, $0, squared: limit, &search, &finder, &matches)
        }
      }
      matches.endQuery()
    }
  }

  /// Appends the nearest of `hits`, which are at distance 0, and of all chains.
  private func nearest<P: Probe>(
    _ k: Int, _ query: Int, _ probes: UnsafeBufferPointer<P>, squared limit: Double, _ search: inout NearestWalk,
    _ finder: inout [Int32], _ matches: inout Matches
  ) {
    search.restart(items.tree, probes: probes.count, squared: limit)
    for hit in hits { search.offer(items.firstItem(of: hit.row)) }
    var found = 0
    while found < k, let (item, distance) = search.next(items, probes: probes, only: k == 1) {
      let row = items.rows[item]
      if finder.isEmpty {
        if matches.rows[(matches.rows.count - found)...].contains(row) { continue }
      } else {
        guard finder[Int(row)] != Int32(truncatingIfNeeded: query) else { continue }
        finder[Int(row)] = Int32(truncatingIfNeeded: query)
      }
      matches.rows.append(row)
      matches.distances.append(distance)
      found += 1
    }
  }
}
