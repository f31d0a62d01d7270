import Foundation
import GeometryKernel
import TestSupport

/// Short ways to draw geometries in tests.
typealias Position = (Double, Double)

/// One polygon a row, each given by its rings; rings are closed here.
func areas(_ rows: [[Position]]...) -> GeometryArray {
  var builder = GeometryArrayBuilder()
  for rings in rows { builder.appendArea(rings) }
  return builder.finish()
}

func lines(_ rows: [Position]...) -> GeometryArray {
  var builder = GeometryArrayBuilder()
  for vertices in rows {
    builder.beginRow(.lineString)
    builder.beginPart(.line)
    builder.addRing(xs: vertices.map(\.0), ys: vertices.map(\.1))
    builder.endRow()
  }
  return builder.finish()
}

/// The corners of an axis-parallel rectangle, counter-clockwise.
func corners(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> [Position] {
  [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
}

extension GeometryArrayBuilder {
  mutating func appendArea(_ rings: [[Position]]) {
    beginRow(.polygon)
    beginPart(.area)
    for ring in rings { addRing(xs: ring.map(\.0) + [ring[0].0], ys: ring.map(\.1) + [ring[0].1]) }
    endRow()
  }

  /// A star with random spikes around a centre: simple, rarely convex.
  mutating func appendStar(x: Double, y: Double, radius: Double, spikes: Int, using random: inout SplitMix64) {
    appendArea([
      (0..<spikes).map { i in
        let angle = 2 * .pi * Double(i) / Double(spikes)
        let reach = radius * Double.random(in: 0.3...1, using: &random)
        return (x + reach * cos(angle), y + reach * sin(angle))
      }
    ])
  }
}

extension GeometryArray {
  /// Whether a place is inside a row's areas, by casting a ray through every edge: the oracle, not for outlines.
  func holds(x: Double, y: Double, row: Int) -> Bool {
    var inside = false
    for part in parts(at: row) {
      for ring in rings(ofPart: part) {
        let run = coordinates(ofRing: ring)
        for i in run.dropFirst() where (ys[i] > y) != (ys[i - 1] > y) {
          let cut = xs[i] + (y - ys[i]) / (ys[i - 1] - ys[i]) * (xs[i - 1] - xs[i])
          if x < cut { inside.toggle() }
        }
      }
    }
    return inside
  }

  /// The rows as WKB, to compare bit for bit.
  var bytes: [[UInt8]] {
    (0..<count).map { row in
      var bytes: [UInt8] = []
      appendWKB(at: row, to: &bytes)
      return bytes
    }
  }

  func vertices(at row: Int) -> [[Double]] { coordinates(at: row).map { [xs[$0], ys[$0]] } }
}
