import FeatureTables
import Foundation
import GeometryKernel
import Testing

@testable import DataExchange

/// Rows as plain values, to which the losses of a format are applied without the code under test.
struct ExpectedRows: Equatable {
  struct Column: Equatable {
    var name: String
    var values: [Value]
  }

  struct Place: Equatable {
    var kind: GeometryKind
    var parts: [Part]
  }

  struct Part: Equatable {
    var dimension: PartDimension
    var rings: [[[Double]]]
  }

  var columns: [Column]
  var places: [Place?]

  init(_ table: Table) {
    columns = table.schema.attributes.map { field in
      let column = table[field.name]
      return Column(name: field.name, values: (0..<table.rowCount).map { column?.value(at: $0) ?? .null })
    }
    places = table.geometry.map { geometry in (0..<geometry.count).map { Self.place(geometry, $0) } } ?? []
  }

  private static func place(_ geometry: GeometryArray, _ row: Int) -> Place? {
    if geometry.isNull(at: row) { return nil }
    let parts = geometry.parts(at: row).map { part in
      let isArea = geometry.dimension(ofPart: part) == .area
      let rings = geometry.rings(ofPart: part).map { ring in
        let points = geometry.coordinates(ofRing: ring).map { [geometry.xs[$0], geometry.ys[$0]] }
        return isArea || isClosed(points) ? canonical(points) : points
      }
      return Part(dimension: geometry.dimension(ofPart: part), rings: rings)
    }
    return Place(kind: geometry.kind(at: row), parts: parts)
  }

  private static func isClosed(_ points: [[Double]]) -> Bool { points.count > 3 && points.first == points.last }

  /// A closed ring from its first corner in order, counter-clockwise.
  private static func canonical(_ ring: [[Double]]) -> [[Double]] {
    var corners = Array(ring.dropLast())
    let area = zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0[0] * $1.1[1] - $1.1[0] * $1.0[1] }
    if area < 0 { corners.reverse() }
    let first = corners.indices.min { corners[$0].lexicographicallyPrecedes(corners[$1]) } ?? 0
    corners = Array(corners[first...] + corners[..<first])
    return corners + corners.prefix(1)
  }

  /// Expects what was read to be these rows.
  ///
  /// - Parameter mayHaveMore: whether a reader adds columns of its own.
  func expectSame(_ table: Table, mayHaveMore: Bool, _ what: Comment) {
    let read = ExpectedRows(table)
    if !mayHaveMore { #expect(read.columns.map(\.name) == columns.map(\.name), what) }
    for column in columns {
      let found = read.columns.first { $0.name.lowercased() == column.name.lowercased() }
      #expect(found?.values == column.values, "\(what): \(column.name)")
    }
    #expect(read.places.count == places.count, what)
    for (row, pair) in zip(read.places, places).enumerated() {
      #expect(pair.0?.kind == pair.1?.kind, "\(what): row \(row)")
      #expect(Self.distance(pair.0, pair.1) < 1e-10, "\(what): row \(row)")
    }
  }

  private static func distance(_ a: Place?, _ b: Place?) -> Double {
    let (a, b) = (a?.parts ?? [], b?.parts ?? [])
    guard a.map(\.dimension) == b.map(\.dimension), a.map({ $0.rings.map(\.count) }) == b.map({ $0.rings.map(\.count) })
    else { return .infinity }
    return zip(a.flatMap(\.rings).joined().joined(), b.flatMap(\.rings).joined().joined())
      .reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
  }
}

extension ExpectedRows {
  mutating func apply(_ loss: FormatLoss, _ format: ExportFormat) {
    switch loss {
    case .shortNames where format != .shp: break  // None of the names has 63 bytes.
    case .shortNames:
      let short = ["社区卫生服务中心名称": "社区卫", "社区卫生服务中心编号": "社区_2"]
      for index in columns.indices { columns[index].name = short[columns[index].name] ?? columns[index].name }
    case .shortTexts:
      // All long texts of the test are Chinese: 84 characters of three bytes in 254.
      mapTexts { String($0.prefix(format != .shp ? 32_767 : $0.utf8.count > 254 ? 84 : 254)) }
    case .emptyTexts: map { $0 == .text("") ? .null : $0 }
    case .dates:
      toText {
        guard case .date(let date) = $0 else { return false }
        return format != .xlsx || date.text < "1900-03-01"
      }
    case .moments:
      map {
        guard case .date(let date) = $0 else { return $0 }
        return .text(date.text + "T00:00:00")
      }
    case .booleans:
      map {
        guard case .boolean(let value) = $0 else { return $0 }
        return .integer(value ? 1 : 0)
      }
    case .wholeNumbers:
      toText {
        guard case .integer(let value) = $0 else { return false }
        return !format.wholeNumbers.range.contains(value)
      }
    case .numbers:
      toText {
        guard case .number(let value) = $0 else { return false }
        return value != 0 && value.magnitude < 1e-7
      }
    case .decimals:
      map {
        guard case .number(let value) = $0 else { return $0 }
        return .number(Double(String(format: format == .postgis ? "%.15g" : "%.15f", value)) ?? value)
      }
    case .columns:
      columns.removeAll { !["layer", "text"].contains($0.name) }
      for index in columns.indices where columns[index].name == "text" {
        for row in places.indices where places[row]?.kind != .point {
          columns[index].values[row] = .null
        }
      }
    case .symbols: mapTexts { String($0.map { "<>/\\\":;?*|,=`".contains($0) ? "_" : $0.isNewline ? " " : $0 }) }
    case .emptyPlaces, .singleParts, .placelessRows, .parts, .areas, .positions: applyToPlaces(loss, format)
    }
  }

  private mutating func map(_ change: (Value) -> Value) {
    for index in columns.indices { columns[index].values = columns[index].values.map(change) }
  }

  private mutating func mapTexts(_ change: (String) -> String) {
    map {
      guard case .text(let text) = $0 else { return $0 }
      return .text(change(text))
    }
  }

  /// Turns the columns in which a value asks for it into text.
  private mutating func toText(where asks: (Value) -> Bool) {
    for index in columns.indices where columns[index].values.contains(where: asks) {
      columns[index].values = columns[index].values.map {
        switch $0 {
        case .integer(let value): .text(String(value))
        case .number(let value): .text(value.description)
        case .date(let value): .text(value.text)
        default: $0
        }
      }
    }
  }

  private mutating func applyToPlaces(_ loss: FormatLoss, _ format: ExportFormat) {
    switch loss {
    case .emptyPlaces: places = places.map { $0?.parts.isEmpty == true ? nil : $0 }
    case .singleParts:
      let isOfMultiPoints = places.contains { $0?.kind == .multiPoint }
      for row in places.indices {
        switch places[row]?.kind {
        case .point where isOfMultiPoints: places[row]?.kind = .multiPoint
        case .multiLineString where places[row]?.parts.count == 1: places[row]?.kind = .lineString
        case .multiPolygon where places[row]?.parts.count == 1: places[row]?.kind = .polygon
        default: break
        }
      }
    case .placelessRows: rearrange { $0?.parts.isEmpty == false ? [$0] : [] }
    case .parts:
      rearrange { place in (place?.parts ?? []).map { Place(kind: Self.kind($0.dimension), parts: [$0]) } }
    case .areas:
      rearrange { place in
        guard let place, place.kind == .polygon else { return [place] }
        return place.parts.flatMap(\.rings).map {
          Place(kind: .lineString, parts: [Part(dimension: .line, rings: [$0])])
        }
      }
    case .positions:
      let scale = format == .dxf ? 1e9 : 1e7
      places = places.map { place in
        guard var place else { return nil }
        place.parts = place.parts.map { part in
          let rings = part.rings.map { ring in ring.map { $0.map { ($0 * scale).rounded() / scale } } }
          return Part(dimension: part.dimension, rings: rings)
        }
        return place
      }
    default: break
    }
  }

  private static func kind(_ dimension: PartDimension) -> GeometryKind {
    switch dimension {
    case .point: .point
    case .line: .lineString
    case .area: .polygon
    }
  }

  /// Puts the places that each row becomes in its place, with the row's values.
  private mutating func rearrange(_ change: (Place?) -> [Place?]) {
    let changed = places.map(change)
    for index in columns.indices {
      columns[index].values = zip(columns[index].values, changed).flatMap { value, places in places.map { _ in value } }
    }
    places = changed.flatMap(\.self)
  }
}
