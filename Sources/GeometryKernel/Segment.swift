/// A straight piece of a line or an outline from a to b, ends included; a == b is a point.
public struct Segment: Hashable, Sendable {
  public var ax: Double
  public var ay: Double
  public var bx: Double
  public var by: Double

  @inlinable
  public init(_ ax: Double, _ ay: Double, _ bx: Double, _ by: Double) {
    self.ax = ax
    self.ay = ay
    self.bx = bx
    self.by = by
  }

  @inlinable public var box: Box {
    Box(minX: Swift.min(ax, bx), minY: Swift.min(ay, by), maxX: Swift.max(ax, bx), maxY: Swift.max(ay, by))
  }

  /// The squared distance from a position; exactly 0 on the segment.
  ///
  /// Never less than the squared distance to `box` as computed, which lets an index discard by boxes without ever
  /// disagreeing with this number.
  @inlinable
  public func squaredDistance(x: Double, y: Double) -> Double {
    let dx = bx - ax
    let dy = by - ay
    let px = x - ax
    let py = y - ay
    let along = px * dx + py * dy
    if along <= 0 { return px * px + py * py }
    let squaredLength = dx * dx + dy * dy
    if along >= squaredLength {
      let qx = x - bx
      let qy = y - by
      return qx * qx + qy * qy
    }
    // Upright and level segments, so common in plans, lose no digit.
    if dx == 0 { return px * px }
    if dy == 0 { return py * py }
    let left = px * dy
    let right = py * dx
    let cross = left - right
    if cross.magnitude <= 1e-15 * (left.magnitude + right.magnitude), orientation(ax, ay, bx, by, x, y) == 0 {
      return 0
    }
    return Swift.max(cross * cross / squaredLength, box.squaredDistance(x: x, y: y))
  }

  /// Whether the two have a position in common, decided exactly. As GEOS `LineIntersector::hasIntersection`.
  @inlinable
  public func intersects(_ other: Segment) -> Bool {
    guard box.intersects(other.box) else { return false }
    let c = orientation(ax, ay, bx, by, other.ax, other.ay)
    let d = orientation(ax, ay, bx, by, other.bx, other.by)
    if c * d > 0 { return false }
    let a = orientation(other.ax, other.ay, other.bx, other.by, ax, ay)
    let b = orientation(other.ax, other.ay, other.bx, other.by, bx, by)
    return a * b <= 0
  }

  /// The squared distance between the two, 0 where they meet; never less than that of their boxes as computed.
  @inlinable
  public func squaredDistance(to other: Segment) -> Double {
    if intersects(other) { return 0 }
    return Swift.min(
      Swift.min(squaredDistance(x: other.ax, y: other.ay), squaredDistance(x: other.bx, y: other.by)),
      Swift.min(other.squaredDistance(x: ax, y: ay), other.squaredDistance(x: bx, y: by)))
  }
}

/// The largest number whose square root, rounded, is at most `distance`: `squared <= limit` then says exactly what
/// `squared.squareRoot() <= distance` says, without the root. Negative for a negative distance or NaN.
public func squaredLimit(of distance: Double) -> Double {
  guard distance >= 0 else { return -1 }
  guard distance < .infinity else { return .infinity }
  var limit = distance * distance
  guard limit < .infinity else { return .greatestFiniteMagnitude }
  while limit.squareRoot() > distance { limit = limit.nextDown }
  while limit.nextUp.squareRoot() <= distance { limit = limit.nextUp }
  return limit
}
