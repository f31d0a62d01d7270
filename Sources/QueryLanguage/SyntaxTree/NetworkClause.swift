/// `network [oneway field f] [speed field f] [class field f] [tolerance d] [bridging d] [planar] [with ferries] [with heights]`
public struct NetworkClause: Sendable, Hashable {
  /// Of the word `network`.
  public var range: Range<Int>
  public var onewayField: Identifier?
  public var speedField: Identifier?
  public var classField: Identifier?
  /// A length within which positions are one.
  public var tolerance: Expression?
  /// A length up to which gaps at dead ends are closed.
  public var bridging: Expression?
  public var isPlanar = false
  public var hasFerries = false
  /// The heights of the lines are read, for modes that follow slopes.
  public var hasHeights = false

  public init(range: Range<Int>) { self.range = range }
}

/// `mode name like mode {speed v [on class, …] | without class, …}`
public struct ModeClause: Sendable, Hashable {
  public struct Speed: Sendable, Hashable {
    public var value: Expression
    /// All classes where empty.
    public var classes: [Identifier]

    public init(value: Expression, classes: [Identifier]) {
      self.value = value
      self.classes = classes
    }
  }

  public var name: Identifier
  /// The mode that it is like but for what follows.
  public var base: Identifier
  public var speeds: [Speed]
  /// Classes of street that it may not use.
  public var barred: [Identifier]

  public init(name: Identifier, base: Identifier, speeds: [Speed] = [], barred: [Identifier] = []) {
    self.name = name
    self.base = base
    self.speeds = speeds
    self.barred = barred
  }
}
