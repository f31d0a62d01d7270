import FeatureTables
import GeometryKernel
import TestSupport

@testable import DataQuality

/// A clean layer of streets in Jinan, crooked and some 300 m long, and the ways to spoil it.
struct CityOfLines {
  private(set) var lines: [[Position]?] = []
  /// Metres, to a hundredth.
  private var measured: [Double] = []
  private(set) var spoiled: [ProblemKind: Set<Int32>] = [:]
  private var free: [Int]
  private var random: SplitMix64

  /// Metres in a degree of the longitude and of the latitude.
  private static let scale = (x: 89_700.0, y: 110_900.0)

  init(count: Int, seed: UInt64) {
    random = SplitMix64(seed: seed)
    free = Array(0..<count)
    for _ in 0..<count {
      var line = [
        (x: Double.random(in: 116.9...117.1, using: &random), y: Double.random(in: 36.6...36.7, using: &random))
      ]
      // Northward, more or less: no street turns back.
      for _ in 0..<Int.random(in: 2...6, using: &random) {
        let dx = Double.random(in: -0.001...0.001, using: &random)
        let dy = Double.random(in: 0.0005...0.001, using: &random)
        line.append((line[line.count - 1].x + dx, line[line.count - 1].y + dy))
      }
      lines.append(line)
      measured.append(Self.length(line, Self.scale) * Double.random(in: 0.99...1.01, using: &random))
    }
    free.shuffle(using: &random)
  }

  private static func length(_ line: [Position], _ scale: Position) -> Double {
    zip(line, line.dropFirst()).reduce(0) { sum, ends in
      let (dx, dy) = ((ends.1.x - ends.0.x) * scale.x, (ends.1.y - ends.0.y) * scale.y)
      return sum + (dx * dx + dy * dy).squareRoot()
    }
  }

  static let ways: [ProblemKind] = [
    .missingGeometry, .emptyGeometry, .shortLine, .selfOverlap, .duplicateFeature, .duplicatePlace, .wrongUnit,
  ]

  func layer() -> CheckedLayer { layer(measured) }

  /// As a program writes it that measures longitudes and latitudes.
  func layerMeasuredInDegrees() -> CheckedLayer { layer(lines.map { Self.length($0 ?? [], (1, 1)) }) }

  private func layer(_ lengths: [Double]) -> CheckedLayer {
    var shapes = DrawnShapes()
    for line in lines {
      if let line {
        if line.isEmpty { shapes.empty(.lineString) } else { shapes.row(.lineString, .line, [line]) }
      } else {
        shapes.null()
      }
    }
    return DataQualityTests.layer(shapes.finish(), [("length_m", Column(.number(lengths)))])
  }

  mutating func spoil(_ kind: ProblemKind, rows count: Int = 6) {
    let rows = free.suffix(count)
    free.removeLast(count)
    for row in rows {
      let line = lines[row] ?? []
      let isEven = Bool.random(using: &random)
      var told = row
      switch kind {
      case .missingGeometry: lines[row] = nil
      case .emptyGeometry: lines[row] = []
      case .shortLine: lines[row] = isEven ? [line[0]] : [line[0], line[0], line[0]]
      // Straight back, or round and along the first segment again.
      case .selfOverlap: lines[row] = isEven ? line + line.dropLast().reversed() : line + line.prefix(2)
      case .duplicateFeature, .duplicatePlace:
        told = lines.count
        lines.append(line)
        measured.append(kind == .duplicateFeature ? measured[row] : measured[row] * 1.02)
      case .wrongUnit: measured[row] /= 1000
      default: continue
      }
      spoiled[kind, default: []].insert(Int32(told))
    }
  }
}
