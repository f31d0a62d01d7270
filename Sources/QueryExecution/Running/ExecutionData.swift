import DataQuality
import FeatureTables
import GeometryKernel
import StreetNetworks

/// Where an execution gets rows and reference systems from: the session.
public protocol ExecutionData: AnyObject {
  /// The features of a layer, in the given reference system, or in the layer's own when it is `nil`.
  ///
  /// - Throws: `Diagnostic` when the layer cannot be read or not be brought to the system.
  func table(layer: String, referenceSystem: String?) throws -> Table

  /// The rows of a `let` name, evaluated when they are first asked for.
  func result(named: String) throws -> (table: Table, referenceSystem: String?)

  /// Brings geometry from one reference system to another; the session notes that it did.
  func reproject(_ geometry: GeometryArray, from: String, to: String) throws -> GeometryArray

  /// A position on the ellipsoid, in degrees, as coordinates of a reference system.
  func position(longitude: Double, latitude: Double, in referenceSystem: String) throws -> (x: Double, y: Double)

  /// The streets of a layer, drawn in a reference system; made once, and the same from then on.
  ///
  /// - Throws: `Diagnostic` when the layer has no street network.
  func travelNetwork(named layer: String, in referenceSystem: String) throws -> TravelNetwork

  /// A way of travel as it is set at present.
  ///
  /// - Throws: `Diagnostic` for one that is not there.
  func travelMode(named name: String) throws -> TravelMode

  /// The areas whose names a column is likely to tell, in a reference system: districts, sub-districts.
  func namedAreas(in referenceSystem: String) throws -> [ReferenceAreas]

  /// How rows and places join the streets.
  var travelSettings: TravelSettings { get }

  /// The street networks that could be asked instead of a layer's, by name.
  func networks(beside layer: String) -> [String]
}

extension ExecutionData {
  /// None.
  public func namedAreas(in referenceSystem: String) throws -> [ReferenceAreas] { [] }

  /// None.
  public func networks(beside layer: String) -> [String] { [] }
}

/// How rows and places join the streets.
public struct TravelSettings: Sendable {
  /// `set snap`
  public var snapping = Snapping()
  /// `set detour`: what is off the network is as far as the straight line times this; `nil` for not reached at all.
  public var detour: Double?

  public init() {}
}
