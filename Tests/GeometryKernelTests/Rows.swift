import GeometryKernel

typealias Position = (x: Double, y: Double)

/// Rows written out in tests.
extension GeometryArrayBuilder {
  mutating func appendRow(_ kind: GeometryKind, _ parts: [(PartDimension, [[Position]])]) {
    beginRow(kind)
    for (dimension, rings) in parts {
      beginPart(dimension)
      for ring in rings { addRing(xs: ring.map(\.x), ys: ring.map(\.y)) }
    }
    endRow()
  }

  mutating func appendLine(_ positions: [Position]) { appendRow(.lineString, [(.line, [positions])]) }

  mutating func appendPolygon(_ rings: [[Position]]) { appendRow(.polygon, [(.area, rings)]) }
}

/// A closed square.
func square(_ x: Double, _ y: Double, _ side: Double) -> [Position] {
  [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
}

/// One row of each kind, with null and empty ones between.
func oneOfEach() -> GeometryArray {
  var builder = GeometryArrayBuilder()
  builder.appendPoint(x: 117.1, y: 36.83)
  builder.appendNull()
  builder.appendLine([(0, 0), (3, 4), (3, 10)])
  builder.appendPolygon([square(0, 0, 10), square(2, 2, 3)])
  builder.appendPoint(x: .nan, y: .nan)
  builder.appendRow(.multiPoint, [(.point, [[(1, 2)]]), (.point, [[(-3, 4.5)]])])
  builder.appendRow(.multiLineString, [(.line, [[(0, 0), (1, 1)]]), (.line, [[(5, 5), (6, 5), (7, 8)]])])
  builder.appendRow(.multiPolygon, [(.area, [square(0, 0, 1)]), (.area, [square(10, 10, 8), square(11, 11, 1)])])
  builder.appendRow(.collection, [(.point, [[(9, 9)]]), (.line, [[(0, 0), (2, 0)]]), (.area, [square(4, 4, 2)])])
  for kind in GeometryKind.allCases where kind != .null && kind != .point {
    builder.beginRow(kind)
    builder.endRow()
  }
  return builder.finish()
}

extension GeometryArray {
  /// Kinds, parts and coordinates, to compare arrays whatever their layout.
  var outline: [String] {
    (0..<count).map { row in
      let parts = parts(at: row).map { part in
        let rings = rings(ofPart: part).map { ring in
          coordinates(ofRing: ring).map { "\(xs[$0]) \(ys[$0])" }.joined(separator: ",")
        }
        return "\(dimension(ofPart: part))\(rings)"
      }
      return "\(kind(at: row))\(parts)"
    }
  }
}
