import WorkControl

/// Where most rows of a layer are, not moved by a few that are somewhere else.
///
/// Distances are counted in MADs, the median of the distances from the median, axis by axis (Hampel 1974): up to half of
/// the rows may be wrong without moving either. A row belongs to the bulk unless it is farther than `far` MADs away *and*
/// there is a gap in front of it: it is twice as far away as the farthest row of the bulk. Towns with a long tail of
/// villages have no such gap. O(rows).
struct Bulk: Sendable {
  static let far = 12.0
  /// More rows than this share are no slips: then nobody knows which are the right ones.
  static let mostOutside = 0.2
  /// Medians of layers of more rows are taken of so many, evenly picked.
  private static let sampleSize = 65_536

  let medianX: Double
  let medianY: Double
  private let unitX: Double
  private let unitY: Double
  /// The box of the rows in it.
  let minX: Double
  let maxX: Double
  let minY: Double
  let maxY: Double
  /// The rows outside of it, ascending.
  let outside: [Int32]

  /// `nil` for fewer than ten places, for places that are one, and where too many rows are outside.
  init?(_ layer: CheckedLayer, _ monitor: WorkMonitor) throws {
    let step = max(1, layer.rowCount / Self.sampleSize)
    let sample = stride(from: 0, to: layer.rowCount, by: step).filter { layer.hasPlace($0) }
    guard sample.count >= 10 else { return nil }
    let middleX = Self.median(sample.map { layer.xs[$0] })
    let middleY = Self.median(sample.map { layer.ys[$0] })
    let spreadX = Self.median(sample.map { abs(layer.xs[$0] - middleX) })
    let spreadY = Self.median(sample.map { abs(layer.ys[$0] - middleY) })
    // A row of places along one axis is as wide as it is long, and nothing is narrower than a hundred metres.
    let scale = layer.metresPerUnit(atY: middleY)
    let least = max(spreadX * scale.x, spreadY * scale.y) / 4
    guard least > 0 else { return nil }
    unitX = max(spreadX, max(least, 25) / scale.x)
    unitY = max(spreadY, max(least, 25) / scale.y)
    (medianX, medianY) = (middleX, middleY)

    var limit = Self.far / 2
    var candidates: [(distance: Double, row: Int32)] = []
    for row in 0..<layer.rowCount {
      try monitor.check(atRow: row)
      guard layer.hasPlace(row) else { continue }
      let distance = max(abs(layer.xs[row] - middleX) / unitX, abs(layer.ys[row] - middleY) / unitY)
      if distance > limit { candidates.append((distance, Int32(row))) }
    }
    candidates.sort { $0.distance < $1.distance }
    var inside = 0
    while inside < candidates.count {
      let distance = candidates[inside].distance
      if distance > Self.far, distance > 2 * limit { break }
      limit = max(limit, distance)
      inside += 1
    }
    let rows = candidates[inside...].map(\.row).sorted()
    guard Double(rows.count) <= Self.mostOutside * Double(layer.rowCount) else { return nil }
    outside = rows
    var (left, right, bottom, top) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
    var next = 0
    for row in 0..<layer.rowCount {
      try monitor.check(atRow: row)
      guard layer.hasPlace(row) else { continue }
      while next < rows.count, Int(rows[next]) < row { next += 1 }
      if next < rows.count, Int(rows[next]) == row { continue }
      left = min(left, layer.xs[row])
      right = max(right, layer.xs[row])
      bottom = min(bottom, layer.ys[row])
      top = max(top, layer.ys[row])
    }
    (minX, maxX, minY, maxY) = (left, right, bottom, top)
  }

  /// Whether a place is where the rows of the bulk are, or a tenth of their extent beside them.
  func holds(_ x: Double, _ y: Double) -> Bool {
    let (width, height) = (0.1 * (maxX - minX), 0.1 * (maxY - minY))
    return minX - width <= x && x <= maxX + width && minY - height <= y && y <= maxY + height
  }

  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    return values.sorted()[values.count / 2]
  }
}
