/// A name as written, with its place.
public struct Identifier: Sendable, Hashable {
  public var text: String
  public var range: Range<Int>

  public init(_ text: String, range: Range<Int>) {
    self.text = text
    self.range = range
  }
}

/// A source, then steps joined by `|`.
public struct Pipeline: Sendable, Hashable {
  public var source: Source
  public var steps: [Step]
  public var range: Range<Int>

  public init(source: Source, steps: [Step], range: Range<Int>) {
    self.source = source
    self.steps = steps
    self.range = range
  }
}

/// Where rows come from: a statement's source, or the `L` of a step.
public struct Source: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    /// A layer or a `let` name.
    case named(Identifier)
    /// `(pipeline)`
    case pipeline(Pipeline)
    /// `point(longitude, latitude)`
    case point(longitude: Expression, latitude: Expression)
    /// `sql "select …"`
    case sql(String, range: Range<Int>)
    /// `values (a = 1, b = "x"), (2, "y")`: the first row names the columns.
    case values(names: [Identifier], rows: [[Expression]])
  }

  public var kind: Kind
  public var range: Range<Int>

  public init(_ kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// How far: a length, or a length or a time `by` a mode of the street network.
public struct Reach: Sendable, Hashable {
  public var distance: Expression
  public var travel: Travel

  public init(distance: Expression, travel: Travel = Travel()) {
    self.distance = distance
    self.travel = travel
  }
}

/// The way between rows and places.
public struct Travel: Sendable, Hashable {
  /// `by walk`: along the streets. `nil` for the straight line.
  public var mode: Identifier?
  /// `from` is written: facility → resident.
  public var reversed: Bool
  /// `via gates`: the points at which places that are areas are entered.
  public var entrances: Source?

  public init(mode: Identifier? = nil, reversed: Bool = false, entrances: Source? = nil) {
    self.mode = mode
    self.reversed = reversed
    self.entrances = entrances
  }
}

/// What `catchment` makes round each row.
public struct Catchment: Sendable, Hashable {
  /// Whose each place is that several facilities reach.
  public enum Sharing: Sendable, Hashable, CaseIterable {
    /// Theirs together: areas overlap.
    case overlapping
    /// `merged`: all facilities have one area.
    case merged
    /// `split`: the nearest facility's alone.
    case split
  }

  /// Lengths or times.
  public var limits: [Expression]
  public var travel: Travel
  public var sharing: Sharing
  /// `as lines`: the streets themselves.
  public var asLines: Bool
  /// `width 25 m`: how wide an area is beside its streets.
  public var width: Expression?

  public init(
    limits: [Expression], travel: Travel, sharing: Sharing = .overlapping, asLines: Bool = false,
    width: Expression? = nil
  ) {
    self.limits = limits
    self.travel = travel
    self.sharing = sharing
    self.asLines = asLines
    self.width = width
  }
}

/// `name = expression`, or an expression that names itself.
public struct NamedExpression: Sendable, Hashable {
  public var name: Identifier?
  public var expression: Expression

  public init(name: Identifier?, expression: Expression) {
    self.name = name
    self.expression = expression
  }
}

public struct SortKey: Sendable, Hashable {
  public var expression: Expression
  public var descending: Bool

  public init(expression: Expression, descending: Bool) {
    self.expression = expression
    self.descending = descending
  }
}

/// One verb with its arguments.
public struct Step: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    // Rows
    case `where`(Expression)
    case select([NamedExpression])
    case derive([NamedExpression])
    case sort([SortKey])
    case take(Expression)
    case summarize([NamedExpression], by: [NamedExpression])
    /// `join L on a == b as x`
    case join(Source, on: Expression, as: Identifier?)
    case union(Source)
    case distinct([NamedExpression])
    /// Mends what is certain and marks the rest.
    case repair
    // Keep by place
    case within(Reach, of: Source)
    /// `beyond D of L [as x]`
    case beyond(Reach, of: Source, as: Identifier?)
    case inside(Source)
    case outside(Source)
    case intersecting(Source)
    // Join by place
    /// `nearest [k] L as x [within D] [by MODE] [with route]`; k is 1 when not written.
    case nearest(count: Expression?, Source, as: Identifier, within: Expression?, Travel, withRoute: Bool)
    /// `locate in L as x`
    case locate(in: Source, as: Identifier)
    /// `around D L as x (n = count(), …)`
    case around(Reach, Source, as: Identifier, [NamedExpression])
    // Per area
    case count(Source, as: Identifier?)
    /// `density L per km2 as d`
    case density(Source, per: UnitName, as: Identifier?)
    /// `coverage by L within D [of people [weighted by pop]] [as c]`
    case coverage(by: Source, within: Reach, of: Source?, weightedBy: Expression?, as: Identifier?)
    case gaps(by: Source, within: Reach)
    // Shape
    case buffer(Expression)
    /// `catchment 5, 10, 15 min by walk`
    case catchment(Catchment)
    case dissolve(by: [NamedExpression])
    case clip(to: Source)
    case erase(Source)
    case centroid
    case hull
    case simplify(Expression)
    case grid(Expression)
    case hexagons(Expression)
    // Leaving
    /// `| export to "file"`
    case export(ExportTarget)
  }

  public var kind: Kind
  /// The verb alone, for diagnostics about the step as such.
  public var verb: Identifier
  public var range: Range<Int>

  public init(_ kind: Kind, verb: Identifier, range: Range<Int>) {
    self.kind = kind
    self.verb = verb
    self.range = range
  }
}

extension Step.Kind {
  /// The way between rows and places, of steps that reach.
  public var travel: Travel? {
    switch self {
    case .within(let reach, _), .beyond(let reach, _, _), .around(let reach, _, _, _), .coverage(_, let reach, _, _, _),
      .gaps(_, let reach):
      reach.travel
    case .nearest(_, _, _, _, let travel, _): travel
    case .catchment(let catchment): catchment.travel
    default: nil
    }
  }
}
