import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// Every written format is read back, and must give what was written less what the format declares that it cannot hold.
@Suite struct RoundTripTests {
  @Test(arguments: ExportFormat.files) func whatIsReadIsWhatWasWrittenLessTheLosses(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    for kinds in Trip.kinds(of: format) {
      let trip = try Trip(kinds, format)
      let path = folder["\(kinds.name).\(format.fileExtension)"]
      let report = try FileWriter.write([trip.layer], to: path, format: format, in: format == .dxf ? .wgs84 : nil)
      let read = try FileReader.read(path, ImportOptions(referenceSystem: format == .dxf ? .wgs84 : nil))
      #expect(read.referenceSystem == .wgs84)
      let expected = trip.expected(format)
      expected.expectSame(
        read.table, mayHaveMore: format == .kml || format == .dxf, "\(format) of \(kinds.name)")
      for loss in format.losses where loss.isSaid && trip.has(loss, format) {
        #expect(
          report.notes.contains { $0.hasPrefix(loss.sentence(in: format)) },
          "\(format) is silent about \(loss): \(report.notes)")
      }
    }
  }

  /// A loss that is declared and does not happen would be a wrong line of the documentation.
  @Test(arguments: ExportFormat.files) func everyDeclaredLossHappens(format: ExportFormat) throws {
    for loss in format.losses {
      #expect(
        try Trip.kinds(of: format).contains { try Trip($0, format).has(loss, format) },
        "no layer of the test shows \(loss)")
    }
  }

  @Test(arguments: ExportFormat.files) func whatFitsIsWrittenWithoutAWord(format: ExportFormat) throws {
    let table = Table(
      schema: Schema([Field("layer", .text), Field("text", .text), Field("geometry", .geometry)]),
      columns: [
        Column(.text(TextArray(["道路", "房屋"]))), Column(.text(TextArray(["经十路", "图书馆"]))),
        Column(.geometry(GeometryArray(pointsX: [117, 117.5], y: [36.5, 36.75]))),
      ], rowCount: 2)
    let folder = try TemporaryFolder()
    let report = try FileWriter.write(
      [ExportLayer(name: "p", table: table, referenceSystem: .wgs84)], to: folder["p.\(format.fileExtension)"],
      format: format)
    #expect(report.notes.filter { !$0.hasPrefix("a drawing names no system") } == [])
  }
}

/// A layer with everything that formats stumble over, and what it becomes.
struct Trip {
  enum Kinds: String, CaseIterable {
    case mixed, points, lines, areas, singles
    var name: String { rawValue }
  }

  let kinds: Kinds
  let layer: ExportLayer

  /// The mixed layer where the format takes it, and layers of one kind.
  static func kinds(of format: ExportFormat) -> [Kinds] {
    let all: [Kinds] =
      format.limits.contains(.oneKind) ? [.points, .lines, .areas] : [.mixed, .points, .lines, .areas]
    return all + [.singles]
  }

  private static let shapes: [(Kinds, String)] = [
    (.points, "POINT (117.12345678912 36.5)"), (.points, "POINT (117.25 36.75)"),
    (.points, "MULTIPOINT ((117 36), (117.5 36.5))"), (.lines, "LINESTRING (117 36, 117.5 36.25, 118 36)"),
    (.lines, "MULTILINESTRING ((117 36, 117.5 36), (117 37, 117.5 37))"),
    (.lines, "MULTILINESTRING ((116 36, 117.5 36))"),
    (
      .areas,
      "POLYGON ((117 36, 118 36, 118 37, 117 37, 117 36), (117.25 36.25, 117.25 36.5, 117.5 36.5, 117.25 36.25))"
    ),
    (.areas, "MULTIPOLYGON (((117 36, 118 36, 118 37, 117 36)), ((119 36, 120 36, 120 37, 119 36)))"),
    (.areas, "MULTIPOLYGON (((117 36, 118 36, 118 37, 117 36)))"), (.areas, "POLYGON EMPTY"),
    (.mixed, "GEOMETRYCOLLECTION (POINT (117.5 36.5), LINESTRING (117 36, 117.5 36.5))"),
  ]

  /// - Parameter format: one that takes no rows without a place gets none.
  init(_ kinds: Kinds, _ format: ExportFormat) throws {
    self.kinds = kinds
    var builder = GeometryArrayBuilder()
    let hasGaps = kinds != .singles && !format.limits.contains(.places)
    let chosen: [String] =
      kinds == .singles
      ? ["POINT (117.5 36.5)", "POINT (117.25 36.75)", "POINT (117 36)"]
      : Self.shapes.filter { kinds == .mixed || $0.0 == kinds }.map(\.1).filter { hasGaps || !$0.hasSuffix("EMPTY") }
    for text in chosen { try builder.append(wkt: text) }
    if hasGaps { builder.appendNull() }
    let geometry = builder.finish()
    let count = geometry.count
    let last = (0..<count).map { $0 < count - 1 }
    func cycle<T>(_ values: [T]) -> [T] { (0..<count).map { values[$0 % values.count] } }
    let long = String(repeating: "济南市历城区唐冶街道", count: kinds == .singles ? 1200 * 3 : 30)
    let columns: [(String, ValueType, Column)] = [
      ("名称", .text, Column(.text(TextArray(cycle(["唐冶街道", "", "“引号”, \"q\""]))), validity: last)),
      ("layer", .text, Column(.text(TextArray(cycle(["道路", "房屋/一层", "绿地"]))))),
      ("text", .text, Column(.text(TextArray(cycle(["经十路", "图书馆", "^尖"]))))),
      ("社区卫生服务中心名称", .text, Column(.text(TextArray(cycle(["𠮷", "line one\nline two", "=1+1"]))))),
      ("社区卫生服务中心编号", .integer, Column(.integer(cycle([1, -2, 3])), validity: last)),
      ("说明", .text, Column(.text(TextArray(cycle([long, "短"]))))),
      ("big", .integer, Column(.integer(cycle([(1 << 53) + 1, .min, .max])), validity: last)),
      ("开放", .boolean, Column(.boolean(cycle([true, false])), validity: last)),
      ("since", .date, Column(.date(cycle([18_628, -40_000, 20_468])), validity: last)),
      ("built", .date, Column(.date(cycle([18_628, 20_468])), validity: last)),
      ("share", .plainNumber, Column(.number(cycle([0.1, 1.0 / 3, 1e-30])), validity: last)),
      ("height", .number(.metre), Column(.number(cycle([1.5, 123_456.789, -0.25])), validity: last)),
    ]
    layer = ExportLayer(
      name: "往返",
      table: Table(
        schema: Schema(columns.map { Field($0.0, $0.1) } + [Field("geometry", .geometry)]),
        columns: columns.map(\.2) + [Column(.geometry(geometry))], rowCount: count),
      referenceSystem: .wgs84)
  }

  /// As files name them.
  private var rows: ExpectedRows {
    var rows = ExpectedRows(layer.table)
    for index in rows.columns.indices where rows.columns[index].name == "height" {
      rows.columns[index].name = "height_m"
    }
    return rows
  }

  /// Whether a loss of a format shows in this layer.
  func has(_ loss: FormatLoss, _ format: ExportFormat) -> Bool {
    let before = rows
    var after = before
    after.apply(loss, format)
    return after != before
  }

  func expected(_ format: ExportFormat) -> ExpectedRows {
    var expected = rows
    for loss in format.losses { expected.apply(loss, format) }
    return expected
  }
}
