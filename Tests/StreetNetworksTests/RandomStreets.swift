import GeometryKernel
import TestSupport

@testable import StreetNetworks

/// Streets at random between corners of a small grid: one-ways, parallel streets, loops, dead ends, streets of a point,
/// parts of their own.
struct RandomStreets {
  let lines: GeometryArray
  /// Of hills, and some unknown.
  let heights: [Float]
  let attributes: StreetAttributes
  let points: GeometryArray
  let facilities: GeometryArray

  init(_ random: inout SplitMix64, streets: Int, side: Int = 6, points pointCount: Int = 25, facilities: Int = 5) {
    var builder = GeometryArrayBuilder()
    var access: [StreetAccess] = []
    var classes: [UInt8] = []
    func corner() -> (x: Int, y: Int) {
      (Int.random(in: 0..<side, using: &random), Int.random(in: 0..<side, using: &random))
    }
    for _ in 0..<streets {
      let a = corner()
      // Mostly to a neighbour, sometimes back to where it began.
      let b = (x: a.x + Int.random(in: -1...1, using: &random), y: a.y + Int.random(in: -1...1, using: &random))
      builder.beginRow(.lineString)
      builder.beginPart(.line)
      builder.beginRing()
      builder.addCoordinate(x: Double(a.x) * 100, y: Double(a.y) * 100)
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        builder.addCoordinate(
          x: Double(a.x * 100 + Int.random(in: -80...80, using: &random)),
          y: Double(a.y * 100 + Int.random(in: -80...80, using: &random)))
      }
      builder.addCoordinate(x: Double(b.x) * 100, y: Double(b.y) * 100)
      builder.endRow()
      access.append([.all, .all, .oneWay, .oneWayReversed].randomElement(using: &random) ?? .all)
      classes.append(UInt8([0, 0, 0, 1, 2].randomElement(using: &random) ?? 0))
    }
    lines = builder.finish()
    heights = (0..<lines.coordinateCount).map { _ in
      Int.random(in: 0..<8, using: &random) == 0 ? .nan : Float.random(in: 0...40, using: &random)
    }
    attributes = StreetAttributes(classNames: ["residential", "primary", "steps"], classes: classes, access: access)
    func scattered(_ count: Int) -> GeometryArray {
      var xs: [Double] = []
      var ys: [Double] = []
      for _ in 0..<count {
        // Half of them exactly on corners, where many streets are equally near.
        let onCorner = Bool.random(using: &random)
        let c = corner()
        xs.append(Double(c.x) * 100 + (onCorner ? 0 : Double.random(in: -60...60, using: &random)))
        ys.append(Double(c.y) * 100 + (onCorner ? 0 : Double.random(in: -60...60, using: &random)))
      }
      return GeometryArray(pointsX: xs, y: ys)
    }
    points = scattered(pointCount)
    self.facilities = scattered(facilities)
  }
}
