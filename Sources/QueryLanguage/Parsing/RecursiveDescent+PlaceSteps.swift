extension RecursiveDescent {
  /// `by walk`
  private mutating func mode() throws(Abandoned) -> Identifier? {
    take(.by) ? try name("a way of travel", fix: "write by walk, by cycle or by drive") : nil
  }

  /// `D [by MODE]`
  private mutating func reach() throws(Abandoned) -> Reach {
    let distance = try expression(atLeast: .conversion)
    return Reach(distance: distance, travel: Travel(mode: try mode()))
  }

  /// `L [via L]`
  private mutating func places(_ travel: inout Travel) throws(Abandoned) -> Source {
    let layer = try source()
    if take(.via) { travel.entrances = try source() }
    return layer
  }

  /// `from`, which turns the direction, where a layer follows: a layer may be called so itself.
  private mutating func takeFromBeforeLayer() -> Bool { at(.from) && beginsSource(peek()) && take(.from) }

  /// `D [by MODE] of L [via L]`, or `from L`, which turns the direction.
  mutating func directedReach(example: String) throws(Abandoned) -> (reach: Reach, source: Source) {
    var reach = try reach()
    if take(.from) {
      reach.travel.reversed = true
    } else if !take(.of) {
      throw expected("`of`", fix: example)
    }
    let layer = try places(&reach.travel)
    return (reach, layer)
  }

  /// `by L [via L] within D [by MODE]`, or `from L`, which turns the direction.
  mutating func servedWithin(example: String) throws(Abandoned) -> (source: Source, reach: Reach) {
    var travel = Travel(reversed: take(.from))
    if !travel.reversed, !take(.by) { throw expected("`by`", fix: example) }
    let layer = try places(&travel)
    if !take(.within) { throw expected("`within`", fix: example) }
    var reach = try reach()
    travel.mode = reach.travel.mode
    reach.travel = travel
    return (layer, reach)
  }

  /// `nearest [k] [from] L [via L] as x [within D] [by MODE] [with route]`
  mutating func nearest() throws(Abandoned) -> Step.Kind {
    let count = try nearestCount()
    var travel = Travel(reversed: takeFromBeforeLayer())
    let layer = try places(&travel)
    let name = try requiredName("nearest")
    var limit: Expression?
    var withRoute = false
    while true {
      let word = current
      if take(.within) {
        if limit != nil { report(.repeatedOption, at: word.range, "`within` is given twice", fix: "keep one of them") }
        let reach = try reach()
        limit = reach.distance
        travel.mode = reach.travel.mode ?? travel.mode
      } else if at(.by) {
        if travel.mode != nil {
          report(.repeatedOption, at: word.range, "`by` is given twice", fix: "keep one of them")
        }
        travel.mode = try mode()
      } else if take(.with) {
        if !take(.route) { throw expected("`route`", fix: "write with route, for the way there as a line") }
        withRoute = true
      } else {
        break
      }
    }
    return .nearest(count: count, layer, as: name, within: limit, travel, withRoute: withRoute)
  }

  /// A number, or an expression in parentheses in front of the layer.
  private mutating func nearestCount() throws(Abandoned) -> Expression? {
    if current.isNumber {
      let token = current
      let (value, whole) = lexed.numbers[token.payload]
      guard token.kind == .wholeNumber, value >= 1 else {
        throw fail(
          .expected, at: token.range, "`nearest` finds a whole number of features, at least 1",
          fix: "write nearest 3 clinics as c")
      }
      advance()
      return Expression(.number(value, whole: whole), range: token.range)
    }
    guard at(.opening), isSourceBehindParenthesis(from: position) else { return nil }
    return try parenthesized { (descent) throws(Abandoned) in try descent.expression() }.first
  }

  /// Whether a source follows the parenthesis that opens at `index`: that then is a number and no layer itself.
  private func isSourceBehindParenthesis(from index: Int) -> Bool {
    guard let after = tokenAfterMatchingParenthesis(from: index), beginsSource(after) else { return false }
    // `(clinics) via doors`, but `(3) via as v` with a layer of that name.
    return after.word != .via || !beginsSource(tokens[tokens[index].payload + 2])
  }

  /// `locate in L as x`
  mutating func locate() throws(Abandoned) -> Step.Kind {
    if !take(.in) {
      guard beginsSource(current) else {
        throw expected("`in`", fix: "write locate in districts as d")
      }
      report(
        .expected, at: current.start..<current.start, "`in` is due between locate and its layer",
        fix: "write locate in \(text(current))")
    }
    let layer = try source()
    return .locate(in: layer, as: try requiredName("locate"))
  }

  /// `around D [by MODE] [from] L [via L] as x (n = count(), …)`
  mutating func around() throws(Abandoned) -> Step.Kind {
    let example = "write around 500 m clinics as c (n = count())"
    let distance = try distanceBeforeLayer()
    var reach = Reach(distance: distance, travel: Travel(mode: try mode()))
    reach.travel.reversed = takeFromBeforeLayer()
    if at(.as), case .quantity(let value, let unit) = distance.kind {
      let number = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
      throw fail(
        .missingUnit, at: distance.range, "\(number) what? `\(unit.text)` is read as its unit, and no layer follows",
        fix: "write around \(number) m \(unit.text) as …")
    }
    let layer = try places(&reach.travel)
    let name = try requiredName("around")
    guard at(.opening) else { throw expected("a list of what to compute", fix: example) }
    let results = try parenthesized { (descent) throws(Abandoned) in try descent.namedExpression() }
    return .around(reach, layer, as: name, results)
  }

  /// In `around d (clinics | …)` the name `d` is a distance and not a function.
  private mutating func distanceBeforeLayer() throws(Abandoned) -> Expression {
    if current.isFreeName, peek().kind == .opening {
      let after = tokenAfterMatchingParenthesis(from: position + 1)
      if !isSourceBehindParenthesis(from: position + 1), after?.word != .by {
        let token = current
        advance()
        return Expression(.column([identifier(token)]), range: token.range)
      }
    }
    return try expression(atLeast: .conversion)
  }

  /// `density L per km2 [as d]`
  mutating func density() throws(Abandoned) -> Step.Kind {
    let layer = try source()
    if !take(.per) {
      throw expected("`per`", fix: "write density \(original[layer.range]) per km2")
    }
    let unit = try unit("a unit of area", fix: "write per km2, per ha or per mu")
    return .density(layer, per: unit, as: try resultName())
  }

  /// `coverage by L [via L] within D [by MODE] [of people [weighted by expr]] [as c]`
  mutating func coverage() throws(Abandoned) -> Step.Kind {
    let served = try servedWithin(example: "write coverage by clinics within 1000 m as c")
    var people: Source?
    var weight: Expression?
    if take(.of) { people = try source() }
    if at(.weighted) {
      if people == nil {
        throw fail(
          .expected, at: current.range, "weights belong to people, and no layer of people is given",
          fix: "write of residents weighted by pop")
      }
      advance()
      if !take(.by) { throw expected("`by`", fix: "write weighted by pop") }
      weight = try expression()
    }
    return .coverage(
      by: served.source, within: served.reach, of: people, weightedBy: weight, as: try resultName())
  }

  /// `catchment [from] 5, 10, 15 min by walk [merged | split] [as lines] [width 25 m]`: numbers without a unit share the
  /// last one's.
  mutating func catchment() throws(Abandoned) -> Step.Kind {
    let isFrom = at(.from) && peek().isNumber && take(.from)
    var ranges: [Expression] = []
    repeat {
      ranges.append(try expression(atLeast: .conversion))
    } while take(.comma)
    if case .quantity(_, let unit)? = ranges.last?.kind {
      ranges = ranges.map { range in
        guard case .number(let value, _) = range.kind else { return range }
        return Expression(.quantity(value, unit), range: range.range)
      }
    }
    guard let mode = try mode() else {
      throw expected("`by`", fix: "write by walk; straight-line areas are made by buffer")
    }
    var catchment = Catchment(limits: ranges, travel: Travel(mode: mode, reversed: isFrom))
    while true {
      let word = current
      var isRepeated = false
      if take(.merged) {
        isRepeated = catchment.sharing != .overlapping
        catchment.sharing = .merged
      } else if take(.split) {
        isRepeated = catchment.sharing != .overlapping
        catchment.sharing = .split
      } else if take(.as) {
        if !take(.lines) { throw expected("`lines`", fix: "write as lines, for the streets instead of areas") }
        isRepeated = catchment.asLines
        catchment.asLines = true
      } else if take(.width) {
        isRepeated = catchment.width != nil
        catchment.width = try expression(atLeast: .conversion)
      } else {
        break
      }
      if isRepeated {
        report(.repeatedOption, at: word.range, "areas are shared out in one way", fix: "keep one of the words")
      }
    }
    return .catchment(catchment)
  }
}
