import FeatureTables
import GeometryKernel
import Projections

@testable import DataQuality

typealias Position = (x: Double, y: Double)

/// Shapes row by row, as tests write them.
struct DrawnShapes {
  private var builder = GeometryArrayBuilder()
  private(set) var count = 0

  mutating func null() {
    builder.appendNull()
    count += 1
  }

  mutating func point(_ x: Double, _ y: Double) {
    builder.appendPoint(x: x, y: y)
    count += 1
  }

  mutating func line(_ positions: Position...) { row(.lineString, .line, [positions]) }

  mutating func area(_ rings: [Position]...) { row(.polygon, .area, rings) }

  mutating func empty(_ kind: GeometryKind) {
    builder.beginRow(kind)
    builder.endRow()
    count += 1
  }

  mutating func row(_ kind: GeometryKind, _ dimension: PartDimension, _ rings: [[Position]]) {
    builder.beginRow(kind)
    builder.beginPart(dimension)
    for ring in rings { builder.addRing(xs: ring.map(\.x), ys: ring.map(\.y)) }
    builder.endRow()
    count += 1
  }

  mutating func finish() -> GeometryArray { builder.finish() }
}

/// A closed square from its lower left corner.
func square(_ x: Double, _ y: Double, _ side: Double) -> [Position] {
  [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
}

/// A layer with the columns given, and its geometry last.
func layer(_ geometry: GeometryArray, _ columns: [(String, Column)] = [], system: ReferenceSystem? = .wgs84)
  -> CheckedLayer
{
  let fields = columns.map { name, column in Field(name, column.plainType) } + [Field("geometry", .geometry)]
  let table = Table(
    schema: Schema(fields), columns: columns.map(\.1) + [Column(.geometry(geometry))], rowCount: geometry.count)
  return CheckedLayer(name: "drawn", table: table, referenceSystem: system)
}

extension Column {
  static func texts(_ values: [String]) -> Column { Column(.text(TextArray(values))) }

  fileprivate var plainType: ValueType {
    switch storage {
    case .boolean: .boolean
    case .integer: .integer
    case .number: .plainNumber
    case .text: .text
    case .date: .date
    case .geometry: .geometry
    }
  }
}

extension CheckedLayer {
  func rows(_ kind: ProblemKind, _ references: [ReferenceAreas] = []) throws -> [Int32] {
    try Checkup.run(self, references: references).findings.filter { $0.kind == kind }.flatMap(\.rows)
  }
}
