import GeometryKernel

extension GeometryArray {
  /// The centroid of a row's parts of the highest dimension, which for a point is the point; `nil` without coordinates.
  ///
  /// Areas weigh by area (holes taken off), lines by length, points alike; parts without extent fall back to the next
  /// lower dimension, as in GEOS's `Centroid`. O(vertices).
  func centre(at row: Int) -> (x: Double, y: Double)? {
    let all = coordinates(at: row)
    guard let first = all.first else { return nil }
    if all.count == 1 { return (xs[first], ys[first]) }
    // Relative to the first vertex, so that the digits of large eastings and northings do not cancel.
    let (originX, originY) = (xs[first], ys[first])
    var (areaX, areaY, area) = (0.0, 0.0, 0.0)
    var (lineX, lineY, length) = (0.0, 0.0, 0.0)
    var (pointX, pointY, points) = (0.0, 0.0, 0.0)
    for part in parts(at: row) {
      let dimension = dimension(ofPart: part)
      for (number, ring) in rings(ofPart: part).enumerated() {
        let run = coordinates(ofRing: ring)
        var (ringX, ringY, ringArea) = (0.0, 0.0, 0.0)
        for i in run {
          let (x, y) = (xs[i] - originX, ys[i] - originY)
          if dimension == .point || run.count == 1 {
            pointX += x
            pointY += y
            points += 1
          }
          guard i > run.lowerBound else { continue }
          let (fromX, fromY) = (xs[i - 1] - originX, ys[i - 1] - originY)
          let step = ((x - fromX) * (x - fromX) + (y - fromY) * (y - fromY)).squareRoot()
          lineX += (fromX + x) / 2 * step
          lineY += (fromY + y) / 2 * step
          length += step
          let cross = fromX * y - x * fromY
          ringX += (fromX + x) * cross
          ringY += (fromY + y) * cross
          ringArea += cross
        }
        if dimension == .area {
          // Outer rings add and holes take off, whichever way they run.
          let sign = (ringArea < 0) == (number == 0) ? -1.0 : 1.0
          areaX += sign * ringX / 3
          areaY += sign * ringY / 3
          area += sign * ringArea
        }
      }
    }
    if area != 0 { return (originX + areaX / area, originY + areaY / area) }
    if length > 0 { return (originX + lineX / length, originY + lineY / length) }
    if points > 0 { return (originX + pointX / points, originY + pointY / points) }
    return (originX, originY)
  }
}
