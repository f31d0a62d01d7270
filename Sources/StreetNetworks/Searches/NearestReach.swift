import CVectors
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
    direction: TravelDirection = .toFacilities, workers: Workers = .one
  ) throws {
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
    labels = try Self.search(facilities, sites, travel, direction, limit, workers)
  }

  /// Each thread spreads from some neighbouring facilities and lowers the labels of all: it ends where those of another
  /// are nearer. Labels are least where no queue has a node left, whoever put them there.
  private static func search(
    _ facilities: SnappedPoints, _ sites: EdgeSites, _ travel: TravelGraph, _ direction: TravelDirection,
    _ limit: UInt32, _ workers: Workers
  ) throws -> [FacilityLabel] {
    // No more pieces than threads: what two in turn both reach is searched twice.
    let pieces = max(1, min(workers.count, sites.rows.count / 64))
    return try SharedLabels.lowered(count: travel.graph.nodeCount) { labels in
      try workers.forEach(pieces: pieces) { piece in
        var queue = BucketQueue(limit: limit, shift: BucketQueue.shift(limit: limit, meanCost: travel.meanCost))
        for site in (sites.rows.count * piece / pieces)..<(sites.rows.count * (piece + 1) / pieces) {
          let row = sites.rows[site]
          let edge = Int(facilities.edges[Int(row)])
          travel.forEachSeed(edge: edge, offset: sites.offsets[site], approach: sites.approaches[site], direction) {
            if $1 <= limit, labels.lower($0, to: FacilityLabel($1, row)) { queue.push($0, $1) }
          }
        }
        try travel.graph.arcStarts.withUnsafeBufferPointer { starts in
          try travel.arcs(direction).withUnsafeBufferPointer { arcs in
            try spread(labels, &queue, starts, arcs, limit, workers.monitor)
          }
        }
      }
    }
  }

  private static func spread(
    _ labels: SharedLabels, _ queue: inout BucketQueue, _ starts: UnsafeBufferPointer<Int32>,
    _ arcs: UnsafeBufferPointer<TravelGraph.Arc>, _ limit: UInt32, _ monitor: WorkMonitor
  ) throws(Cancelled) {
    var settled = 0
    while let (node, cost) = queue.pop() {
      settled &+= 1
      if settled & 0xFFFF == 0 { try monitor.check() }
      // Neighbours in a bucket lie anywhere on the map.
      let following = queue.following
      if following >= 0 {
        labels.fetch(following)
        fetchAhead(starts.baseAddress.unsafelyUnwrapped + following)
      }
      let label = labels[node]
      guard label.cost == cost else { continue }
      for arc in Int(starts[node])..<Int(starts[node &+ 1]) {
        let (head, step) = (Int(arcs[arc].head), arcs[arc].cost)
        guard cost &+ step <= limit, labels.lower(head, to: label.adding(step)) else { continue }
        queue.push(head, cost &+ step)
      }
    }
  }

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
