import FeatureTables

/// How it is computed: the logical operation, the way chosen for it, and how many rows are expected.
public struct PhysicalPlan: Sendable {
  public enum Strategy: String, Sendable, Hashable {
    /// Batch by batch, holding nothing.
    case stream = "stream"
    /// All rows of the input are held first.
    case collect = "collect"
    /// A spatial index over the second input, asked with each batch of the first.
    case indexPlaces = "index over the places"
    /// A spatial index over the rows, asked with each of the (fewer) places.
    case indexRows = "index over the rows"
    /// Searches along the streets from the places, asked with each batch of the rows.
    case streets = "along the streets"
    /// A hash table over the second input's keys.
    case hash = "hash table"
  }

  public var operation: LogicalPlan.Operation
  public var strategy: Strategy
  public var inputs: [PhysicalPlan]
  public var schema: Schema
  public var referenceSystem: String?
  public var range: Range<Int>
  public var estimatedRows: Double

  public init(_ plan: LogicalPlan, strategy: Strategy, inputs: [PhysicalPlan]) {
    operation = plan.operation
    self.strategy = strategy
    self.inputs = inputs
    schema = plan.schema
    referenceSystem = plan.referenceSystem
    range = plan.range
    estimatedRows = plan.estimatedRows
  }
}
