extension RecursiveDescent {
  /// One option behind `network`.
  mutating func networkOption(_ clause: inout ImportClause) throws(Abandoned) {
    let option = current
    advance()
    if option.word == .network {
      if clause.network != nil { repeated(option) }
      clause.network = NetworkClause(range: option.range)
      // Said before the word, it was taken for that of curves.
      clause.network?.tolerance = clause.tolerance
      clause.tolerance = nil
      return
    }
    guard var network = clause.network else {
      throw fail(
        .unexpected, at: option.range, "`\(text(option))` belongs to a street network",
        fix: "write network before it: import \(Formatter.quoted(clause.path)) as roads network \(text(option)) …")
    }
    switch option.word {
    case .oneway: network.onewayField = try field(option, network.onewayField)
    case .speed: network.speedField = try field(option, network.speedField)
    case .class: network.classField = try field(option, network.classField)
    case .tolerance:
      if network.tolerance != nil { repeated(option) }
      network.tolerance = try expression()
    case .bridging:
      if network.bridging != nil { repeated(option) }
      network.bridging = try expression()
    case .planar:
      if network.isPlanar { repeated(option) }
      network.isPlanar = true
    default:
      let what = current
      if take(.ferries) {
        if network.hasFerries { repeated(what) }
        network.hasFerries = true
      } else if take(.heights) {
        if network.hasHeights { repeated(what) }
        network.hasHeights = true
      } else {
        throw expected("`ferries` or `heights`", fix: "write with ferries, or with heights")
      }
    }
    clause.network = network
  }

  /// `field name` behind what it tells.
  private mutating func field(_ option: Token, _ before: Identifier?) throws(Abandoned) -> Identifier {
    if before != nil { repeated(option) }
    guard take(.field) else {
      throw expected("`field`", fix: "write \(text(option)) field and the name of the column")
    }
    return try name("the name of a column", fix: "write \(text(option)) field name")
  }

  /// `name like mode {speed v [on class, …] | without class, …}`
  mutating func modeClause() throws(Abandoned) -> ModeClause {
    let example = "write mode wheelchair like walk speed 3 km/h without steps"
    let mode = try name("a name for the mode", fix: example)
    guard take(.like) else { throw expected("`like` and a mode that it is like", fix: example) }
    var clause = ModeClause(name: mode, base: try name("a mode that it is like", fix: example))
    while !atEndOfStatement {
      let option = current
      if take(.speed) {
        clause.speeds.append(ModeClause.Speed(value: try expression(), classes: take(.on) ? try classes() : []))
      } else if take(.without) {
        clause.barred += try classes()
      } else {
        throw fail(
          .unexpected, at: option.range, "mode has no option \(shown(option))",
          fix: "write any of: speed 3 km/h, speed 3 km/h on path, without steps")
      }
    }
    return clause
  }

  private mutating func classes() throws(Abandoned) -> [Identifier] {
    var names: [Identifier] = []
    repeat {
      names.append(try name("a class of street", fix: "write classes with commas, such as steps, path"))
    } while take(.comma)
    return names
  }
}
