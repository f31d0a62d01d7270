extension RecursiveDescent {
  /// All statements of the text.
  mutating func script() -> Script {
    var statements: [Statement] = []
    while true {
      while at(.newline) || at(.semicolon) { advance() }
      if at(.endOfText) { return Script(statements: statements) }
      let start = position
      failures = 0
      depth = 0
      isTooDeep = false
      var kind: Statement.Kind?
      do {
        kind = try statement()
        if !atEndOfStatement { throw trailing() }
      } catch {}
      if let kind, failures == 0 {
        statements.append(Statement(kind, range: tokens[start].start..<previousEnd))
      } else {
        skipStatement()
        noteUnreadName(in: start..<position)
      }
    }
  }

  /// The name that a statement given up would have defined.
  private mutating func noteUnreadName(in range: Range<Int>) {
    guard range.count > 1 else { return }
    let first = tokens[range.lowerBound]
    let second = tokens[range.lowerBound + 1]
    switch first.word ?? capitalized(first) {
    case .let, .param, .mode:
      if second.isFreeName { unreadNames.append(identifier(second)) }
    case .import:
      for index in range.dropLast() where tokens[index].word == .as && tokens[index + 1].isFreeName {
        unreadNames.append(identifier(tokens[index + 1]))
      }
    default:
      if first.isFreeName, second.kind == .assign { unreadNames.append(identifier(first)) }
    }
  }

  private mutating func trailing() -> Abandoned {
    if at(.closing) {
      return fail(
        .unmatchedParenthesis, at: current.range, "no parenthesis is open here", fix: "delete it, or open it with (")
    }
    return fail(
      .unexpected, at: current.range, "\(shown(current)) is not part of the statement before it",
      fix: "begin a new statement on a new line")
  }

  private mutating func statement() throws(Abandoned) -> Statement.Kind {
    let first = current
    let next = peek()
    var word = first.word
    if let small = capitalized(first), small.isStatement, next.isFreeName || next.kind == .text {
      word = small
      reportCapitals(first, small)
    }
    // A statement's word in front of `|` is a layer of that name.
    if let word, word.isStatement, next.kind != .pipe || (word == .help && peek(2).endsStatement) {
      advance()
      switch word {
      case .let: return try define()
      case .param: return try parameter()
      case .assert: return try assertion()
      case .export: return .export(try exportedNames(), try exportTarget())
      case .import: return .import(try importClause())
      case .save: return try save()
      case .set: return atEndOfStatement ? .settings : .set(try setting())
      case .mode: return .mode(try modeClause())
      case .explain: return .explain(try pipeline())
      case .describe: return .describe(try name("a layer", fix: "write describe and the layer's name"))
      case .check: return .check(try checkClause())
      case .layers: return take(.of) ? .fileLayers(try fileClause()) : .layers
      case .help: return .help(topic: helpTopic())
      default: break
      }
    }
    if first.isFreeName, next.kind == .assign {
      let name = identifier(first)
      report(
        .missingLet, at: first.range, "a result is named with `let`", fix: "write let \(text(first)) = …")
      advance()
      advance()
      return .define(name: name, try pipeline())
    }
    if let wrong = misplacedStep(first, next) { throw wrong }
    return .query(try pipeline())
  }

  /// A statement that begins with a verb: SQL, or a step without its source.
  private mutating func misplacedStep(_ first: Token, _ next: Token) -> Abandoned? {
    if first.kind == .pipe || first.kind == .doublePipe {
      return fail(
        .missingSource, at: first.range, "a pipeline begins with a layer, not with `|`",
        fix: "write the layer before it: clinics | …")
    }
    let lower = text(first).lowercased()
    if first.kind == .name, next.kind != .pipe, lower == "select" || lower == "with", let table = skipSQL() {
      return fail(
        .notSQL, at: first.range, "this reads like SQL; a query here is a layer and its steps",
        fix: "write \(table) | where … | select …, or put the SQL in a string: sql \"…\"")
    }
    guard let word = first.word ?? capitalized(first), word.isStep, next.kind != .pipe, !next.endsStatement else {
      return nil
    }
    // A layer may be called like a verb; then `|` follows, and the verb's arguments do not.
    guard first.isReserved || next.isName || next.isNumber || next.kind == .opening || next.kind == .text else {
      return nil
    }
    return fail(
      .missingSource, at: first.range, "the step `\(text(first))` has no rows to work on",
      fix: "write a layer before it: clinics | \(word.rawValue) …")
  }

  /// The table that an SQL statement reads; moves past the statement's further lines when there is one.
  private mutating func skipSQL() -> String? {
    var table: String?
    var index = position
    while tokens[index].kind != .endOfText, tokens[index].kind != .semicolon {
      if tokens[index].kind == .newline, !Self.clauses.contains(text(tokens[index + 1]).lowercased()) { break }
      if table == nil, text(tokens[index]).lowercased() == "from" {
        table = tokens[index + 1].isFreeName ? text(tokens[index + 1]) : "layer"
      }
      index += 1
    }
    if table != nil { position = index }
    return table
  }

  /// Words with which the lines of an SQL statement begin.
  private static let clauses: Set<String> = [
    "from", "where", "group", "order", "having", "limit", "join", "left", "inner", "on", "and", "or",
  ]

  private mutating func define() throws(Abandoned) -> Statement.Kind {
    let name = try name("a name", fix: "write let name = layer | …")
    try require(.assign, "`=`", fix: "write let \(name.text) = layer | …")
    return .define(name: name, try pipeline())
  }

  private mutating func parameter() throws(Abandoned) -> Statement.Kind {
    let name = try name("a name", fix: "write param name = 500 m")
    try require(.assign, "`=`", fix: "write param \(name.text) = 500 m")
    return .parameter(name: name, try expression())
  }

  private mutating func assertion() throws(Abandoned) -> Statement.Kind {
    let rows = try? source()
    if rows == nil {
      // Look for the condition's own mistakes all the same.
      while !at(.colon), !atEndOfStatement { advance() }
    }
    if !take(.colon) {
      guard rows != nil else { throw Abandoned() }
      if current.isFreeName || current.isNumber || at(.opening) || at(.not) {
        report(
          .expected, at: current.start..<current.start, "`:` is due between the rows and their condition",
          fix: "write assert rows: condition")
      } else {
        throw expected("`:`", fix: "write assert rows: condition")
      }
    }
    let condition = try expression()
    var label: String?
    if take(.as) { label = try string("a label", fix: "write as \"what is required\"").text }
    guard let rows else { throw Abandoned() }
    return .assert(rows, condition: condition, label: label)
  }

  private mutating func save() throws(Abandoned) -> Statement.Kind {
    let result = try name("the name of a result", fix: "write save name, or save name as layer")
    return .save(result, as: take(.as) ? try name("the layer's name") : nil)
  }

  private mutating func checkClause() throws(Abandoned) -> CheckClause {
    guard beginsSource(current) else { throw expected("a layer", fix: "write check and the layer's name") }
    var clause = CheckClause(subject: try source())
    while true {
      if take(.as) {
        if !take(.coverage) { throw expected("`coverage`", fix: "write as coverage, for areas that should tile") }
        clause.asCoverage = true
      } else if take(.against) {
        clause.reference = try source()
      } else {
        return clause
      }
    }
  }

  private mutating func helpTopic() -> String? {
    let start = position
    skipStatement()
    guard position > start else { return nil }
    if position == start + 1, tokens[start].kind == .text || tokens[start].kind == .quotedName {
      return value(ofText: tokens[start])
    }
    return original[tokens[start].start..<previousEnd]
  }

  private mutating func setting() throws(Abandoned) -> SettingClause {
    let start = current.start
    var words: [String] = []
    while current.isName {
      words.append(current.word?.rawValue ?? identifier(current).text)
      advance()
    }
    guard !words.isEmpty else { throw expected("a setting", fix: "write set walk speed = 4.8 km/h") }
    let range = start..<previousEnd
    let key = words.joined(separator: " ")
    try require(.assign, "`=`", fix: "write set \(key) = value")
    return SettingClause(key: key, keyRange: range, value: try settingValue())
  }

  private mutating func settingValue() throws(Abandoned) -> SettingClause.Value {
    if current.isFreeName {
      if peek().kind == .colon, current.kind == .name { return .referenceSystem(try referenceSystem()) }
      if peek().endsStatement {
        defer { advance() }
        return .word(identifier(current))
      }
    }
    return .expression(try expression())
  }
}
