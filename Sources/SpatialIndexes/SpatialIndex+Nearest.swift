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
      grid.withView { grid in queries.withView { grid.nearest(k, to: $0, squared: squared, &matches) } }
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
        if k == 1 {
          var one = NearestOne(squared: limit)
          search(x: queries.xs[i], y: queries.ys[i], &one)
          if one.best.row != .max { matches.append(one.best) }
        } else {
          few.removeAll()
          search(x: queries.xs[i], y: queries.ys[i], &few)
          for rank in 0..<few.count { matches.append(few[rank]) }
        }
      }
      matches.endQuery()
    }
  }
}

extension Seeker {
  fileprivate mutating func nearest(_ k: Int, rows: Int, squared limit: Double, _ matches: inout Matches) {
    var search = NearestWalk()
    // The last query that found a row, to pass over its other chains.
    var finder = [Int32](repeating: -1, count: rows)
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
      guard finder[Int(row)] != Int32(truncatingIfNeeded: query) else { continue }
      finder[Int(row)] = Int32(truncatingIfNeeded: query)
      matches.rows.append(row)
      matches.distances.append(distance)
      found += 1
    }
  }
}
