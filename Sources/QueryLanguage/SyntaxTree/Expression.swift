/// A unit as written after a number or after `to` or `per`: `m`, `km/h`, `亩`.
public struct UnitName: Sendable, Hashable {
  public var text: String
  /// The name after `/`, as in `km/h` or `t/d`.
  public var denominator: String?
  /// `per km2`: the unit is one over `text`.
  public var isReciprocal: Bool
  public var range: Range<Int>

  public init(_ text: String, denominator: String? = nil, isReciprocal: Bool = false, range: Range<Int>) {
    self.text = text
    self.denominator = denominator
    self.isReciprocal = isReciprocal
    self.range = range
  }
}

public struct Expression: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    /// A number without a unit; `whole` when it is written without point and exponent and fits 64 bits.
    case number(Double, whole: Int64?)
    /// A number with its unit: `500 m`, `80 %`, `3 per km2`.
    case quantity(Double, UnitName)
    case text(String)
    /// A calendar date, `2021-05-11`, checked by the parser.
    case date(year: Int, month: Int, day: Int)
    case boolean(Bool)
    case null
    /// `name` or `h.name`
    case column([Identifier])
    case call(Identifier, [Expression])
    case negate(Expression)
    case not(Expression)
    case binary(BinaryOperator, Expression, Expression, operatorRange: Range<Int>)
    case isIn(Expression, [Expression], negated: Bool)
    /// `like "崔寨%"`: `%` any run, `_` any one character.
    case like(Expression, pattern: Expression, negated: Bool)
    case isNull(Expression, negated: Bool)
    case caseWhen([CaseBranch], otherwise: Expression?)
    /// `area() to mu`
    case convert(Expression, to: UnitName)
    /// `open on 2021-06-01`
    case openOn(Expression)
  }

  public var kind: Kind
  public var range: Range<Int>

  public init(_ kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

public struct CaseBranch: Sendable, Hashable {
  public var condition: Expression
  public var value: Expression

  public init(condition: Expression, value: Expression) {
    self.condition = condition
    self.value = value
  }
}

public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  case or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}
