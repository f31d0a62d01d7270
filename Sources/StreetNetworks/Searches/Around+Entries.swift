import WorkControl

extension TravelGraph {
  /// The facilities within a limit of each row, where rows and facilities may join the network at several positions: each
  /// facility once, at its least cost.
  ///
  /// - Throws: `Cancelled`.
  /// - Complexity: As for points, and O(pairs log pairs of a row).
  public func around(
    _ facilities: NetworkEntries, of rows: NetworkEntries, within limit: Double,
    direction: TravelDirection = .toFacilities, workers: Workers = .one
  ) throws -> FacilitiesAround {
    let found = try around(
      facilities.positions, of: rows.positions, within: limit, direction: direction, workers: workers)
    if facilities.owners == nil && rows.owners == nil { return found }
    var result = FacilitiesAround(starts: [0], facilities: [], costs: [])
    for row in 0..<rows.rowCount {
      var ways: [PlaceCost] = []
      for position in rows.range(of: row) {
        for match in found.range(of: position) {
          ways.append(PlaceCost(Int32(facilities.owner(of: Int(found.facilities[match]))), found.costs[match]))
        }
      }
      ways.keepLeastOfEachPlace()
      result.facilities += ways.map(\.place)
      result.costs += ways.map(\.cost)
      result.starts.append(result.facilities.count)
    }
    return result
  }
}
