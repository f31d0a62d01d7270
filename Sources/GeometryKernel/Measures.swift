/// Planar measures of rows, in the units of the coordinates (metres in a metric reference system).
extension GeometryArray {
  /// Twice the signed area of a ring: positive when it runs counter-clockwise. O(vertices).
  ///
  /// Taken relative to the ring's first vertex, so that the digits of large eastings and northings do not cancel.
  public func doubleSignedArea(ofRing ring: Int) -> Double {
    let run = coordinates(ofRing: ring)
    guard run.count > 2 else { return 0 }
    let originX = xs[run.lowerBound]
    let originY = ys[run.lowerBound]
    var sum = 0.0
    var previousX = 0.0
    var previousY = 0.0
    for i in run.dropFirst() {
      let x = xs[i] - originX
      let y = ys[i] - originY
      sum += previousX * y - x * previousY
      previousX = x
      previousY = y
    }
    return sum
  }

  /// The area of a row's area parts less their holes; 0 for points and lines, `nil` for null rows. O(vertices).
  public func area(at row: Int) -> Double? {
    guard !isNull(at: row) else { return nil }
    var sum = 0.0
    for part in parts(at: row) where dimension(ofPart: part) == .area {
      for (number, ring) in rings(ofPart: part).enumerated() {
        let area = abs(doubleSignedArea(ofRing: ring)) / 2
        sum += number == 0 ? area : -area
      }
    }
    return sum
  }

  /// The length of a row's lines, or the perimeter of its areas with their holes; `nil` for null rows. O(vertices).
  public func length(at row: Int) -> Double? {
    guard !isNull(at: row) else { return nil }
    var sum = 0.0
    for part in parts(at: row) where dimension(ofPart: part) != .point {
      for ring in rings(ofPart: part) {
        let run = coordinates(ofRing: ring)
        for i in run.dropFirst() {
          let dx = xs[i] - xs[i - 1]
          let dy = ys[i] - ys[i - 1]
          sum += (dx * dx + dy * dy).squareRoot()
        }
      }
    }
    return sum
  }
}
