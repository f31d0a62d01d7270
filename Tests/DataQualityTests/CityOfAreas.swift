import FeatureTables
import GeometryKernel
import Projections
import TestSupport

@testable import DataQuality

/// A clean layer of areas that tile, crooked quadrilaterals of some 300 m, and the ways to spoil it.
struct CityOfAreas {
  static let side = 20
  private static let step = 300.0
  private var corners: [Position] = []
  private(set) var rings: [[Position]] = []
  private var measured: [Double] = []
  private(set) var spoiled: [ProblemKind: Set<Int32>] = [:]
  private var free: [Int]
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    free = []
    for j in 0...Self.side {
      for i in 0...Self.side {
        let isInside = (1..<Self.side).contains(i) && (1..<Self.side).contains(j)
        let shift = isInside ? 60.0 : 0
        corners.append(
          (
            500_000 + Double(i) * Self.step + Double.random(in: -shift...shift, using: &random),
            4_060_000 + Double(j) * Self.step + Double.random(in: -shift...shift, using: &random)
          ))
      }
    }
    for j in 0..<Self.side {
      for i in 0..<Self.side {
        let k = j * (Self.side + 1) + i
        rings.append([k, k + 1, k + Self.side + 2, k + Self.side + 1, k].map { corners[$0] })
        // Apart from each other and from the rim, so that what is spoiled touches nothing else that is.
        if i % 3 == 1, j % 3 == 1, i < 18, j < 18 { free.append(rings.count - 1) }
      }
    }
    free.shuffle(using: &random)
    measured = rings.map { ring in area(ring) * Double.random(in: 0.99...1.01, using: &random) }
  }

  private func area(_ ring: [Position]) -> Double {
    abs(
      zip(ring, ring.dropFirst()).reduce(0) { $0 + ($1.0.x - 5e5) * ($1.1.y - 4e6) - ($1.1.x - 5e5) * ($1.0.y - 4e6) })
      / 2
  }

  static let ways: [ProblemKind] = [.invalidArea, .ringOrder, .duplicateFeature, .sliver, .wrongUnit]

  /// - Parameter unit: square metres in one of what is measured; the name of the column says one.
  func layer(unit: Double = 1) throws -> CheckedLayer {
    var shapes = DrawnShapes()
    for ring in rings { shapes.area(ring) }
    return DataQualityTests.layer(
      shapes.finish(), [("area_m2", Column(.number(measured.map { $0 / unit })))],
      system: try ReferenceSystem(parsing: "EPSG:4548"))
  }

  mutating func spoil(_ kind: ProblemKind, rows count: Int = 3) {
    let rows = free.suffix(count)
    free.removeLast(count)
    for row in rows {
      let ring = rings[row]
      var told = row
      switch kind {
      case .invalidArea:
        let middle = Position(x: (ring[0].x + ring[2].x) / 2, y: (ring[0].y + ring[2].y) / 2)
        // A bow-tie, or a spike that runs inside and back.
        rings[row] =
          Bool.random(using: &random)
          ? [ring[0], ring[1], ring[3], ring[2], ring[0]]
          : [ring[0], ring[1], middle, ring[1], ring[2], ring[3], ring[0]]
      case .ringOrder: rings[row].reverse()
      case .duplicateFeature, .sliver:
        told = rings.count
        let (a, b) = (ring[0], ring[1])
        rings.append(kind == .sliver ? [a, b, (b.x, b.y + 0.3), (a.x, a.y + 0.2), a] : ring)
        measured.append(kind == .sliver ? area(rings[told]) : measured[row])
      case .wrongUnit: measured[row] *= 1500 / 1e6
      default: continue
      }
      spoiled[kind, default: []].insert(Int32(told))
    }
  }

  /// Moves a corner of some inner areas, so that each overlaps its neighbours there or leaves a gap.
  mutating func tear(rows count: Int = 3) -> (overlaps: Int, gaps: Int) {
    let rows = free.suffix(count)
    free.removeLast(count)
    for row in rows {
      // Outward into the neighbour across the corner, and inward at the corner opposite.
      let ring = rings[row]
      let centre = Position(x: (ring[0].x + ring[2].x) / 2, y: (ring[0].y + ring[2].y) / 2)
      rings[row][2] = (ring[2].x + (ring[2].x - centre.x) * 0.1, ring[2].y + (ring[2].y - centre.y) * 0.1)
      rings[row][0] = (ring[0].x - (ring[0].x - centre.x) * 0.1, ring[0].y - (ring[0].y - centre.y) * 0.1)
      rings[row][4] = rings[row][0]
    }
    // The three neighbours at the corner that went out are overlapped; the gap at the other corner is one.
    return (3 * count, count)
  }
}
