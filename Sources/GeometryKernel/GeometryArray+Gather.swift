extension GeometryArray {
  /// The rows of a range, in order. O(vertices copied).
  public func slice(_ rows: Range<Int>) -> GeometryArray {
    if rows == 0..<count { return self }
    if isPointsLayout { return GeometryArray(pointsX: Array(xs[rows]), y: Array(ys[rows])) }
    var builder = GeometryArrayBuilder(reservingRows: rows.count)
    builder.append(self, rows: rows)
    return keepingValidity(builder.finish())
  }

  private func keepingValidity(_ rows: GeometryArray) -> GeometryArray { isKnownValid ? rows.knownValid() : rows }

  /// The named rows, in the order named; a negative number gives a null row. O(vertices copied).
  public func gather(_ rows: [Int32]) -> GeometryArray {
    if isPointsLayout {
      var gatheredX = [Double](repeating: .nan, count: rows.count)
      var gatheredY = gatheredX
      for (i, row) in rows.enumerated() where row >= 0 {
        gatheredX[i] = xs[Int(row)]
        gatheredY[i] = ys[Int(row)]
      }
      return GeometryArray(pointsX: gatheredX, y: gatheredY)
    }
    var builder = GeometryArrayBuilder(reservingRows: rows.count)
    for row in rows {
      if row < 0 { builder.appendNull() } else { builder.append(self, row: Int(row)) }
    }
    return keepingValidity(builder.finish())
  }

  /// The rows of one array after those of another. O(vertices appended).
  public mutating func append(contentsOf other: GeometryArray) {
    if isEmpty {
      self = other
      return
    }
    var builder = GeometryArrayBuilder(continuing: self)
    // The builder now holds the only reference to the buffers and extends them in place.
    self = GeometryArray()
    builder.append(other, rows: 0..<other.count)
    self = builder.finish()
  }
}
