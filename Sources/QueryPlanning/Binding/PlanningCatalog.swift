import FeatureTables

/// What the binder asks of the session: which relations there are and what they look like.
public protocol PlanningCatalog: AnyObject {
  /// A layer or a `let` name; `nil` when there is none of that name.
  ///
  /// - Throws: when the layer is there but cannot be read.
  func relation(named name: String) throws -> RelationInfo?

  /// All names, sorted.
  var relationNames: [String] { get }

  /// Runs SQL on the store.
  func answer(sql: String) throws -> (table: Table, referenceSystem: String?)

  /// The street network on which steps travel; `nil` where there is none.
  ///
  /// - Throws: `Diagnostic` where there are several to choose from.
  func network() throws -> NetworkInfo?

  /// The metric system in which to measure near a place.
  func workingSystem(longitude: Double, latitude: Double) -> String
}

/// A street network as the binder needs to know it.
public struct NetworkInfo: Sendable, Hashable {
  /// The layer whose streets it is made of.
  public var layer: String
  /// The ways to travel on it, in the order in which to name them.
  public var modes: [String]
  /// In which its streets are measured; `nil` where nobody knows.
  public var referenceSystem: String?

  public init(layer: String, modes: [String], referenceSystem: String? = nil) {
    self.layer = layer
    self.modes = modes
    self.referenceSystem = referenceSystem
  }
}

/// What a relation looks like before it is read.
public struct RelationInfo: Sendable {
  public var schema: Schema
  /// The working system of its geometry; `nil` without geometry.
  public var referenceSystem: String?
  /// The system in which a layer is kept, before it is brought to its working system; `nil` where that is the same.
  public var keptSystem: String?
  public var rowCount: Double
  /// What a `let` name stands for: a name may be given again while older plans still mean the earlier result. `nil`
  /// for a layer.
  public var resultKey: String?

  public init(
    schema: Schema, referenceSystem: String?, keptSystem: String? = nil, rowCount: Double, resultKey: String?
  ) {
    self.keptSystem = keptSystem
    self.schema = schema
    self.referenceSystem = referenceSystem
    self.rowCount = rowCount
    self.resultKey = resultKey
  }
}
