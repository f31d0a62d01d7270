/// The type of one feature's geometry, with the codes of ISO 19125 (and of WKB).
public enum GeometryKind: UInt8, Sendable, CaseIterable {
  /// No geometry at all (SQL `NULL`); unlike an empty geometry, which has a kind and no parts.
  case null = 0
  case point = 1
  case lineString = 2
  case polygon = 3
  case multiPoint = 4
  case multiLineString = 5
  case multiPolygon = 6
  /// Parts of several dimensions.
  case collection = 7

  /// The name in GeoJSON.
  public var name: String {
    switch self {
    case .null: "Null"
    case .point: "Point"
    case .lineString: "LineString"
    case .polygon: "Polygon"
    case .multiPoint: "MultiPoint"
    case .multiLineString: "MultiLineString"
    case .multiPolygon: "MultiPolygon"
    case .collection: "GeometryCollection"
    }
  }

  /// The dimension of the parts: 0 points, 1 lines, 2 areas; `nil` for `null` and for collections.
  public var partDimension: PartDimension? {
    switch self {
    case .point, .multiPoint: .point
    case .lineString, .multiLineString: .line
    case .polygon, .multiPolygon: .area
    case .null, .collection: nil
    }
  }

  public var isMulti: Bool { rawValue >= 4 }
}

/// The topological dimension of a part.
public enum PartDimension: UInt8, Sendable, Comparable {
  case point = 0
  case line = 1
  case area = 2

  /// The kind of a geometry that is one part of this dimension.
  public var kind: GeometryKind {
    switch self {
    case .point: .point
    case .line: .lineString
    case .area: .polygon
    }
  }

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
