import DiscCoverage
import GeometryKernel
import GeometryOperations
import TestSupport

/// Areas from rings, each part an outer ring and its holes, closed by themselves.
func area(_ parts: [[[(Double, Double)]]]) -> GeometryArray { areas([parts]) }

func areas(_ rows: [[[[(Double, Double)]]]]) -> GeometryArray {
  var builder = GeometryArrayBuilder()
  for parts in rows {
    builder.beginRow(parts.count == 1 ? .polygon : .multiPolygon)
    for rings in parts {
      builder.beginPart(.area)
      for ring in rings {
        builder.addRing(xs: (ring + ring.prefix(1)).map(\.0), ys: (ring + ring.prefix(1)).map(\.1))
      }
    }
    builder.endRow()
  }
  return builder.finish()
}

func box(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double) -> [(Double, Double)] {
  [(minX, minY), (maxX, minY), (maxX, maxY), (minX, maxY)]
}

func places(_ positions: [(Double, Double)]) -> GeometryArray {
  GeometryArray(pointsX: positions.map(\.0), y: positions.map(\.1))
}

/// The covered part of one area.
func covered(_ positions: [(Double, Double)], _ radius: Double, _ area: GeometryArray) throws -> Double {
  try DiscUnion(around: places(positions), radius: radius).coveredAreas(of: area)[0]
}

/// A star with a wavy outline and a hole, in about −1…1 of each direction.
func star(_ random: inout SplitMix64, x: Double, y: Double, size: Double, corners: Int) -> [[(Double, Double)]] {
  func ring(_ scale: Double) -> [(Double, Double)] {
    // By quarters with slopes instead of angles: no function of angles is needed.
    (0..<corners).map { i in
      let turn = Double(i) / Double(corners) * 4
      let along = turn - turn.rounded(.down)
      let length = ((1 - along) * (1 - along) + along * along).squareRoot()
      let (c, s) = ((1 - along) / length, along / length)
      let direction: (Double, Double) = [(c, s), (-s, c), (-c, -s), (s, -c)][Int(turn) % 4]
      let reach = size * scale * .random(in: 0.7...1, using: &random)
      return (x + reach * direction.0, y + reach * direction.1)
    }
  }
  return [ring(1), ring(0.4).reversed()]
}

func randomPositions(_ count: Int, in size: Double, _ random: inout SplitMix64) -> [(Double, Double)] {
  (0..<count).map { _ in (.random(in: -size...size, using: &random), .random(in: -size...size, using: &random)) }
}

/// The same by GEOS, with discs drawn as polygons of so many chords a quarter.
func coveredByGEOS(
  _ positions: [(Double, Double)], _ radius: Double, _ area: GeometryArray, quadrantSegments: Int
) throws -> Double {
  let geos = try GEOSContext()
  let discs = try geos.buffer(places(positions), distance: radius, quadrantSegments: quadrantSegments)
  return try geos.clip(area, to: discs, keeping: .area).area(at: 0) ?? 0
}
