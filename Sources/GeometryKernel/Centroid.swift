extension GeometryArray {
  /// The centroid of each row, as points: the centre of its areas weighted by area, else of its lines weighted by
  /// length, else the mean of its points. Null for null and empty rows and where a coordinate is not finite.
  ///
  /// Parts of a lower dimension do not count; an area without extent counts as its outline, a line without extent as a
  /// point. As GEOS `algorithm::Centroid`. O(vertices).
  public func centroids() -> GeometryArray {
    if isPointsLayout { return self }
    var centerXs = [Double](repeating: .nan, count: count)
    var centerYs = centerXs
    withView { view in
      for row in 0..<count where !view.finiteBox(at: row).isEmpty {
        (centerXs[row], centerYs[row]) = view.centroid(at: row)
      }
    }
    return GeometryArray(pointsX: centerXs, y: centerYs)
  }
}

/// A sum of positions with weights.
private struct WeightedSum {
  var x = 0.0
  var y = 0.0
  var weight = 0.0

  mutating func add(_ x: Double, _ y: Double, weight: Double) {
    self.x += x * weight
    self.y += y * weight
    self.weight += weight
  }
}

extension GeometryView {
  /// The centroid of a row that has a coordinate. Sums run relative to the row's first coordinate, so that the digits of
  /// large eastings and northings do not cancel.
  fileprivate func centroid(at row: Int) -> (Double, Double) {
    let first = coordinates(at: row).lowerBound
    let originX = xs[first]
    let originY = ys[first]
    var sums = (points: WeightedSum(), lines: WeightedSum(), areas: WeightedSum())
    for part in parts(at: row) {
      let dimension = dimension(ofPart: part)
      for (number, ring) in rings(ofPart: part).enumerated() {
        let run = coordinates(ofRing: ring)
        guard let start = run.first else { continue }
        var ringArea = WeightedSum()
        var length = 0.0
        for i in run.dropFirst() {
          let ax = xs[i - 1] - originX
          let ay = ys[i - 1] - originY
          let bx = xs[i] - originX
          let by = ys[i] - originY
          let step = ((bx - ax) * (bx - ax) + (by - ay) * (by - ay)).squareRoot()
          sums.lines.add((ax + bx) / 2, (ay + by) / 2, weight: step)
          length += step
          if dimension == .area { ringArea.add((ax + bx) / 3, (ay + by) / 3, weight: ax * by - bx * ay) }
        }
        if length == 0 { sums.points.add(xs[start] - originX, ys[start] - originY, weight: 1) }
        // Shells add and holes take away, whichever way they run.
        let sign: Double = (ringArea.weight < 0) == (number == 0) ? -1 : 1
        sums.areas.x += sign * ringArea.x
        sums.areas.y += sign * ringArea.y
        sums.areas.weight += sign * ringArea.weight
      }
    }
    let sum = sums.areas.weight != 0 ? sums.areas : sums.lines.weight != 0 ? sums.lines : sums.points
    return (originX + sum.x / sum.weight, originY + sum.y / sum.weight)
  }
}
