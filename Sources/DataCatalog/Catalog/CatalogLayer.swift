import FeatureTables
import GeometryKernel
import Projections

/// Where a layer lives, in the order in which a name is looked up.
public enum LayerPlace: String, Sendable, Comparable, CaseIterable {
  /// The session's memory: imports and results that leaving loses.
  case session
  case store
  /// What ships with the executable.
  case embedded

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// A line in the list of layers.
public struct LayerSummary: Sendable {
  public let name: String
  public let place: LayerPlace
  public let titleChinese: String?
  public let titleEnglish: String?
  public let rowCount: Int
  /// The kinds of geometry; empty for a table without geometry and where they are not known.
  public let kinds: [GeometryKind]
  public let hasGeometry: Bool
  public let accuracy: Accuracy?
  /// True for a layer of the user's that hides an embedded one.
  public let hidesEmbedded: Bool
  /// True for lines that are a street network.
  public let isNetwork: Bool

  init(_ layer: LayerDescription, place: LayerPlace, hidesEmbedded: Bool) {
    name = layer.name
    self.place = place
    titleChinese = layer.metadata.titleChinese
    titleEnglish = layer.metadata.titleEnglish
    rowCount = layer.rowCount
    kinds = layer.kinds
    hasGeometry = layer.schema.hasGeometry
    accuracy = layer.metadata.accuracy
    self.hidesEmbedded = hidesEmbedded
    isNetwork = layer.networkState != .none
  }
}

/// A layer as a query sees it before it is read.
public struct CatalogLayer: Sendable {
  public let description: LayerDescription
  public let place: LayerPlace
  /// The metric system in which the layer is measured, chosen by where it lies; `nil` without geometry, and for a
  /// geometry whose own system nobody knows.
  public let workingSystem: ReferenceSystem?
  /// Sentences for whoever uses the layer: that it hides an embedded one, that nobody knows its system.
  public let notes: [String]

  public var name: String { description.name }
  public var schema: Schema { description.schema }
  /// Of the data as it is kept.
  public var referenceSystem: ReferenceSystem? { description.referenceSystem }
  public var metadata: LayerMetadata { description.metadata }
  public var rowCount: Int { description.rowCount }
  public var isNetwork: Bool { description.networkState != .none }
}

extension ReferenceSystem {
  /// The metric system for data of an extent in this system.
  ///
  /// - Throws: `ReferenceSystemError` when no way to longitude and latitude is known.
  func working(forExtent extent: Box) throws(ReferenceSystemError) -> ReferenceSystem {
    guard !extent.isEmpty, !isGeographic else { return .working(forExtent: extent) }
    // The corners and the middle are enough to find a zone by.
    let xs = [extent.minX, extent.maxX, extent.minX, extent.maxX, extent.centerX]
    let ys = [extent.minY, extent.minY, extent.maxY, extent.maxY, extent.centerY]
    let places = try CoordinateTransform(from: self, to: .wgs84).apply(to: GeometryArray(pointsX: xs, y: ys)).geometry
    return .working(forExtent: places.extent)
  }
}
