extension RecursiveDescent {
  /// A source and its steps. A step that cannot be read is reported and left out, and reading goes on with the next.
  mutating func pipeline() throws(Abandoned) -> Pipeline {
    let start = current.start
    let first = position
    let depthBefore = depth
    var source: Source?
    do {
      source = try self.source()
      try finishStep()
    } catch {
      depth = depthBefore
      skipStep(from: first)
    }
    var steps: [Step] = []
    while try beginsStep() {
      let first = position
      do {
        steps.append(try step())
        try finishStep()
      } catch {
        skipStep(from: first)
      }
    }
    guard let source, failures == 0 || !isTooDeep else { throw Abandoned() }
    return Pipeline(source: source, steps: steps, range: start..<max(start, previousEnd))
  }

  /// Takes the `|` before a step, and reports where it is missing or doubled.
  private mutating func beginsStep() throws(Abandoned) -> Bool {
    let token = current
    if take(.pipe) { return true }
    if take(.doublePipe) {
      report(.foreignOperator, at: token.range, "steps are joined by a single `|`", fix: "write |")
      return true
    }
    guard isMissingPipe(token) else { return false }
    let verb = text(token)
    report(
      .missingPipe, at: token.range, "`|` is missing before the step `\(verb)`", fix: "write | \(verb)")
    return true
  }

  /// A verb stands where a step has ended.
  private func isMissingPipe(_ token: Token) -> Bool {
    guard token.kind == .name else { return false }
    return token.word?.isStep ?? capitalized(token)?.isStep ?? false
  }

  /// What may follow a source or a step: `|`, the end, a closing parenthesis, or a verb that lacks its `|`.
  private mutating func finishStep() throws(Abandoned) {
    let token = current
    if token.endsStatement || at(.pipe) || at(.doublePipe) || isMissingPipe(token) { return }
    if at(.closing) {
      if depth > 0 { return }
      let mistake = fail(
        .unmatchedParenthesis, at: token.range, "no parenthesis is open here", fix: "delete it, or open it with (")
      advance()
      throw mistake
    }
    if token.word?.isStatement ?? false {
      throw fail(
        .unexpected, at: token.range, "\(shown(token)) does not belong to what stands before it",
        fix: "begin a new statement on a new line")
    }
    if token.isName || token.isNumber || token.kind == .text {
      throw fail(
        .unexpected, at: token.range, "\(shown(token)) does not belong to what stands before it",
        fix: "write `|` before a step, or a comma between items")
    }
    throw fail(
      .unexpected, at: token.range, "\(shown(token)) does not belong to what stands before it",
      fix: "write `|` and a step, or end the line")
  }

  /// A layer, a pipeline in parentheses, `point(…)`, `sql "…"` or `values (…)`.
  mutating func source() throws(Abandoned) -> Source {
    let first = current
    if first.kind == .opening { return try parenthesizedSource() }
    switch first.word {
    case .point where peek().kind == .opening: return try point()
    case .sql where beginsQuery(peek()):
      advance()
      let query = try string("an SQL query in double quotes", fix: "write sql \"select …\"")
      return Source(.sql(query.text, range: query.range), range: first.start..<previousEnd)
    case .values where peek().kind == .opening: return try values()
    default: break
    }
    let layer = try name("a layer", fix: "write a layer's name, or a pipeline in parentheses")
    return Source(.named(layer), range: layer.range)
  }

  /// The text of `sql`, or what its author took for it.
  private func beginsQuery(_ token: Token) -> Bool {
    [.text, .brokenText, .invalid].contains(token.kind) || (token.word ?? capitalized(token)) == .select
  }

  private mutating func parenthesizedSource() throws(Abandoned) -> Source {
    let open = current
    let failuresBefore = failures
    try descend()
    advance()
    let inner: Pipeline?
    do { inner = try pipeline() } catch { inner = nil }
    try close(open, failuresBefore: failuresBefore)
    depth -= 1
    guard let inner else { throw Abandoned() }
    return Source(.pipeline(inner), range: open.start..<previousEnd)
  }

  private mutating func point() throws(Abandoned) -> Source {
    let first = current
    advance()
    let coordinates = try parenthesized { (descent) throws(Abandoned) in try descent.expression() }
    guard coordinates.count == 2 else {
      throw fail(
        .expected, at: first.start..<previousEnd, "a point has a longitude and a latitude",
        fix: "write point(117.10, 36.83)")
    }
    return Source(
      .point(longitude: coordinates[0], latitude: coordinates[1]), range: first.start..<previousEnd)
  }

  private mutating func values() throws(Abandoned) -> Source {
    let first = current
    advance()
    let head = try parenthesized { (descent) throws(Abandoned) in
      let name = try descent.name("the name of a column", fix: "write values (a = 1, b = \"x\"), (2, \"y\")")
      try descent.require(.assign, "`=`", fix: "write values (\(name.text) = …)")
      return NamedExpression(name: name, expression: try descent.expression())
    }
    var rows = [head.map(\.expression)]
    while at(.comma), peek().kind == .opening {
      advance()
      let start = current.start
      let row = try parenthesized { (descent) throws(Abandoned) in try descent.expression() }
      if row.count != head.count {
        let due = head.count == 1 ? "1 value" : "\(head.count) values"
        throw fail(
          .unevenRows, at: start..<previousEnd, "this row has \(row.count) of \(due)",
          fix: "write \(due), null where there is none")
      }
      rows.append(row)
    }
    return Source(.values(names: head.compactMap(\.name), rows: rows), range: first.start..<previousEnd)
  }

  /// `( item, … )`, at least one item.
  mutating func parenthesized<Item>(
    _ item: (inout RecursiveDescent) throws(Abandoned) -> Item
  ) throws(Abandoned) -> [Item] {
    let open = current
    let failuresBefore = failures
    try require(.opening, "`(`")
    try descend()
    var items: [Item] = []
    repeat {
      items.append(try item(&self))
    } while take(.comma)
    try close(open, failuresBefore: failuresBefore)
    depth -= 1
    return items
  }
}
