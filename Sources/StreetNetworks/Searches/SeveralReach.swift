import WorkControl

/// The k nearest facilities of every node, by one search with up to k labels at each node, of different facilities: the
/// k nearest of a node are among those of its neighbours. Equal costs are in the order of the facilities' rows; exact.
public struct SeveralReach: Sendable {
  public let travel: TravelGraph
  public let direction: TravelDirection
  /// In units of the measure, included; `nil` where nothing is reached.
  private let limit: UInt32?
  private let k: Int
  /// k for each node, ascending, `none` at the end.
  private let labels: [FacilityLabel]
  private let sites: EdgeSites
  /// What each of the sites' rows belongs to.
  private let owners: [Int32]?
  private let served: [Bool]

  /// Searches from facilities that were snapped to the same network.
  ///
  /// - Parameters:
  ///   - owners: The facility of each position where some have several; ascending.
  ///   - limit: Metres or seconds, included.
  /// - Throws: `Cancelled`.
  /// - Complexity: k times that of the search for one, and k² for keeping labels in order; 8 k bytes a node.
  public init(
    _ k: Int, of facilities: SnappedPoints, owners: [Int32]? = nil, over travel: TravelGraph,
    within limit: Double = .infinity, direction: TravelDirection = .toFacilities, monitor: WorkMonitor = WorkMonitor()
  ) throws(Cancelled) {
    self.travel = travel
    self.direction = direction
    self.owners = owners
    sites = EdgeSites(facilities, on: travel, direction)
    let count = owners.map { [sites] owners in Set(sites.rows.map { owners[Int($0)] }).count } ?? sites.rows.count
    let most = max(0, min(k, count))
    let units = most > 0 ? travel.measure.limit(limit) : nil
    self.k = most
    self.limit = units
    served = travel.servedComponents(facilities)
    labels =
      try units.map { [sites] limit throws(Cancelled) in
        try Self.search(most, facilities, owners, sites, travel, direction, limit, monitor)
      } ?? []
  }

  /// The k nearest facilities of each point, and why others have none.
  ///
  /// - Throws: `Cancelled`.
  /// - Complexity: O(points · k²).
  public func nearest(of points: SnappedPoints, workers: Workers = .one) throws -> NearestFacilities {
    let runs = workers.runs(of: points.count, atLeast: 4096)
    let results = try workers.map(pieces: runs.count) { piece in
      var result = NearestFacilities()
      let best = UnsafeMutablePointer<FacilityLabel>.allocate(capacity: max(1, k))
      defer { best.deallocate() }
      for point in runs[piece] {
        best.initialize(repeating: .none, count: max(1, k))
        if let limit { collect(points, point, limit, best) }
        for rank in 0..<k where !best[rank].isNone { result.append(best[rank], travel.measure) }
        result.endPoint(best[0].isNone ? travel.reason(points, point, served) : .reached)
      }
      return result
    }
    return NearestFacilities(joining: results)
  }

  private static func search(
    _ k: Int, _ facilities: SnappedPoints, _ owners: [Int32]?, _ sites: EdgeSites, _ travel: TravelGraph,
    _ direction: TravelDirection, _ limit: UInt32, _ monitor: WorkMonitor
  ) throws(Cancelled) -> [FacilityLabel] {
    var labels = [FacilityLabel](repeating: .none, count: travel.graph.nodeCount * k)
    var queue = BucketQueue(limit: limit, shift: BucketQueue.shift(limit: limit, meanCost: travel.meanCost))
    var isCancelled = false
    labels.withUnsafeMutableBufferPointer { buffer in
      guard let labels = buffer.baseAddress else { return }
      for (site, row) in sites.rows.enumerated() {
        let edge = Int(facilities.edges[Int(row)])
        let owner = owners.map { $0[Int(row)] } ?? row
        travel.forEachSeed(edge: edge, offset: sites.offsets[site], approach: sites.approaches[site], direction) {
          if $1 <= limit, insert(FacilityLabel($1, owner), k, labels + $0 * k) { queue.push($0, $1) }
        }
      }
      travel.graph.arcStarts.withUnsafeBufferPointer { starts in
        travel.arcs(direction).withUnsafeBufferPointer { arcs in
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
    _ points: SnappedPoints, _ point: Int, _ limit: UInt32, _ best: UnsafeMutablePointer<FacilityLabel>
  ) {
    let edge = Int(points.edges[point])
    guard edge >= 0 else { return }
    let spread = travel.spread(edge, direction)
    let offset = spread.offset(points.fractions[point])
    let approach = points.countsApproach ? travel.approachCost(points.distances[point]) : 0
    func offer(_ label: FacilityLabel, _ step: UInt32) {
      let rest = UInt64(label.cost) + UInt64(step) + UInt64(approach)
      if rest <= UInt64(limit) { _ = insert(label.adding(step + approach), k, best) }
    }
    func offerNode(_ node: Int32, _ step: UInt32) {
      for rank in 0..<k where !labels[Int(node) * k + rank].isNone { offer(labels[Int(node) * k + rank], step) }
    }
    if let rest = spread.fromBeginning(to: offset) { offerNode(travel.graph.fromNodes[edge], rest) }
    if let rest = spread.fromEnd(to: offset) { offerNode(travel.graph.toNodes[edge], rest) }
    for site in sites.range(of: edge) {
      let row = sites.rows[site]
      let label = FacilityLabel(sites.approaches[site], owners.map { $0[Int(row)] } ?? row)
      if let rest = spread.cost(from: sites.offsets[site], to: offset) { offer(label, rest) }
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
