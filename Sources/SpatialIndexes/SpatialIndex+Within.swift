import GeometryKernel

extension SpatialIndex {
  /// The rows within a distance of each query, ascending; exactly the distance counts, as `distance <= limit` would on
  /// the reported distances.
  ///
  /// - Parameters:
  ///   - distance: In the units of the coordinates; where negative or NaN nothing is found.
  ///   - queries: Rows of any kinds.
  ///   - wantsDistances: Whether to report distances, too.
  public func within(
    _ distance: Double, of queries: GeometryArray, distances wantsDistances: Bool = false
  ) -> Matches {
    let limit = squaredLimit(of: distance)
    var matches = Matches(reservingQueries: queries.count)
    withSeeker(queries) { seeker in
      for query in 0..<queries.count {
        if !wantsDistances, let rows = seeker.collectPoints(query, within: distance, squared: limit) {
          matches.rows.append(contentsOf: rows)
          matches.endQuery()
          continue
        }
        seeker.collect(query, within: distance, squared: limit)
        seeker.hits.sortByRow()
        for hit in seeker.hits {
          matches.rows.append(hit.row)
          if wantsDistances { matches.distances.append(hit.squared.squareRoot()) }
        }
        matches.endQuery()
      }
    }
    return matches
  }

  /// Whether a row is within a distance of each query. Stops at the first one found.
  public func anyWithin(_ distance: Double, of queries: GeometryArray) -> [Bool] {
    let limit = squaredLimit(of: distance)
    return withSeeker(queries) { seeker in
      var answers = [Bool](repeating: false, count: queries.count)
      for query in answers.indices { answers[query] = seeker.hasAny(query, within: distance, squared: limit) }
      return answers
    }
  }

  /// How many rows are within a distance of each query. Points are counted without being listed.
  public func countWithin(_ distance: Double, of queries: GeometryArray) -> [Int32] {
    let limit = squaredLimit(of: distance)
    if limit >= 0, case .grid(let grid) = structure, queries.holdsOnlyPoints, let offsets = offsets.value {
      return grid.withView { grid in
        queries.withView { queries in
          offsets.withView(grid) { $0.counts(near: queries, within: distance, squared: limit) }
        }
      }
    }
    return withSeeker(queries) { seeker in
      var counts = [Int32](repeating: 0, count: queries.count)
      for query in counts.indices {
        counts[query] = Int32(truncatingIfNeeded: seeker.count(query, within: distance, squared: limit))
      }
      return counts
    }
  }
}
