extension RecursiveDescent {
  mutating func step() throws(Abandoned) -> Step {
    let token = current
    let depthBefore = depth
    defer { depth = depthBefore }
    let word = try verb()
    let name = Identifier(word.rawValue, range: token.range)
    advance()
    let kind = try arguments(of: word, verb: token)
    return Step(kind, verb: name, range: token.start..<previousEnd)
  }

  private mutating func verb() throws(Abandoned) -> Keyword {
    let token = current
    if let word = token.word, word.isStep { return word }
    if token.endsStatement || at(.pipe) || at(.doublePipe) || at(.closing) {
      let bar = previous?.range ?? token.range
      throw fail(
        .emptyStep, at: bar, "a step is due after `|`", fix: "write a step such as where, sort or take, or delete the |"
      )
    }
    if let word = capitalized(token), word.isStep {
      reportCapitals(token, word)
      return word
    }
    throw unknownStep(token)
  }

  private mutating func unknownStep(_ token: Token) -> Abandoned {
    if diagnostics.count >= Parser.mostMistakes { return fail(.unknownStep, at: token.range, "") }
    let written = token.isName ? identifier(token).text : text(token)
    let verbs = Keyword.allCases.filter(\.isStep)
    // Chinese spellings are offered to those who write Chinese.
    let near = nearestNames(to: written, in: verbs.flatMap { [$0.rawValue] + $0.aliases })
    let message = "there is no step \(shown(token))"
    if let meant = Self.meaning[written.lowercased()] {
      return fail(.unknownStep, at: token.range, message, fix: "write \(meant)")
    }
    if let first = near.first, let family = Keyword(spelling: first)?.family {
      let names = Keyword.steps(of: family).map(\.rawValue).joined(separator: ", ")
      return fail(
        .unknownStep, at: token.range, message,
        fix: "did you mean `\(first)`? Steps of the family \(family.rawValue): \(names)")
    }
    return fail(
      .unknownStep, at: token.range, message,
      fix: "write one of: \(verbs.map(\.rawValue).joined(separator: ", "))")
  }

  /// What the verbs of other languages are called here.
  private static let meaning: [String: String] = [
    "filter": "where", "limit": "take", "head": "take", "top": "sort by … desc | take", "order": "sort by",
    "orderby": "sort by", "arrange": "sort by", "group": "summarize … by", "groupby": "summarize … by",
    "aggregate": "summarize", "mutate": "derive", "extend": "derive", "project": "select", "unique": "distinct",
    "intersects": "intersecting", "contains": "inside", "near": "within … of", "closest": "nearest",
    "knn": "nearest", "sjoin": "locate in … as", "difference": "erase", "intersection": "clip to",
    "merge": "union", "append": "union", "convexhull": "hull", "hexgrid": "hexagons", "hexbin": "hexagons",
    "isochrone": "catchment", "isochrones": "catchment",
  ]

  private mutating func arguments(of word: Keyword, verb: Token) throws(Abandoned) -> Step.Kind {
    switch word {
    case .where: return .where(try expression())
    case .select: return .select(try namedExpressions())
    case .derive: return .derive(try namedExpressions())
    case .sort: return .sort(try sortKeys())
    case .take: return .take(try expression())
    case .summarize: return try summarize()
    case .join: return try join()
    case .union: return .union(try source())
    case .distinct: return .distinct(isAtStepEnd ? [] : try namedExpressions())
    case .repair: return .repair
    case .within, .beyond:
      let reach = try directedReach(example: "write \(word.rawValue) 500 m of clinics")
      if word == .within { return .within(reach.reach, of: reach.source) }
      return .beyond(reach.reach, of: reach.source, as: try resultName())
    case .inside: return .inside(try source())
    case .outside: return .outside(try source())
    case .intersecting: return .intersecting(try source())
    case .nearest: return try nearest()
    case .locate: return try locate()
    case .around: return try around()
    case .count: return .count(try source(), as: try resultName())
    case .density: return try density()
    case .coverage: return try coverage()
    case .gaps:
      let served = try servedWithin(example: "write gaps by clinics within 1000 m")
      return .gaps(by: served.source, within: served.reach)
    case .buffer: return .buffer(try expression())
    case .catchment: return try catchment()
    case .dissolve: return .dissolve(by: take(.by) ? try namedExpressions() : [])
    case .clip:
      if !take(.to) {
        let place = current.start..<current.start
        guard beginsSource(current) else { throw expected("`to`", fix: "write clip to districts") }
        report(.expected, at: place, "`to` is due between clip and its layer", fix: "write clip to \(text(current))")
      }
      return .clip(to: try source())
    case .erase: return .erase(try source())
    case .centroid: return .centroid
    case .hull: return .hull
    case .simplify: return .simplify(try expression())
    case .grid: return .grid(try expression())
    case .hexagons: return .hexagons(try expression())
    case .export: return .export(try exportTarget())
    default: throw unknownStep(verb)
    }
  }

  var isAtStepEnd: Bool { atEndOfStatement || at(.pipe) || at(.doublePipe) || at(.closing) }

  /// `a, n = expression, …`
  mutating func namedExpressions() throws(Abandoned) -> [NamedExpression] {
    var items: [NamedExpression] = []
    repeat {
      items.append(try namedExpression())
    } while take(.comma)
    return items
  }

  mutating func namedExpression() throws(Abandoned) -> NamedExpression {
    let token = current
    guard token.isName, peek().kind == .assign else {
      return NamedExpression(name: nil, expression: try expression())
    }
    if token.isReserved { throw reserved(token) }
    advance()
    advance()
    return NamedExpression(name: identifier(token), expression: try expression())
  }

  private mutating func sortKeys() throws(Abandoned) -> [SortKey] {
    _ = take(.by)
    var keys: [SortKey] = []
    repeat {
      let key = try expression()
      let descending = take(.desc)
      if !descending { _ = take(.asc) }
      keys.append(SortKey(expression: key, descending: descending))
    } while take(.comma)
    return keys
  }

  private mutating func summarize() throws(Abandoned) -> Step.Kind {
    let results = at(.by) ? [] : try namedExpressions()
    return .summarize(results, by: take(.by) ? try namedExpressions() : [])
  }

  private mutating func join() throws(Abandoned) -> Step.Kind {
    let other = try source()
    if !take(.on) { throw expected("`on`", fix: "write join \(original[other.range]) on a == b") }
    let condition = try expression()
    return .join(other, on: condition, as: try resultName())
  }

  /// `[as name]`
  mutating func resultName() throws(Abandoned) -> Identifier? {
    take(.as) ? try name("a name for the result") : nil
  }

  /// `as name`, which the step cannot do without.
  mutating func requiredName(_ verb: String) throws(Abandoned) -> Identifier {
    if take(.as) { return try name("a name for the result") }
    let place = previousEnd..<previousEnd
    throw fail(
      .missingName, at: isAtStepEnd ? place : current.range,
      "the columns that `\(verb)` joins need a name",
      fix: "write as c after the layer; they are then c.name, c.distance …")
  }
}
