/// An axis-parallel rectangle, closed; empty when `minX > maxX`.
public struct Box: Hashable, Sendable {
  public var minX: Double
  public var minY: Double
  public var maxX: Double
  public var maxY: Double

  @inlinable
  public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.minX = minX
    self.minY = minY
    self.maxX = maxX
    self.maxY = maxY
  }

  /// The box that holds nothing: the neutral element of `formUnion`.
  public static let empty = Box(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)

  @inlinable public var isEmpty: Bool { !(minX <= maxX && minY <= maxY) }
  @inlinable public var width: Double { isEmpty ? 0 : maxX - minX }
  @inlinable public var height: Double { isEmpty ? 0 : maxY - minY }
  @inlinable public var centerX: Double { (minX + maxX) / 2 }
  @inlinable public var centerY: Double { (minY + maxY) / 2 }

  /// Widens the box to hold a position; a NaN coordinate changes nothing.
  @inlinable
  public mutating func formUnion(x: Double, y: Double) {
    if x < minX { minX = x }
    if x > maxX { maxX = x }
    if y < minY { minY = y }
    if y > maxY { maxY = y }
  }

  /// Grows to hold another box; an empty one changes nothing.
  @inlinable
  public mutating func formUnion(_ other: Box) {
    minX = Swift.min(minX, other.minX)
    minY = Swift.min(minY, other.minY)
    maxX = Swift.max(maxX, other.maxX)
    maxY = Swift.max(maxY, other.maxY)
  }

  /// Moved outward on every side, in the unit of the coordinates; an empty box stays empty.
  @inlinable
  public func expanded(by margin: Double) -> Box {
    Box(minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin)
  }

  /// Whether the closed boxes share a position; an empty one shares none.
  @inlinable
  public func intersects(_ other: Box) -> Bool {
    minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
  }

  /// Whether the closed box holds a position; false for NaN.
  @inlinable
  public func contains(x: Double, y: Double) -> Bool {
    minX <= x && x <= maxX && minY <= y && y <= maxY
  }

  /// The squared distance from a position to the box, 0 inside.
  @inlinable
  public func squaredDistance(x: Double, y: Double) -> Double {
    let dx = Swift.max(minX - x, 0, x - maxX)
    let dy = Swift.max(minY - y, 0, y - maxY)
    return dx * dx + dy * dy
  }

  /// The squared distance between two boxes, 0 where they meet.
  @inlinable
  public func squaredDistance(to other: Box) -> Double {
    let dx = Swift.max(minX - other.maxX, 0, other.minX - maxX)
    let dy = Swift.max(minY - other.maxY, 0, other.minY - maxY)
    return dx * dx + dy * dy
  }
}
