import WorkControl

extension TravelGraph {
  /// The k nearest facilities of each point, equal costs in the order of their rows; exact.
  ///
  /// One search with up to k labels at each node, of different facilities: the k nearest of a node are among those of
  /// its neighbours.
  ///
  /// - Parameters:
  ///   - limit: Metres or seconds, included.
  /// - Throws: `Cancelled`.
  /// - Complexity: k times that of the search for one, and k² for keeping labels in order.
  public func nearest(
    _ k: Int, _ facilities: SnappedPoints, of points: SnappedPoints, within limit: Double = .infinity,
    direction: TravelDirection = .toFacilities, workers: Workers = .one
  ) throws -> NearestFacilities {
    let sites = EdgeSites(facilities, on: self)
    let k = max(0, min(k, sites.rows.count))
    let served = servedComponents(facilities)
    guard k > 0, let limit = measure.limit(limit) else {
      var result = NearestFacilities()
      for point in 0..<points.count { result.endPoint(reason(points, point, served)) }
      return result
    }
    let labels = try labels(k, facilities, sites, direction, limit, workers.monitor)
    let runs = workers.runs(of: points.count, atLeast: 4096)
    let results = try workers.map(pieces: runs.count) { piece in
      var result = NearestFacilities()
      let best = UnsafeMutablePointer<FacilityLabel>.allocate(capacity: k)
      defer { best.deallocate() }
      for point in runs[piece] {
        best.initialize(repeating: .none, count: k)
        collect(points, point, labels, sites, direction, limit, k, best)
        for rank in 0..<k where !best[rank].isNone { result.append(best[rank], measure) }
        result.endPoint(best[0].isNone ? reason(points, point, served) : .reached)
      }
      return result
    }
    return NearestFacilities(joining: results)
  }

  /// k labels for each node, ascending, `none` at the end.
  private func labels(
    _ k: Int, _ facilities: SnappedPoints, _ sites: EdgeSites, _ direction: TravelDirection, _ limit: UInt32,
    _ monitor: WorkMonitor
  ) throws(Cancelled) -> [FacilityLabel] {
    var labels = [FacilityLabel](repeating: .none, count: graph.nodeCount * k)
    var queue = BucketQueue(limit: limit, shift: BucketQueue.shift(limit: limit, meanCost: meanCost))
    var isCancelled = false
    labels.withUnsafeMutableBufferPointer { buffer in
      guard let labels = buffer.baseAddress else { return }
      for (site, row) in sites.rows.enumerated() {
        let edge = Int(facilities.edges[Int(row)])
        forEachSeed(edge: edge, offset: sites.offsets[site], approach: sites.approaches[site], direction) {
          if $1 <= limit, insert(FacilityLabel($1, row), k, labels + $0 * k) { queue.push($0, $1) }
        }
      }
      graph.arcStarts.withUnsafeBufferPointer { starts in
        arcs(direction).withUnsafeBufferPointer { arcs in
          var settled = 0
          while let (node, cost) = queue.pop() {
            settled &+= 1
            if settled & 0xFFFF == 0, monitor.isCancelled {
              isCancelled = true
              return
            }
            for rank in 0..<k {
              // Those of the node that have the cost; several may, and none where the entry is stale.
              let label = labels[node * k + rank]
              if label.cost < cost { continue }
              if label.cost > cost { break }
              for arc in Int(starts[node])..<Int(starts[node + 1]) {
                let (head, step) = (Int(arcs[arc].head), arcs[arc].cost)
                guard cost &+ step <= limit else { continue }
                if insert(label.adding(step), k, labels + head * k) { queue.push(head, cost &+ step) }
              }
            }
          }
        }
      }
    }
    if isCancelled { throw Cancelled() }
    return labels
  }

  /// Offers all that reach a point to its k best.
  private func collect(
    _ points: SnappedPoints, _ point: Int, _ labels: [FacilityLabel], _ sites: EdgeSites,
    _ direction: TravelDirection, _ limit: UInt32, _ k: Int, _ best: UnsafeMutablePointer<FacilityLabel>
  ) {
    let edge = Int(points.edges[point])
    guard edge >= 0 else { return }
    let cost = costs[edge]
    let offset = Self.offset(points.fractions[point], cost)
    let approach = points.countsApproach ? approachCost(points.distances[point]) : 0
    let spread = spread(edge, direction)
    func offer(_ label: FacilityLabel, _ step: UInt32) {
      let rest = UInt64(label.cost) + UInt64(step) + UInt64(approach)
      if rest <= UInt64(limit) { _ = insert(label.adding(step + approach), k, best) }
    }
    func offerNode(_ node: Int32, _ step: UInt32) {
      for rank in 0..<k where !labels[Int(node) * k + rank].isNone { offer(labels[Int(node) * k + rank], step) }
    }
    if spread.contains(.forward) || offset == 0 { offerNode(graph.fromNodes[edge], offset) }
    if spread.contains(.backward) || offset == cost { offerNode(graph.toNodes[edge], cost - offset) }
    for site in sites.range(of: edge) {
      let label = FacilityLabel(sites.approaches[site], sites.rows[site])
      let there = sites.offsets[site]
      if there == offset || (there < offset ? spread.contains(.forward) : spread.contains(.backward)) {
        offer(label, max(there, offset) - min(there, offset))
      }
    }
  }
}

/// Takes a label in among the k least of different facilities, which are kept ascending; false where it is not one.
@inline(__always)
private func insert(_ label: FacilityLabel, _ k: Int, _ labels: UnsafeMutablePointer<FacilityLabel>) -> Bool {
  guard label < labels[k - 1] else { return false }
  // The place of the facility's older label, else the last, which falls out.
  var hole = 0
  while hole < k - 1, labels[hole].isNone || labels[hole].facility != label.facility { hole += 1 }
  if labels[hole].facility == label.facility, !labels[hole].isNone, labels[hole] <= label { return false }
  while hole > 0, label < labels[hole - 1] {
    labels[hole] = labels[hole - 1]
    hole -= 1
  }
  labels[hole] = label
  return true
}
