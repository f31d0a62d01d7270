import GeometryKernel

/// One batch of queries against one index: the buffers of both sides and the scratch space that queries share.
struct Seeker: ~Copyable {
  let index: GeometryView
  let queries: GeometryView
  /// The grid; `nil` where the chains are to be searched.
  var grid: GridView?
  let items: ItemView
  let locator: LocatorView
  /// The areas among the queries.
  let queryBands: BandView
  var walk: TreeWalk
  var partWalk: TreeWalk
  /// Rows at distance 0, or rows in the order found.
  var found: [Int32] = []
  var hits: [Hit] = []
  var runs = CellRuns()
  var queryChains: [Chain] = []

  /// Fills `hits` with the rows within `distance` of a query, whose largest square is `limit`; rows may repeat.
  mutating func collect(_ query: Int, within distance: Double, squared limit: Double) {
    hits.removeAll(keepingCapacity: true)
    guard limit >= 0 else { return }
    if let i = queries.finitePoint(at: query) {
      let probe = PointProbe(x: queries.xs[i], y: queries.ys[i])
      if let grid {
        grid.collect(near: probe, within: distance, squared: limit, into: &hits)
      } else {
        items.collect(near: probe, squared: limit, &walk, into: &hits)
        collectHolding(x: probe.x, y: probe.y)
      }
      return
    }
    guard cutIntoChains(query) else { return }
    for chain in queryChains {
      let probe = ChainProbe(chain, in: queries)
      if let grid {
        grid.collect(near: probe, within: distance, squared: limit, into: &hits)
      } else {
        items.collect(near: probe, squared: limit, &walk, into: &hits)
      }
    }
    collectHoldingOrHeld(query)
  }

  /// The rows within `distance` of a position, ascending, where both sides are points in a grid: nothing can repeat,
  /// and rows alone sort faster. `nil` where that is not so.
  @inline(__always)
  mutating func collectPoints(_ query: Int, within distance: Double, squared limit: Double) -> [Int32]? {
    guard limit >= 0, let grid, let i = queries.finitePoint(at: query) else { return nil }
    found.removeAll(keepingCapacity: true)
    let probe = PointProbe(x: queries.xs[i], y: queries.ys[i])
    grid.collect(near: probe, within: distance, squared: limit, into: &found)
    found.sortAscending()
    return found
  }

  /// Whether a row is within `distance` of a query.
  mutating func hasAny(_ query: Int, within distance: Double, squared limit: Double) -> Bool {
    guard limit >= 0 else { return false }
    if let i = queries.finitePoint(at: query) {
      let probe = PointProbe(x: queries.xs[i], y: queries.ys[i])
      if let grid {
        var keeper = NearestAny(squared: limit)
        grid.search(x: probe.x, y: probe.y, &keeper)
        return keeper.isFound
      }
      if items.hasItem(near: probe, squared: limit, &walk) { return true }
      locator.find(x: probe.x, y: probe.y, &partWalk, into: &found)
      return !found.isEmpty
    }
    guard cutIntoChains(query) else { return false }
    for chain in queryChains {
      let probe = ChainProbe(chain, in: queries)
      if let grid {
        if grid.hasPoint(near: probe, within: distance, squared: limit) { return true }
      } else if items.hasItem(near: probe, squared: limit, &walk) {
        return true
      }
    }
    hits.removeAll(keepingCapacity: true)
    collectHoldingOrHeld(query)
    return !hits.isEmpty
  }

  /// How many rows are within `distance` of a query.
  mutating func count(_ query: Int, within distance: Double, squared limit: Double) -> Int {
    guard limit >= 0 else { return 0 }
    if let i = queries.finitePoint(at: query) {
      let probe = PointProbe(x: queries.xs[i], y: queries.ys[i])
      if let grid { return grid.count(near: probe, within: distance, squared: limit) }
      if items.arePoints, items.hasOneItemPerRow { return walk.countPoints(near: probe, squared: limit) }
    }
    collect(query, within: distance, squared: limit)
    hits.sortByRow()
    return hits.count
  }

  /// False for a query without a chain, or with a coordinate that is not finite.
  mutating func cutIntoChains(_ query: Int) -> Bool {
    queryChains.removeAll(keepingCapacity: true)
    guard !queries.finiteBox(at: query).isEmpty else { return false }
    queries.appendChains(at: query, to: &queryChains)
    return true
  }

  /// Appends, at distance 0, the rows whose areas hold a position.
  mutating func collectHolding(x: Double, y: Double) {
    locator.find(x: x, y: y, &partWalk, into: &found)
    for row in found { hits.append(Hit(row: row, squared: 0)) }
  }

  /// Appends, at distance 0, the rows that hold a part of the query and those of which the query's areas hold a part.
  ///
  /// Where outlines do not meet a part is wholly inside or wholly outside, so that its first coordinate tells; where
  /// they do meet the chains have told.
  mutating func collectHoldingOrHeld(_ query: Int) {
    var holdsAreas = false
    for part in queries.parts(at: query) {
      guard let first = queries.coordinates(ofPart: part).first else { continue }
      collectHolding(x: queries.xs[first], y: queries.ys[first])
      if queries.dimension(ofPart: part) == .area { holdsAreas = true }
    }
    guard holdsAreas else { return }
    if grid != nil {
      found.removeAll(keepingCapacity: true)
      var rows = found
      forEachPointInside(query, wholeRun: { rows.append(contentsOf: $0) }, point: { rows.append($0) })
      for row in rows { hits.append(Hit(row: row, squared: 0)) }
      return
    }
    let box = queries.finiteBox(at: query)
    let probe = BoxProbe(box: box)
    walk.restart()
    while true {
      // Every part begins in one of the chains that overlap the query's box, if the query holds it.
      let item = walk.next(near: probe, squared: 0)
      if item < 0 { return }
      let first = Int(items.chains[item].first)
      if queryBands.contains(x: index.xs[first], y: index.ys[first], row: query) {
        hits.append(Hit(row: items.rows[item], squared: 0))
      }
    }
  }
}

extension SpatialIndex {
  /// Calls `body` with what a batch of queries needs.
  ///
  /// - Parameter queryBands: The bands of the queries, where they have been made already.
  func withSeeker<Result>(
    _ queries: GeometryArray, _ queryBands: AreaBands? = nil, usingGrid: Bool = true,
    _ body: (inout Seeker) throws -> Result
  ) rethrows -> Result {
    var grid: PointGrid?
    if usingGrid, case .grid(let pointGrid) = structure { grid = pointGrid }
    let noRows = GeometryArray()
    return try geometry.withView { index in
      try queries.withView { queries in
        let queryBands = queryBands ?? AreaBands(queries)
        // Where the grid serves, chains and areas are not needed and not built.
        let items = grid == nil ? chains.value : noRows.withView { BoxedItems(rowsOf: $0) }
        let areas = grid == nil ? areas.value : noRows.withView { AreaLocator($0) }
        return try queryBands.withView(queries) { queryBands in
          try areas.withView(index) { locator in
            try items.withView(index) { items in
              var seeker = Seeker(
                index: index, queries: queries, grid: nil, items: items, locator: locator, queryBands: queryBands,
                walk: TreeWalk(items.tree), partWalk: locator.makeWalk())
              guard let grid else { return try body(&seeker) }
              return try grid.withView { grid in
                seeker.grid = grid
                return try body(&seeker)
              }
            }
          }
        }
      }
    }
  }
}
