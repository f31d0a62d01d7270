import FeatureTables
import GeometryKernel
import Projections
import StreetNetworks
import WorkControl

/// The street network of a layer of lines: its rows as a graph.
public struct LayerNetwork: Sendable {
  public let network: TravelNetwork
  /// The metric system in which the graph's positions are and its lengths were taken.
  public let referenceSystem: ReferenceSystem
  public let record: NetworkRecord

  public init(network: TravelNetwork, referenceSystem: ReferenceSystem, record: NetworkRecord) {
    self.network = network
    self.referenceSystem = referenceSystem
    self.record = record
  }

  /// The same streets drawn in another system; lengths stay as they were taken. O(vertices).
  ///
  /// - Throws: `ReferenceSystemError`, `Cancelled`; `StreetNetworkError` where a street has no place there.
  public func moved(to system: ReferenceSystem, workers: Workers) throws -> LayerNetwork {
    if system == referenceSystem { return self }
    let transform = try CoordinateTransform(from: referenceSystem, to: system)
    let moved = try network.moved { xs, ys in
      let positions = try transform.apply(
        to: GeometryArray(pointsX: xs, y: ys), workers: workers,
        activity: "bringing the streets to \(system.identifier)"
      ).geometry
      (xs, ys) = (positions.xs, positions.ys)
    }
    return LayerNetwork(network: moved, referenceSystem: system, record: record)
  }
}

/// How the streets of a layer were joined, and what was met: kept beside the graph for whoever asks.
public struct NetworkRecord: Sendable, Equatable, Codable {
  /// How lines were joined; `nil` for streets that name their nodes, as OpenStreetMap's do.
  public var joining: NetworkJoining?
  /// With at most `most` places of each kind, in degrees.
  public var report: BuildReport
  public var nearMissCount: Int
  public var bridgedCount: Int
  /// Sentences about columns whose values mean nothing.
  public var notes: [String]
  /// `nil` for streets that one system can measure.
  public var spread: NetworkSpread?

  /// Places of one kind that are kept.
  static let most = 20

  /// - Parameter system: Of the report's places.
  init(
    joining: NetworkJoining?, report: BuildReport, in system: ReferenceSystem, notes: [String], spread: NetworkSpread?
  ) throws {
    self.joining = joining
    self.notes = notes
    self.spread = spread
    self.report = report
    nearMissCount = report.nearMisses.count
    bridgedCount = report.bridged.count
    let toDegrees = try CoordinateTransform(from: system, to: .wgs84)
    self.report.nearMisses = try Self.first(report.nearMisses, toDegrees)
    self.report.bridged = try Self.first(report.bridged, toDegrees)
  }

  /// The widest gaps, as far as they are kept.
  private static func first(
    _ gaps: [BuildReport.Gap], _ toDegrees: CoordinateTransform
  ) throws -> [BuildReport.Gap] {
    try gaps.sorted { (-$0.width, $0.x, $0.y) < (-$1.width, $1.x, $1.y) }.prefix(most).map { gap in
      let place = try toDegrees.apply(x: gap.x, y: gap.y)
      let other = try toDegrees.apply(x: gap.otherX, y: gap.otherY)
      return BuildReport.Gap(x: place.x, y: place.y, otherX: other.x, otherY: other.y, width: gap.width)
    }
  }
}

/// How the lines of a layer become streets that meet.
public struct NetworkJoining: Sendable, Equatable, Codable {
  /// Columns of the layer.
  public var classField: String?
  public var onewayField: String?
  public var speedField: String?
  /// Metres; what is nearer is one place.
  public var tolerance: Double
  /// Metres; gaps at dead ends up to this width are closed, none where it is 0.
  public var bridging: Double
  /// Whether lines meet wherever they cross.
  public var isPlanar: Bool

  public init(
    classField: String? = nil, onewayField: String? = nil, speedField: String? = nil,
    tolerance: Double = StreetGraphBuilder().tolerance, bridging: Double = 0, isPlanar: Bool = false
  ) {
    self.classField = classField
    self.onewayField = onewayField
    self.speedField = speedField
    self.tolerance = tolerance
    self.bridging = bridging
    self.isPlanar = isPlanar
  }
}

/// Why a layer cannot be made a street network, in words for its user.
public struct NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: String, Hashable, Sendable {
    /// Points or areas.
    case notLines
    /// No line of two different positions.
    case noStreets
    /// A column that is not there, or of a type that does not tell what it should.
    case wrongField
    /// A length below 0 or beyond reason.
    case wrongDistance
    /// Too many classes, streets too long, too many edges.
    case tooLarge
    /// A layer that is no network.
    case noNetwork
  }

  public let code: Code
  /// What is wrong, in one sentence without a final stop.
  public let message: String
  /// What to do, in one sentence without a final stop.
  public let fix: String

  public init(_ code: Code, _ message: String, fix: String) {
    self.code = code
    self.message = message
    self.fix = fix
  }

  public var description: String { "\(message); \(fix)" }
}
