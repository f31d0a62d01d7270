/// Where a position lies against an area.
public enum Location: Sendable {
  case inside
  /// On an outline, of the shell or of a hole: areas are closed, so this counts as inside.
  case boundary
  case outside
}

/// Counts, edge by edge, how often a ray from a position towards growing x crosses outlines: odd is inside.
///
/// The rule for edges that end on the ray's line is half-open, and sides are decided by `orientation`, so the answer is
/// exact. As GEOS `RayCrossingCounter`.
public struct RayCrossings {
  public let x: Double
  public let y: Double
  public var isInside = false

  @inlinable
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// Takes one edge in; true when the position is on it, which settles the question.
  @inlinable
  @inline(__always)
  public mutating func cross(_ ax: Double, _ ay: Double, _ bx: Double, _ by: Double) -> Bool {
    if (ay > y) != (by > y) {
      if x < Swift.min(ax, bx) {
        isInside.toggle()
      } else if x <= Swift.max(ax, bx) {
        let side = orientation(ax, ay, bx, by, x, y)
        if side == 0 { return true }
        if (side > 0) == (by > ay) { isInside.toggle() }
      }
      return false
    }
    guard ay == y || by == y else { return false }
    if ay == by { return Swift.min(ax, bx) <= x && x <= Swift.max(ax, bx) }
    return (ay == y && ax == x) || (by == y && bx == x)
  }
}

extension GeometryView {
  /// Where a position lies against one area part: even–odd over its rings. O(vertices).
  public func location(x: Double, y: Double, inPart part: Int) -> Location {
    var crossings = RayCrossings(x: x, y: y)
    for ring in rings(ofPart: part) {
      let run = coordinates(ofRing: ring)
      guard run.count > 1 else { continue }
      for i in run.lowerBound..<(run.upperBound - 1) where crossings.cross(xs[i], ys[i], xs[i + 1], ys[i + 1]) {
        return .boundary
      }
    }
    return crossings.isInside ? .inside : .outside
  }

  /// Where a position lies against the areas of a row: inside one of its parts, else on the outline of one.
  public func location(x: Double, y: Double, inRow row: Int) -> Location {
    var location = Location.outside
    for part in parts(at: row) where dimension(ofPart: part) == .area {
      switch self.location(x: x, y: y, inPart: part) {
      case .inside: return .inside
      case .boundary: location = .boundary
      case .outside: break
      }
    }
    return location
  }

  /// Whether a part of the row starts inside or on an area of another: what is left to ask once no outlines meet.
  func startsInside(_ row: Int, of other: GeometryView, row otherRow: Int) -> Bool {
    for part in parts(at: row) {
      let run = coordinates(ofPart: part)
      guard let i = run.first else { continue }
      if other.location(x: xs[i], y: ys[i], inRow: otherRow) != .outside { return true }
    }
    return false
  }
}

extension GeometryArray {
  /// Where a position lies against the areas of a row; rows without an area hold nothing. O(vertices).
  public func location(x: Double, y: Double, inRow row: Int) -> Location {
    withView { $0.location(x: x, y: y, inRow: row) }
  }
}
