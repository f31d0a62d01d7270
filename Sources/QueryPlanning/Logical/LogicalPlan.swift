import FeatureTables
import QueryLanguage

/// What is to be computed, as a tree of relations: `inputs[0]` is what flows through the pipeline, the others are the
/// layers that a step names. Lengths are in metres of the plan's reference system. What a `TravelReach` adds comes last.
public struct LogicalPlan: Sendable {
  public enum Operation: Sendable {
    // Sources: no inputs
    case scan(layer: String)
    /// A `let` name, evaluated once.
    case result(name: String)
    case table(Table, label: String)
    case point(longitude: Double, latitude: Double)

    // Rows
    case filter(BoundExpression)
    /// Exactly these columns, in this order.
    case project([BoundColumn])
    /// Adds aggregates over all rows to every row: what `d < mean(d)` compares with.
    case aggregateOverAll([BoundAggregate])
    case sort([BoundSortKey])
    case take(Int)
    /// Fields: the keys, then the aggregates; one row without keys.
    case summarize(keys: [BoundColumn], [BoundAggregate])
    /// Keeps every row; adds `prefix.*`, null where no key is equal, and repeats the row for several matches.
    case join(left: [String], right: [String], prefix: String)
    /// The rows of both inputs, whose schemas are equal.
    case union
    /// The first row of each combination.
    case distinct([String])
    /// Mends what is certainly wrong with the rows, and marks the rest.
    case repair

    // Keep by place: inputs rows, places
    case keep(PlaceCondition)

    // Join by place: inputs rows, candidates
    /// However far where the reach is endless.
    case nearest(count: Int, prefix: String, BoundReach, withRoute: Bool)
    case locate(prefix: String)
    /// Aggregates read the candidates' fields and the measure of the reach, `distance` or `time`.
    case around(BoundReach, prefix: String, [BoundAggregate])

    // Per area: inputs areas, then layers
    case count(name: String)
    case density(name: String)
    /// Inputs areas, facilities, and people when they are written.
    case coverage(BoundReach, weight: BoundExpression?, prefix: String?)
    case gaps(BoundReach)

    // Shape
    case buffer(Double)
    /// A row for each facility and limit, or for each limit where they are merged.
    case catchment(Catchment)
    case dissolve([String])
    case clip
    case erase
    case centroid
    case hull
    case simplify(Double)
    case tiles(TileShape, size: Double)
    /// Brings a result to another reference system.
    case reproject
  }

  /// Service areas along the streets.
  public struct Catchment: Sendable, Hashable {
    /// Metres on either side of a street.
    public static let usualWidth = 25.0

    /// Its limit is the first of the limits.
    public var reach: TravelReach
    /// Metres or seconds, as written.
    public var limits: [Double]
    public var sharing: QueryLanguage.Catchment.Sharing
    public var asLines: Bool
    /// Metres on either side of a street.
    public var width: Double
  }

  public var operation: Operation
  public var inputs: [LogicalPlan]
  public var schema: Schema
  /// Of the geometry; `nil` for a relation without one.
  public var referenceSystem: String?
  /// The step, for diagnostics at run time.
  public var range: Range<Int>
  /// Expected rows.
  public var estimatedRows: Double

  public init(
    _ operation: Operation, inputs: [LogicalPlan] = [], schema: Schema, referenceSystem: String?, range: Range<Int>,
    estimatedRows: Double
  ) {
    self.operation = operation
    self.inputs = inputs
    self.schema = schema
    self.referenceSystem = referenceSystem
    self.range = range
    self.estimatedRows = estimatedRows
  }

  /// The layers and results that the plan reads, in the order written, each once; street networks behind the rows that
  /// travel on them.
  public var sourceNames: [String] {
    var names: [String] = []
    func add(_ name: String) {
      if !names.contains(name) { names.append(name) }
    }
    func visit(_ plan: LogicalPlan) {
      switch plan.operation {
      case .scan(let name), .result(let name): add(name)
      default: break
      }
      plan.inputs.forEach(visit)
      if let travel = plan.operation.reach?.travel { add(travel.network) }
    }
    visit(self)
    return names
  }
}

/// What `within`, `beyond`, `inside`, `outside` and `intersecting` ask of a row's place.
public enum PlaceCondition: Sendable, Hashable {
  /// At most so far away from some place; the limit counts.
  case within(BoundReach)
  /// Farther away from every place; along streets with a column for the reason, under the name if there is one.
  case beyond(BoundReach, prefix: String?)
  /// Covered by one of the areas, outline included.
  case inside
  /// Apart from every area.
  case outside
  case intersecting
}

public enum TileShape: String, Sendable, Hashable { case square, hexagon }

public struct BoundSortKey: Sendable, Hashable {
  public var expression: BoundExpression
  public var descending: Bool

  public init(expression: BoundExpression, descending: Bool) {
    self.expression = expression
    self.descending = descending
  }
}
