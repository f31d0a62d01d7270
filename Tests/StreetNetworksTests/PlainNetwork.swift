@testable import StreetNetworks

/// The oracle: a network in which every point and facility is a node of its own, and Bellman and Ford's algorithm.
///
/// It shares with the engine the costs of edges and the offsets of points, and nothing of how they are searched.
struct PlainNetwork {
  private var steps: [(from: Int, to: Int, cost: Int)] = []
  private var nodeCount: Int
  private let points: SnappedPoints
  private let facilities: SnappedPoints
  private let travel: TravelGraph
  /// The plain node of each point and of each facility.
  private var pointNodes: [Int?] = []
  private var facilityNodes: [Int?] = []

  init(_ travel: TravelGraph, points: SnappedPoints, facilities: SnappedPoints) {
    self.travel = travel
    self.points = points
    self.facilities = facilities
    nodeCount = travel.graph.nodeCount
    /// What it costs forward from the beginning of the edge, and backward to it.
    struct Stop {
      var forward: Int
      var backward: Int
      var node: Int
    }
    func backwardCost(_ edge: Int) -> UInt32 {
      (travel.backwardCosts.isEmpty ? travel.costs : travel.backwardCosts)[edge]
    }
    var stops: [[Stop]] = (0..<travel.graph.edgeCount).map { edge in
      [
        Stop(forward: 0, backward: 0, node: Int(travel.graph.fromNodes[edge])),
        Stop(
          forward: Int(travel.costs[edge]), backward: Int(backwardCost(edge)), node: Int(travel.graph.toNodes[edge])),
      ]
    }
    func join(_ rows: SnappedPoints) -> [Int?] {
      (0..<rows.count).map { row in
        let edge = Int(rows.edges[row])
        guard edge >= 0 else { return nil }
        let forward = Int((rows.fractions[row] * Double(travel.costs[edge])).rounded())
        let backward = Int((rows.fractions[row] * Double(backwardCost(edge))).rounded())
        let approach = rows.countsApproach ? Int(travel.approachCost(rows.distances[row])) : 0
        // On a loop the offsets 0 and `cost` are one node, which the first of both is.
        let stop = stops[edge].first { $0.forward == forward && $0.backward == backward }?.node ?? add()
        if stop >= nodeCount - 1, !stops[edge].contains(where: { $0.node == stop }) {
          stops[edge].append(Stop(forward: forward, backward: backward, node: stop))
        }
        let own = add()
        steps.append((own, stop, approach))
        steps.append((stop, own, approach))
        return own
      }
    }
    pointNodes = join(points)
    facilityNodes = join(facilities)
    for edge in 0..<travel.graph.edgeCount {
      let sorted = stops[edge].sorted { ($0.forward, $0.backward) < ($1.forward, $1.backward) }
      for (a, b) in zip(sorted, sorted.dropFirst()) {
        if travel.directions[edge].contains(.forward) { steps.append((a.node, b.node, b.forward - a.forward)) }
        if travel.directions[edge].contains(.backward) { steps.append((b.node, a.node, b.backward - a.backward)) }
      }
    }
  }

  private mutating func add() -> Int {
    nodeCount += 1
    return nodeCount - 1
  }

  /// The cost from each node to a node.
  private func costs(to target: Int, reversed: Bool) -> [Int?] {
    var costs = [Int?](repeating: nil, count: nodeCount)
    costs[target] = 0
    var isChanged = true
    while isChanged {
      isChanged = false
      for step in steps {
        let (from, to) = reversed ? (step.to, step.from) : (step.from, step.to)
        guard let rest = costs[to] else { continue }
        if rest + step.cost < costs[from] ?? .max {
          costs[from] = rest + step.cost
          isChanged = true
        }
      }
    }
    return costs
  }

  /// For each point the facilities within a limit, nearest first, as (cost, row); and for each node.
  func around(_ limit: Int, _ direction: TravelDirection) -> (points: [[(Int, Int)]], nodes: [[(Int, Int)]]) {
    var atPoints = [[(Int, Int)]](repeating: [], count: points.count)
    var atNodes = [[(Int, Int)]](repeating: [], count: travel.graph.nodeCount)
    for (facility, target) in facilityNodes.enumerated() {
      guard let target else { continue }
      let costs = costs(to: target, reversed: direction == .fromFacilities)
      for (point, node) in pointNodes.enumerated() {
        if let node, let cost = costs[node], cost <= limit { atPoints[point].append((cost, facility)) }
      }
      for node in 0..<travel.graph.nodeCount {
        if let cost = costs[node], cost <= limit { atNodes[node].append((cost, facility)) }
      }
    }
    return (atPoints.map { $0.sorted { $0 < $1 } }, atNodes.map { $0.sorted { $0 < $1 } })
  }
}
