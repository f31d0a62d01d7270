/// The nearest of the facilities on a point's own edge, before it and after it, in O(log facilities on the edge): of
/// those before it the one with the least approach less offset ahead is nearest wherever the point is, and of those
/// after it the one with the least approach plus offset back.
struct EdgeEnvelope: Sendable {
  /// For each site the best of those up to it on its edge, with the cost to the end of the edge.
  private let before: [FacilityLabel]
  /// For each site the best of it and those after it, with the cost to the beginning of the edge.
  private let after: [FacilityLabel]

  /// O(sites).
  init(_ sites: EdgeSites, of facilities: SnappedPoints, _ travel: TravelGraph, _ direction: TravelDirection) {
    var before = [FacilityLabel](repeating: .none, count: sites.rows.count)
    var after = before
    var first = 0
    while first < sites.rows.count {
      let edge = Int(facilities.edges[Int(sites.rows[first])])
      let run = sites.range(of: edge)
      first = run.upperBound
      let end = travel.spread(edge, direction).end
      var best = FacilityLabel.none
      for site in run {
        best = min(
          best, FacilityLabel(sites.approaches[site] + (end.ahead - sites.offsets[site].ahead), sites.rows[site]))
        before[site] = best
      }
      best = .none
      for site in run.reversed() {
        best = min(best, FacilityLabel(sites.approaches[site] + sites.offsets[site].back, sites.rows[site]))
        after[site] = best
      }
    }
    self.before = before
    self.after = after
  }

  /// The nearest facility on the edge itself from an offset, as far as the search may spread.
  func nearest(_ edge: Int, _ offset: EdgeOffset, _ sites: EdgeSites, _ spread: EdgeSpread) -> FacilityLabel {
    let run = sites.range(of: edge)
    if run.isEmpty { return .none }
    var best = FacilityLabel.none
    // The first site beyond the offset; those at the offset are reached in every direction.
    var low = run.lowerBound
    var high = run.upperBound
    while low < high {
      let middle = (low + high) / 2
      if sites.offsets[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    if spread.isAhead, low > run.lowerBound { best = before[low - 1].subtracting(spread.end.ahead - offset.ahead) }
    if spread.isBack, low < run.upperBound { best = min(best, after[low].subtracting(offset.back)) }
    var same = low - 1
    while same >= run.lowerBound, sites.offsets[same] == offset {
      best = min(best, FacilityLabel(sites.approaches[same], sites.rows[same]))
      same -= 1
    }
    return best
  }
}
