import GeometryKernel
import SpatialIndexes

/// How far vertices are from the outlines and lines of another layer.
struct OutlineDistances {
  private let index: SpatialIndex

  /// Vertices in one row of the index: long outlines would otherwise be looked at whole for each vertex.
  private static let runLength = 16

  /// Takes the edges of lines and areas. O(vertices).
  init(_ geometry: GeometryArray) {
    var builder = GeometryArrayBuilder()
    for row in 0..<geometry.count {
      for part in geometry.parts(at: row) where geometry.dimension(ofPart: part) != .point {
        for ring in geometry.rings(ofPart: part) {
          let run = geometry.coordinates(ofRing: ring)
          var start = run.lowerBound
          while start + 1 < run.upperBound {
            let end = min(start + Self.runLength, run.upperBound - 1)
            builder.beginRow(.lineString)
            builder.beginPart(.line)
            builder.addRing(xs: geometry.xs[start...end], ys: geometry.ys[start...end])
            builder.endRow()
            start = end
          }
        }
      }
    }
    index = SpatialIndex(builder.finish())
  }

  /// For each point the distance to the nearest edge; infinite beyond the limit.
  func distances(to points: GeometryArray, within limit: Double) -> [Double] {
    let matches = index.nearest(1, to: points, within: limit)
    return (0..<points.count).map { matches.distances[matches.range(of: $0)].first ?? .infinity }
  }
}

extension GeometryArray {
  /// Some of the vertices of lines and areas, evenly in their order, as points.
  ///
  /// Of areas that tile, those of the outer outline: a vertex that two areas share lies inside of what they cover.
  /// O(vertices).
  func vertexSample(atMost most: Int) -> GeometryArray {
    guard maximumDimension ?? .point > .point else { return GeometryArray(pointsX: [], y: []) }
    var vertices: [VertexKey] = []
    var timesSeen: [VertexKey: Int] = [:]
    for row in 0..<count {
      for part in parts(at: row) where dimension(ofPart: part) != .point {
        let isArea = dimension(ofPart: part) == .area
        for ring in rings(ofPart: part) {
          let run = coordinates(ofRing: ring)
          // The last vertex of a ring is its first.
          for i in isArea ? run.dropLast() : run {
            let vertex = VertexKey(x: xs[i], y: ys[i])
            vertices.append(vertex)
            if isArea && xs.count <= Self.mostVerticesCompared { timesSeen[vertex, default: 0] += 1 }
          }
        }
      }
    }
    let outer = vertices.filter { timesSeen[$0] ?? 1 == 1 }
    if outer.count * 10 > vertices.count { vertices = outer }
    let step = max(1, (vertices.count + most - 1) / most)
    let chosen = stride(from: 0, to: vertices.count, by: step)
    return GeometryArray(pointsX: chosen.map { vertices[$0].x }, y: chosen.map { vertices[$0].y })
  }

  private static let mostVerticesCompared = 500_000
}

private struct VertexKey: Hashable {
  let x: Double
  let y: Double
}
