/// The words that the grammar gives a meaning, named by their English spelling.
///
/// Only `reserved` words are refused as names; all others mean something only where the grammar expects them, so that a
/// column may be called `count` or `grid`. Any word between backticks is a plain name.
public enum Keyword: String, Sendable, Hashable, CaseIterable {
  // Statements
  case `let`, param, assert, export, `import`, save, set, mode, explain, describe, check, layers, help
  // Options of import and export
  case layer, all, crs, encoding, box, limit, closed, areas
  // Options of networks and modes
  case network, oneway, speed, `class`, field, tolerance, bridging, planar, without, ferries, heights
  // Sources
  case point, sql, values
  // Steps on rows
  case `where`, select, derive, sort, take, summarize, join, union, distinct, repair
  // Steps that keep by place
  case within, beyond, inside, outside, intersecting
  // Steps that join by place
  case nearest, locate, around
  // Steps per area
  case count, density, coverage, gaps
  // Steps on shapes
  case buffer, catchment, dissolve, clip, erase, centroid, hull, simplify, grid, hexagons
  // Connectives
  case by, to, `as`, of, on, from, via, with, against, route, merged, split, lines, width, `in`, per, weighted, asc,
    desc
  // Expressions
  case and, or, not, like, `is`, null, `case`, when, then, `else`, end, `true`, `false`, open

  /// What a step works on; the steps of one family are listed together in help and messages.
  public enum Family: String, Sendable, Hashable, CaseIterable {
    case rows = "rows"
    case keepByPlace = "keep by place"
    case joinByPlace = "join by place"
    case perArea = "per area"
    case shape = "shape"
    case leaving = "leaving"
  }

  /// Where the grammar expects a word.
  public enum Role: Sendable, Hashable {
    /// Begins a statement.
    case statement
    /// An option of `import` or `export`.
    case option
    /// Begins a source.
    case source
    /// Begins a step after `|`.
    case step(Family)
    /// Joins the arguments of a step or statement.
    case connective
    /// Part of an expression.
    case expression
  }

  public var roles: [Role] { entry.roles }
  /// Spellings in Chinese, the preferred one first.
  public var aliases: [String] { entry.aliases }
  /// One line of help in English.
  public var summary: String { entry.english }
  /// One line of help in Chinese.
  public var chineseSummary: String { entry.chinese }

  /// The family of steps to which this verb belongs, or `nil` when it is no verb.
  public var family: Family? {
    for case .step(let family) in roles { return family }
    return nil
  }

  public var isStep: Bool { family != nil }
  public var isStatement: Bool { roles.contains(.statement) }
  public var isOption: Bool { roles.contains(.option) }

  /// Words that cannot be names outside backticks.
  public static let reserved: Set<Keyword> = [
    .and, .or, .not, .in, .like, .is, .null, .case, .when, .then, .else, .end, .true, .false, .per, .to, .by, .as, .of,
    .on, .within, .weighted, .asc, .desc,
  ]

  /// The verbs of a family in the order of their declaration.
  public static func steps(of family: Family) -> [Keyword] { allCases.filter { $0.family == family } }

  /// The keyword spelt so, in English or Chinese. Letter case counts.
  public init?(spelling: String) {
    guard let found = Self.spellings[spelling] else { return nil }
    self = found
  }

  /// True when `spelling` cannot be a name outside backticks.
  ///
  /// `距离` stays free: it means `within` where a step or a connective is due, and is the commonest name of a distance
  /// column in Chinese tables everywhere else.
  public static func isReserved(spelling: String) -> Bool {
    guard spelling != "距离", let keyword = Keyword(spelling: spelling) else { return false }
    return reserved.contains(keyword)
  }

  static let spellings: [String: Keyword] = {
    var result: [String: Keyword] = [:]
    for keyword in allCases {
      result[keyword.rawValue] = keyword
      for alias in keyword.aliases { result[alias] = keyword }
    }
    return result
  }()

  /// No longer word is a keyword; spares the lexer the look-up.
  static let longestSpelling = spellings.keys.map(\.utf8.count).max() ?? 0
}
