import Glibc

/// How slopes change the time of walking: the hiking function of W. Tobler, *Three Presentations on Geographical
/// Analysis and Modeling*, NCGIA Technical Report 93-1, 1993.
///
/// People walk at 6·exp(−3.5·|s + 0.05|) km/h up a slope s, a climb over a distance on the map, and fastest where it
/// goes down gently. Speeds are those of a mode here, so that only the share is taken: 1 on the flat, 0.84 down 5 %,
/// 1.42 up 10 %.
enum SlopePace {
  /// The time it takes over that on the flat.
  ///
  /// - Parameters:
  ///   - climb: Metres, negative downhill.
  ///   - length: Metres on the map; where it is 0 there is no slope.
  static func pace(climb: Double, over length: Double) -> Double {
    guard length > 0 else { return 1 }
    // Steeper than 1 in 1 nobody walks: it is a lift, a bridge, or a mistake in the heights.
    let slope = min(max(climb / length, -1), 1)
    return exp(3.5 * (abs(slope + 0.05) - 0.05))
  }

  /// Whether a number may be one.
  static func isPace(_ pace: Float) -> Bool { pace > 0.8 && pace < 34 }
}

extension Polylines {
  /// Metres on the map to the next vertex.
  func length(from vertex: Int, _ xs: [Double], _ ys: [Double]) -> Double {
    let (a, b) = (Int(places[vertex]), Int(places[vertex + 1]))
    return distance((xs[a], ys[a]), (xs[b], ys[b]))
  }

  /// The heights, and where they are unknown those between the known ones of the same line; level before the first and
  /// behind the last, and 0 on lines that have none. O(vertices).
  func heightsWithoutGaps(_ xs: [Double], _ ys: [Double]) -> [Float] {
    var heights = heights
    for line in 0..<count {
      let vertices = vertices(of: line)
      var known: Int?
      // Metres from the last known height.
      var way = 0.0
      for vertex in vertices {
        if vertex > vertices.lowerBound { way += length(from: vertex - 1, xs, ys) }
        guard heights[vertex].isFinite else { continue }
        let first = known.map { heights[$0] } ?? heights[vertex]
        var passed = 0.0
        for between in (known.map { $0 + 1 } ?? vertices.lowerBound)..<vertex {
          if between > vertices.lowerBound { passed += length(from: between - 1, xs, ys) }
          heights[between] = known == nil ? first : first + (heights[vertex] - first) * Float(passed / way)
        }
        known = vertex
        way = 0
      }
      let last = known.map { heights[$0] } ?? 0
      for vertex in (known.map { $0 + 1 } ?? vertices.lowerBound)..<vertices.upperBound { heights[vertex] = last }
    }
    return heights
  }
}
