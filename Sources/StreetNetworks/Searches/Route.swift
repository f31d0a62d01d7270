import GeometryKernel

/// The way between a point and its nearest facility along the streets, in the direction of travel.
public struct Route: Sendable, Equatable {
  /// A stretch of an edge from one share of its length to another; backward where the first is the larger.
  public struct Leg: Sendable, Equatable {
    public var edge: Int32
    public var first: Double
    public var last: Double
  }

  public var facility: Int
  /// Metres or seconds, the stretches to and from the streets included where they count.
  public var cost: Double
  /// Empty where point and facility join the network at one position.
  public var legs: [Leg]
}

extension NearestReach {
  /// The way between a point and its nearest facility; `nil` for a point that has none. Of ways at equal cost the one
  /// over the smaller edges.
  ///
  /// O(edges on the way · edges at a node): the labels of the search lead down to the facility, nothing else is kept.
  public func route(of points: SnappedPoints, _ point: Int) -> Route? {
    let best = label(of: points, point)
    guard !best.isNone else { return nil }
    let edge = Int(points.edges[point])
    let fraction = points.fractions[point]
    let spread = travel.spread(edge, direction)
    let offset = spread.offset(fraction)
    let approach = points.countsApproach ? travel.approachCost(points.distances[point]) : 0
    let rest = best.subtracting(approach)
    var legs: [Route.Leg] = []
    var node: Int?
    if alongEdges.nearest(edge, offset, sites, spread) == rest {
      legs.append(Route.Leg(edge: Int32(edge), first: fraction, last: facilities.fractions[Int(rest.facility)]))
    } else if let way = spread.fromBeginning(to: offset),
      labels[Int(travel.graph.fromNodes[edge])] == rest.subtracting(way)
    {
      legs.append(Route.Leg(edge: Int32(edge), first: fraction, last: 0))
      node = Int(travel.graph.fromNodes[edge])
    } else {
      legs.append(Route.Leg(edge: Int32(edge), first: fraction, last: 1))
      node = Int(travel.graph.toNodes[edge])
    }
    if let node { follow(from: node, &legs) }
    legs.removeAll { $0.first == $0.last }
    if direction == .fromFacilities {
      legs = legs.reversed().map { Route.Leg(edge: $0.edge, first: $0.last, last: $0.first) }
    }
    return Route(facility: Int(best.facility), cost: travel.measure.value(best.cost), legs: legs)
  }

  /// Goes down the labels from a node to its facility. Every step is cheaper by at least 1, so that there is an end.
  private func follow(from start: Int, _ legs: inout [Route.Leg]) {
    var node = start
    // Against the search: where that spreads over what leads to a node, the way goes over what leads away.
    let arcs = travel.arcs(direction == .toFacilities ? .fromFacilities : .toFacilities)
    while true {
      let label = labels[node]
      if let leg = lastLeg(at: node, label) {
        legs.append(leg)
        return
      }
      var next: Int?
      for arc in Int(travel.graph.arcStarts[node])..<Int(travel.graph.arcStarts[node + 1]) {
        let edge = Int(travel.graph.arcs[arc] >> 1)
        let head = Int(arcs[arc].head)
        // The search came from the head over the same edge the other way round.
        let isFromEnd = travel.graph.arcs[arc] & 1 == 0
        guard arcs[arc].cost != TravelGraph.closed, !labels[head].isNone,
          labels[head].adding(arcs[arc].cost) == label
        else { continue }
        legs.append(Route.Leg(edge: Int32(edge), first: isFromEnd ? 0 : 1, last: isFromEnd ? 1 : 0))
        next = head
        break
      }
      guard let next else { return }
      node = next
    }
  }

  /// The stretch from a node to its facility on the edge of that, where the node's label is the facility's own.
  private func lastLeg(at node: Int, _ label: FacilityLabel) -> Route.Leg? {
    let row = Int(label.facility)
    let edge = Int(facilities.edges[row])
    let fraction = facilities.fractions[row]
    let approach = facilities.countsApproach ? travel.approachCost(facilities.distances[row]) : 0
    let offset = travel.spread(edge, direction).offset(fraction)
    var leg: Route.Leg?
    travel.forEachSeed(edge: edge, offset: offset, approach: approach, direction) { seed, cost in
      guard leg == nil, seed == node, cost == label.cost else { return }
      // A loop has its node at both ends: the end whose cost this is.
      let isBeginning = cost == approach + offset.back && seed == Int(travel.graph.fromNodes[edge])
      leg = Route.Leg(edge: Int32(edge), first: isBeginning ? 0 : 1, last: fraction)
    }
    return leg
  }

  /// A route as a line in the direction of travel.
  ///
  /// - Parameters:
  ///   - points: Those of which the route was asked, and the one whose route it is.
  ///   - place: Where the point itself is: the stretch between it and its street is part of the line.
  ///   - facility: Where the facility is, likewise.
  public func append(
    _ route: Route, of points: SnappedPoints, _ point: Int, from place: (x: Double, y: Double)? = nil,
    to facility: (x: Double, y: Double)? = nil, into lines: inout GeometryArrayBuilder
  ) {
    let graph = travel.graph
    var line: [(x: Double, y: Double)] = []
    func add(_ x: Double, _ y: Double) {
      if line.last.map({ $0 != (x, y) }) ?? true { line.append((x, y)) }
    }
    let ends = direction == .toFacilities ? (place, facility) : (facility, place)
    if let start = ends.0 { add(start.x, start.y) }
    if route.legs.isEmpty {
      let joint = graph.position(on: Int(points.edges[point]), at: points.fractions[point])
      add(joint.x, joint.y)
    }
    for leg in route.legs { graph.forEachVertex(Int(leg.edge), from: leg.first, to: leg.last, add) }
    if let end = ends.1 { add(end.x, end.y) }
    lines.beginRow(.lineString)
    if line.count > 1 {
      lines.beginPart(.line)
      lines.beginRing()
      for (x, y) in line { lines.addCoordinate(x: x, y: y) }
    }
    lines.endRow()
  }
}
