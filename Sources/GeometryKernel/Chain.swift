/// A few consecutive segments of one ring, or a lone point: the grain at which long outlines are boxed and compared, so
/// that the cost of a distance does not grow with the vertices that are far away.
public struct Chain: Sendable {
  /// The most segments a chain has.
  public static let length = 16

  /// The first and the last coordinate, in the numbering of the array; equal for a point.
  public var first: Int32
  public var last: Int32

  @inlinable
  public init(first: Int, last: Int) {
    self.first = Int32(first)
    self.last = Int32(last)
  }

  @inlinable public var isPoint: Bool { first == last }
  @inlinable public var coordinates: Range<Int> { Int(first)..<(Int(last) + 1) }
}

extension GeometryView {
  /// Appends the chains of a row in order. O(vertices).
  public func appendChains(at row: Int, to chains: inout [Chain]) {
    for part in parts(at: row) {
      for ring in rings(ofPart: part) {
        let run = coordinates(ofRing: ring)
        guard let end = run.last else { continue }
        var first = run.lowerBound
        repeat {
          let last = min(first + Chain.length, end)
          chains.append(Chain(first: first, last: last))
          first = last
        } while first < end
      }
    }
  }

  /// The squared distance from a position to the nearest of a chain's segments.
  @inlinable
  public func squaredDistance(x: Double, y: Double, to chain: Chain) -> Double {
    let first = Int(chain.first)
    if chain.isPoint {
      let dx = x - xs[first]
      let dy = y - ys[first]
      return dx * dx + dy * dy
    }
    var best = Double.infinity
    for i in first..<Int(chain.last) {
      best = Swift.min(best, segment(at: i).squaredDistance(x: x, y: y))
    }
    return best
  }

  /// The squared distance between two chains of two arrays, 0 where they meet. O(segments × segments).
  public func squaredDistance(_ chain: Chain, to other: GeometryView, _ otherChain: Chain) -> Double {
    if chain.isPoint {
      return other.squaredDistance(x: xs[Int(chain.first)], y: ys[Int(chain.first)], to: otherChain)
    }
    if otherChain.isPoint {
      return squaredDistance(x: other.xs[Int(otherChain.first)], y: other.ys[Int(otherChain.first)], to: chain)
    }
    var best = Double.infinity
    let otherBox = other.box(of: otherChain.coordinates)
    for i in Int(chain.first)..<Int(chain.last) {
      let segment = segment(at: i)
      let box = segment.box
      if box.squaredDistance(to: otherBox) >= best { continue }
      for j in Int(otherChain.first)..<Int(otherChain.last) {
        let otherSegment = other.segment(at: j)
        if box.squaredDistance(to: otherSegment.box) >= best { continue }
        best = Swift.min(best, segment.squaredDistance(to: otherSegment))
        if best == 0 { return 0 }
      }
    }
    return best
  }

  /// Whether two chains of two arrays have a position in common.
  public func intersects(_ chain: Chain, _ other: GeometryView, _ otherChain: Chain) -> Bool {
    // A chain of one point is a segment whose ends fall together.
    let last = chain.isPoint ? Int(chain.first) : Int(chain.last) - 1
    let step = chain.isPoint ? 0 : 1
    let otherLast = otherChain.isPoint ? Int(otherChain.first) : Int(otherChain.last) - 1
    let otherStep = otherChain.isPoint ? 0 : 1
    let otherBox = other.box(of: otherChain.coordinates)
    for i in Int(chain.first)...last {
      let segment = Segment(xs[i], ys[i], xs[i + step], ys[i + step])
      guard segment.box.intersects(otherBox) else { continue }
      for j in Int(otherChain.first)...otherLast {
        let k = j + otherStep
        if segment.intersects(Segment(other.xs[j], other.ys[j], other.xs[k], other.ys[k])) { return true }
      }
    }
    return false
  }
}
