import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport

@testable import DataCatalog

extension TemporaryFolder {
  /// The store that most tests make.
  var store: String { self["plan.sqlite"] }
}

func system(_ code: Int) throws -> ReferenceSystem { try ReferenceSystem(parsing: "EPSG:\(code)") }

/// Points on a grid round Jinan, with a column of each type.
func pointLayer(_ name: String, rows: Int, in system: ReferenceSystem? = nil) throws -> StoredLayer {
  let xs = (0..<rows).map { 500_000 + Double($0 % 1000) * 10 }
  let ys = (0..<rows).map { 4_060_000 + Double($0 / 1000) * 10 }
  let table = Table(
    schema: Schema([
      Field("number", .integer), Field("weight", .plainNumber), Field("name", .text), Field("geometry", .geometry),
    ]),
    columns: [
      Column(.integer((0..<rows).map { Int64($0) })), Column(.number((0..<rows).map { Double($0) / 7 })),
      Column(.text(TextArray((0..<rows).map { "点 \($0)" }))), Column(.geometry(GeometryArray(pointsX: xs, y: ys))),
    ], rowCount: rows)
  return StoredLayer(
    name: name, table: table, referenceSystem: try system ?? DataCatalogTests.system(4548),
    metadata: LayerMetadata(accuracy: .synthetic))
}

/// A table without geometry.
func plainLayer(_ name: String, _ values: [Int64]) -> StoredLayer {
  StoredLayer(
    name: name,
    table: Table(
      schema: Schema([Field("n", .integer)]), columns: [Column(.integer(values))], rowCount: values.count),
    referenceSystem: nil)
}

/// Geometries of well-known text, one a row; `nil` is null. Enough of the grammar for tests.
func geometries(_ texts: [String?]) -> GeometryArray {
  var builder = GeometryArrayBuilder()
  for text in texts {
    guard let text else {
      builder.appendNull()
      continue
    }
    var reader = WellKnownText(text)
    reader.read(into: &builder)
  }
  return builder.finish()
}

private struct WellKnownText {
  private var tokens: ArraySlice<String>

  init(_ text: String) {
    let spaced = text.replacing("(", with: " ( ").replacing(")", with: " ) ").replacing(",", with: " , ")
    tokens = ArraySlice(spaced.split(separator: " ").map(String.init))
  }

  mutating func read(into builder: inout GeometryArrayBuilder) {
    let kind = tokens.removeFirst()
    let kinds: [String: GeometryKind] = [
      "POINT": .point, "LINESTRING": .lineString, "POLYGON": .polygon, "MULTIPOINT": .multiPoint,
      "MULTILINESTRING": .multiLineString, "MULTIPOLYGON": .multiPolygon, "GEOMETRYCOLLECTION": .collection,
    ]
    let rowKind = kinds[kind] ?? .collection
    builder.beginRow(rowKind)
    if tokens.first == "EMPTY" {
      builder.endRow()
      return
    }
    switch rowKind {
    case .null: break
    case .point, .lineString, .polygon: part(kind, &builder)
    case .multiPoint: parts("POINT", &builder)
    case .multiLineString: parts("LINESTRING", &builder)
    case .multiPolygon: parts("POLYGON", &builder)
    case .collection:
      tokens.removeFirst()
      while tokens.first != ")" {
        if tokens.first == "," { tokens.removeFirst() }
        part(tokens.removeFirst(), &builder)
      }
    }
    builder.endRow()
  }

  private mutating func parts(_ kind: String, _ builder: inout GeometryArrayBuilder) {
    tokens.removeFirst()
    while tokens.first != ")" {
      if tokens.first == "," { tokens.removeFirst() }
      part(kind, &builder)
    }
    tokens.removeFirst()
  }

  private mutating func part(_ kind: String, _ builder: inout GeometryArrayBuilder) {
    builder.beginPart(kind == "POINT" ? .point : kind == "LINESTRING" ? .line : .area)
    guard kind == "POLYGON" else { return ring(&builder) }
    tokens.removeFirst()
    while tokens.first != ")" {
      if tokens.first == "," { tokens.removeFirst() }
      ring(&builder)
    }
    tokens.removeFirst()
  }

  private mutating func ring(_ builder: inout GeometryArrayBuilder) {
    builder.beginRing()
    tokens.removeFirst()
    while let token = tokens.first, token != ")" {
      tokens.removeFirst()
      if token == "," { continue }
      builder.addCoordinate(x: Double(token) ?? .nan, y: Double(tokens.removeFirst()) ?? .nan)
    }
    tokens.removeFirst()
  }
}

extension GeometryArray {
  /// Everything about a row, for comparison.
  func signature(_ row: Int) -> String {
    var text = kind(at: row).name
    for part in parts(at: row) {
      text += " \(dimension(ofPart: part))["
      for ring in rings(ofPart: part) {
        text += coordinates(ofRing: ring).map { "\(xs[$0]) \(ys[$0])" }.joined(separator: ",") + ";"
      }
      text += "]"
    }
    return text
  }

  var signatures: [String] { (0..<count).map(signature) }
}

extension Table {
  /// Every value of every row, for comparison.
  var rows: [[String]] {
    (0..<rowCount).map { row in
      columns.map { column in
        column.geometry.map { $0.signature(row) } ?? "\(column.value(at: row))"
      }
    }
  }
}
