import WorkControl

/// Why a point is not served, or that it is.
public enum ReachStatus: UInt8, Sendable {
  case reached
  /// There is a way, or might be, but no facility is within the limit.
  case tooFar
  /// No street is within the snapping limit of the point.
  case offNetwork
  /// No facility is on the part of the network that the point is on.
  case isolated
  /// A null or empty geometry, or a coordinate that is not a finite number.
  case noGeometry
}

/// The nearest facilities of points: those of point `i` are at `range(of: i)`, nearest first.
public struct NearestFacilities: Sendable, Equatable {
  /// One more than there are points, beginning with 0.
  public internal(set) var starts: [Int32] = [0]
  /// Rows of facilities.
  public internal(set) var facilities: [Int32] = []
  /// Metres or seconds.
  public internal(set) var costs: [Double] = []
  /// One for each point.
  public internal(set) var statuses: [ReachStatus] = []

  public var count: Int { statuses.count }

  public func range(of point: Int) -> Range<Int> { Int(starts[point])..<Int(starts[point + 1]) }

  mutating func append(_ label: FacilityLabel, _ measure: TravelMeasure) {
    facilities.append(label.facility)
    costs.append(measure.value(label.cost))
  }

  mutating func endPoint(_ status: ReachStatus) {
    starts.append(Int32(facilities.count))
    statuses.append(status)
  }

  init() {}

  mutating func reserve(points: Int) {
    starts.reserveCapacity(points + 1)
    facilities.reserveCapacity(points)
    costs.reserveCapacity(points)
    statuses.reserveCapacity(points)
  }

  init(joining runs: [NearestFacilities]) {
    if runs.count == 1 {
      self = runs[0]
      return
    }
    for run in runs {
      let base = Int32(facilities.count)
      starts += run.starts.dropFirst().map { base + $0 }
      facilities += run.facilities
      costs += run.costs
      statuses += run.statuses
    }
  }
}

extension NearestReach {
  /// The nearest facility of each of some points that were snapped to the same network, and why others have none.
  ///
  /// - Throws: `Cancelled`.
  /// - Complexity: O(points · log facilities on one edge).
  public func nearest(of points: SnappedPoints, workers: Workers = .one) throws -> NearestFacilities {
    let runs = workers.runs(of: points.count, atLeast: 8192)
    let results = try workers.map(pieces: runs.count) { piece in
      var result = NearestFacilities()
      result.reserve(points: runs[piece].count)
      for point in runs[piece] {
        let best = label(of: points, point)
        if !best.isNone { result.append(best, travel.measure) }
        result.endPoint(best.isNone ? travel.reason(points, point, served) : .reached)
      }
      return result
    }
    return NearestFacilities(joining: results)
  }

  /// The nearest facility of one point, `none` beyond the limit.
  @inline(__always)
  func label(of points: SnappedPoints, _ point: Int) -> FacilityLabel {
    let edge = Int(points.edges[point])
    guard edge >= 0 else { return .none }
    let best = travel.graph.node(points, point).map { labels[$0] } ?? label(on: edge, at: points.fractions[point])
    guard !best.isNone else { return .none }
    let approach = points.countsApproach ? travel.approachCost(points.distances[point]) : 0
    return best.cost <= limit && approach <= limit - best.cost ? best.adding(approach) : .none
  }

  /// The nearest facility of a position along an edge, on the edge itself or by one of its nodes.
  private func label(on edge: Int, at fraction: Double) -> FacilityLabel {
    let spread = travel.spread(edge, direction)
    let offset = spread.offset(fraction)
    var best = alongEdges.nearest(edge, offset, sites, spread)
    if let rest = spread.fromBeginning(to: offset) {
      let label = labels[Int(travel.graph.fromNodes[edge])]
      if !label.isNone { best = min(best, label.adding(rest)) }
    }
    if let rest = spread.fromEnd(to: offset) {
      let label = labels[Int(travel.graph.toNodes[edge])]
      if !label.isNone { best = min(best, label.adding(rest)) }
    }
    return best
  }
}

extension TravelGraph {
  /// Which parts of the network have a facility.
  func servedComponents(_ facilities: SnappedPoints) -> [Bool] {
    var served = [Bool](repeating: false, count: components.count)
    for edge in facilities.edges where edge >= 0 { served[component(ofEdge: Int(edge))] = true }
    return served
  }

  /// Why a point has no facility.
  func reason(_ points: SnappedPoints, _ point: Int, _ served: [Bool]) -> ReachStatus {
    if points.statuses[point] == .noGeometry { return .noGeometry }
    let edge = Int(points.edges[point])
    if edge < 0 { return .offNetwork }
    return served[component(ofEdge: edge)] ? .tooFar : .isolated
  }
}
