import GeometryKernel
import TestSupport

/// Ways to lay out points, the degenerate ones too.
enum PointPattern: CaseIterable {
  case even, clustered, onePlace, horizontal, diagonal, outlier, integers, farFromOrigin

  func points(_ count: Int, _ random: inout SplitMix64) -> (xs: [Double], ys: [Double]) {
    var xs: [Double] = []
    var ys: [Double] = []
    for i in 0..<count {
      let u = Double.random(in: 0..<1000, using: &random)
      let v = Double.random(in: 0..<1000, using: &random)
      let (x, y): (Double, Double) =
        switch self {
        case .even: (u, v)
        case .clustered: (300 + u / 50, i % 5 == 0 ? v : 700 + v / 50)
        case .onePlace: (417.25, 93.5)
        case .horizontal: (u, 12)
        case .diagonal: (u, u)
        case .outlier: i == 0 ? (1e9, -1e9) : (u, v)
        case .integers: ((u / 40).rounded(), (v / 40).rounded())
        case .farFromOrigin: (500_000 + u.rounded() / 100, 4_065_000 + v.rounded() / 100)
        }
      xs.append(x)
      ys.append(y)
    }
    return (xs, ys)
  }

  func array(_ count: Int, _ random: inout SplitMix64) -> GeometryArray {
    let (xs, ys) = points(count, &random)
    return GeometryArray(pointsX: xs, y: ys)
  }
}

extension GeometryArrayBuilder {
  mutating func addRing(_ positions: [(Double, Double)]) {
    beginRing()
    for (x, y) in positions { addCoordinate(x: x, y: y) }
  }

  /// A row of one area: a shell and its holes, each closed here.
  mutating func appendArea(_ rings: [(Double, Double)]...) {
    beginRow(.polygon)
    beginPart(.area)
    for ring in rings { addRing(ring + [ring[0]]) }
    endRow()
  }

  mutating func appendLine(_ positions: [(Double, Double)]) {
    beginRow(.lineString)
    beginPart(.line)
    addRing(positions)
    endRow()
  }

  mutating func appendSquare(x: Double, y: Double, side: Double) {
    appendArea([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
  }
}

/// Rows of every kind over 0…1000, some null, empty or with NaN; on whole numbers when `onGrid`, so that much touches.
func randomRows(_ count: Int, largest: Double, onGrid: Bool, _ random: inout SplitMix64) -> GeometryArray {
  var builder = GeometryArrayBuilder()
  func snap(_ value: Double) -> Double { onGrid ? (value / 25).rounded() * 25 : value }
  /// A star-shaped ring, so that it does not cross itself before it is snapped.
  func star(_ x: Double, _ y: Double, _ radius: Double, _ corners: Int) -> [(Double, Double)] {
    var ring: [(Double, Double)] = []
    for corner in 0..<corners {
      // A turn in steps along a square is enough of a circle here and needs no sine.
      let turn = Double(corner) / Double(corners) * 8
      let side = turn.truncatingRemainder(dividingBy: 2) - 1
      let (ux, uy): (Double, Double) =
        switch Int(turn / 2) {
        case 0: (side, -1)
        case 1: (1, side)
        case 2: (-side, 1)
        default: (-1, -side)
        }
      let reach = radius * Double.random(in: 0.4...1, using: &random)
      ring.append((snap(x + ux * reach), snap(y + uy * reach)))
    }
    return ring + [ring[0]]
  }
  for _ in 0..<count {
    let x = Double.random(in: 0...1000, using: &random)
    let y = Double.random(in: 0...1000, using: &random)
    let size = Double.random(in: 1...largest, using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0: builder.appendNull()
    case 1:
      builder.beginRow(.multiPolygon)
      builder.endRow()
    case 2: builder.appendLine([(x, y), (.nan, y), (x + size, y)])
    case 3, 4: builder.appendPoint(x: snap(x), y: snap(y))
    case 5:
      builder.beginRow(.multiPoint)
      for i in 0..<Int.random(in: 1...4, using: &random) {
        builder.beginPart(.point)
        builder.addRing([(snap(x + Double(i) * size), snap(y))])
      }
      builder.endRow()
    case 6:
      var positions: [(Double, Double)] = []
      for i in 0..<Int.random(in: 2...40, using: &random) {
        positions.append((snap(x + Double(i) * size / 20), snap(y + Double.random(in: 0...size, using: &random))))
      }
      builder.appendLine(positions)
    case 7:
      builder.beginRow(.collection)
      builder.beginPart(.point)
      builder.addRing([(snap(x - size), snap(y))])
      builder.beginPart(.area)
      builder.addRing(star(x, y, size / 2, 8))
      builder.endRow()
    case 8:
      builder.beginRow(.multiPolygon)
      for i in 0..<Int.random(in: 1...3, using: &random) {
        builder.beginPart(.area)
        builder.addRing(star(x + Double(i) * size * 2.5, y, size, 9))
      }
      builder.endRow()
    default:
      builder.beginRow(.polygon)
      builder.beginPart(.area)
      builder.addRing(star(x, y, size, Int.random(in: 3...60, using: &random)))
      builder.addRing(star(x, y, size * 0.3, 6))
      builder.endRow()
    }
  }
  return builder.finish()
}
