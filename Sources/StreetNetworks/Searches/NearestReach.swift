import WorkControl

/// The nearest facility of every node, by one search that begins at all facilities at once and ends at the limit.
///
/// Of facilities at the same cost the one with the smallest row is nearest.
public struct NearestReach: Sendable {
  public let travel: TravelGraph
  public let facilities: SnappedPoints
  public let direction: TravelDirection
  /// In units of the measure, included.
  let limit: UInt32
  /// The cost and the facility of each node, `none` where none is within the limit.
  let labels: [FacilityLabel]
  let sites: EdgeSites
  let alongEdges: EdgeEnvelope
  /// Which parts of the network have a facility.
  let served: [Bool]

  /// Searches from facilities that were snapped to the same network.
  ///
  /// - Parameter limit: Metres or seconds, included; negative and not-a-number reach nothing.
  /// - Throws: `Cancelled`.
  /// - Complexity: O(nodes + reached edges) in practice: each node is settled about once.
  public init(
    of facilities: SnappedPoints, over travel: TravelGraph, within limit: Double = .infinity,
    direction: TravelDirection = .toFacilities, monitor: WorkMonitor = WorkMonitor()
  ) throws(Cancelled) {
    self.travel = travel
    self.facilities = facilities
    self.direction = direction
    let units = travel.measure.limit(limit)
    // Where nothing is reached, nor is what costs nothing.
    let facilities = units == nil ? SnappedPoints(count: 0, countsApproach: false) : facilities
    sites = EdgeSites(facilities, on: travel, direction)
    alongEdges = EdgeEnvelope(sites, of: facilities, travel, direction)
    served = travel.servedComponents(self.facilities)
    guard let limit = units else {
      self.limit = 0
      labels = [FacilityLabel](repeating: .none, count: travel.graph.nodeCount)
      return
    }
    self.limit = limit
    labels = try Self.search(facilities, sites, travel, direction, limit, monitor)
  }

  private static func search(
    _ facilities: SnappedPoints, _ sites: EdgeSites, _ travel: TravelGraph, _ direction: TravelDirection,
    _ limit: UInt32, _ monitor: WorkMonitor
  ) throws(Cancelled) -> [FacilityLabel] {
    var labels = [FacilityLabel](repeating: .none, count: travel.graph.nodeCount)
    var queue = BucketQueue(limit: limit, shift: BucketQueue.shift(limit: limit, meanCost: travel.meanCost))
    for (site, row) in sites.rows.enumerated() {
      let edge = Int(facilities.edges[Int(row)])
      travel.forEachSeed(edge: edge, offset: sites.offsets[site], approach: sites.approaches[site], direction) {
        let seed = FacilityLabel($1, row)
        guard $1 <= limit, seed < labels[$0] else { return }
        labels[$0] = seed
        queue.push($0, $1)
      }
    }
    let isCancelled = labels.withUnsafeMutableBufferPointer { labels in
      travel.graph.arcStarts.withUnsafeBufferPointer { starts in
        travel.arcs(direction).withUnsafeBufferPointer { arcs in
          spread(labels, &queue, starts, arcs, limit, monitor)
        }
      }
    }
    if isCancelled { throw Cancelled() }
    return labels
  }

  private static func spread(
    _ labels: UnsafeMutableBufferPointer<FacilityLabel>, _ queue: inout BucketQueue,
    _ starts: UnsafeBufferPointer<Int32>,
    _ arcs: UnsafeBufferPointer<TravelGraph.Arc>, _ limit: UInt32, _ monitor: WorkMonitor
  ) -> Bool {
    var settled = 0
    while let (node, cost) = queue.pop() {
      settled &+= 1
      if settled & 0xFFFF == 0, monitor.isCancelled { return true }
      let label = labels[node]
      guard label.cost == cost else { continue }
      for arc in Int(starts[node])..<Int(starts[node &+ 1]) {
        let (head, step) = (Int(arcs[arc].head), arcs[arc].cost)
        let candidate = label.adding(step)
        guard candidate < labels[head], cost &+ step <= limit else { continue }
        labels[head] = candidate
        queue.push(head, cost &+ step)
      }
    }
    return false
  }

  /// Metres or seconds between a node and its nearest facility; `nil` beyond the limit. O(1).
  public func cost(ofNode node: Int) -> Double? {
    labels[node].isNone ? nil : travel.measure.value(labels[node].cost)
  }

  /// The row of a node's nearest facility. O(1).
  public func facility(ofNode node: Int) -> Int? { labels[node].isNone ? nil : Int(labels[node].facility) }

  /// How many nodes are within the limit, and the sum of their costs in metres or seconds. O(nodes).
  public var reachedNodes: (count: Int, sum: Double) {
    var count = 0
    var sum = 0
    for label in labels where !label.isNone {
      count += 1
      sum += Int(label.cost)
    }
    return (count, Double(sum) / travel.measure.unitsPerWhole)
  }
}
