import FeatureTables

/// An expression whose names, types and units are known. Fields are meant by name: names are unique in a schema.
///
/// Numbers are in base units (m, m², s, kg); `type` says in which unit the result is printed.
public struct BoundExpression: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    case constant(Value)
    case field(String)
    case negate(BoundExpression)
    case not(BoundExpression)
    case and(BoundExpression, BoundExpression)
    case or(BoundExpression, BoundExpression)
    /// Both sides integers, or both numbers, or `date - date`, `date + time`, `date - time`.
    case arithmetic(Arithmetic, BoundExpression, BoundExpression)
    /// Both sides of one type (integers are widened by `number` first).
    case compare(Comparison, BoundExpression, BoundExpression)
    case isIn(BoundExpression, [BoundExpression])
    /// `%` any run, `_` any one character.
    case like(BoundExpression, pattern: String)
    case isNull(BoundExpression)
    case caseWhen([BoundBranch], otherwise: BoundExpression?)
    case call(ScalarFunction, [BoundExpression])
    /// An integer as a number.
    case number(BoundExpression)
  }

  public var kind: Kind
  public var type: ValueType
  /// Where it was written, for errors that only the rows bring.
  public var range: Range<Int>

  public init(_ kind: Kind, type: ValueType, range: Range<Int>) {
    self.kind = kind
    self.type = type
    self.range = range
  }

  public enum Arithmetic: String, Sendable, Hashable { case add = "+", subtract = "-", multiply = "*", divide = "/" }

  public enum Comparison: String, Sendable, Hashable {
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  }

  /// The operands, in the order written.
  public var children: [BoundExpression] {
    switch kind {
    case .constant, .field: []
    case .negate(let a), .not(let a), .isNull(let a), .number(let a), .like(let a, _): [a]
    case .and(let a, let b), .or(let a, let b), .arithmetic(_, let a, let b), .compare(_, let a, let b): [a, b]
    case .isIn(let a, let list): [a] + list
    case .caseWhen(let branches, let otherwise):
      branches.flatMap { [$0.condition, $0.value] } + (otherwise.map { [$0] } ?? [])
    case .call(_, let arguments): arguments
    }
  }

  /// The names of the fields it reads.
  public var fields: Set<String> {
    if case .field(let name) = kind { return [name] }
    return children.reduce(into: []) { $0.formUnion($1.fields) }
  }

  /// The conditions that must all hold, taken apart at `and`.
  public var conjuncts: [BoundExpression] {
    if case .and(let a, let b) = kind { return a.conjuncts + b.conjuncts }
    return [self]
  }

  /// All of the conditions as one; `nil` for none.
  public static func conjunction(_ conditions: [BoundExpression]) -> BoundExpression? {
    guard let first = conditions.first else { return nil }
    return conditions.dropFirst().reduce(first) { a, b in
      BoundExpression(
        .and(a, b), type: .boolean,
        range: min(a.range.lowerBound, b.range.lowerBound)..<max(a.range.upperBound, b.range.upperBound))
    }
  }
}

public struct BoundBranch: Sendable, Hashable {
  public var condition: BoundExpression
  public var value: BoundExpression

  public init(condition: BoundExpression, value: BoundExpression) {
    self.condition = condition
    self.value = value
  }
}

/// An aggregate over rows, kept under a field name.
public struct BoundAggregate: Sendable, Hashable {
  public var function: AggregateFunction
  /// `nil` only for `count()`.
  public var argument: BoundExpression?
  public var field: Field

  public init(_ function: AggregateFunction, _ argument: BoundExpression?, field: Field) {
    self.function = function
    self.argument = argument
    self.field = field
  }
}

/// `name = expression` with its type.
public struct BoundColumn: Sendable, Hashable {
  public var name: String
  public var expression: BoundExpression

  public init(name: String, expression: BoundExpression) {
    self.name = name
    self.expression = expression
  }

  public var field: Field { Field(name, expression.type) }

  /// True when the column is a field passed on under its own name.
  public var isPassedOn: Bool { expression.kind == .field(name) }
}
