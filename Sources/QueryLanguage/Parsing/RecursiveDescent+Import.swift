extension RecursiveDescent {
  /// `"file" [encoding name]`
  mutating func fileClause() throws(Abandoned) -> FileClause {
    let path = try string("a file in double quotes", fix: "write layers of \"\(bareWord() ?? "file.gpkg")\"")
    return FileClause(
      path: path.text, pathRange: path.range, encoding: take(.encoding) ? try encodingName() : nil)
  }

  /// `import "file"` and its options, in any order.
  mutating func importClause() throws(Abandoned) -> ImportClause {
    let path = try string("a file in double quotes", fix: "write import \"\(bareWord() ?? "file.gpkg")\" as name")
    var clause = ImportClause(path: path.text, pathRange: path.range)
    while !atEndOfStatement {
      switch current.word {
      case .layer, .layers, .all: try layerOption(&clause)
      case .where, .within, .limit: try rowOption(&clause)
      case .tolerance where clause.network == nil: try curveOption(&clause)
      case .closed: try curveOption(&clause)
      case .network, .oneway, .speed, .class, .tolerance, .bridging, .planar, .with: try networkOption(&clause)
      default: try importOption(&clause)
      }
    }
    checkSeveralLayers(clause)
    return clause
  }

  private mutating func importOption(_ clause: inout ImportClause) throws(Abandoned) {
    let option = current
    switch option.word {
    case .crs:
      advance()
      if clause.referenceSystem != nil { repeated(option) }
      clause.referenceSystem = try referenceSystem()
    case .encoding:
      advance()
      if clause.encoding != nil { repeated(option) }
      clause.encoding = try encodingName()
    case .as:
      advance()
      if clause.name != nil { repeated(option) }
      clause.name = try name("a name for the layer", fix: "write as name")
    case .repair:
      advance()
      if clause.repair { repeated(option) }
      clause.repair = true
    default:
      throw fail(
        .unexpected, at: option.range, "import has no option \(shown(option))",
        fix:
          "write any of: layer \"x\", where condition, within box(…), limit 1000, crs epsg:4548, encoding gbk, as name, "
          + "repair, network")
    }
  }

  // MARK: Layers

  /// `layer "x"`, `layers "a", "b"` or `all`.
  private mutating func layerOption(_ clause: inout ImportClause) throws(Abandoned) {
    let option = current
    advance()
    if clause.layer != nil || !clause.layers.isEmpty || clause.takesAll {
      report(
        .repeatedOption, at: option.range, "which layers to take is said twice",
        fix: "keep one of layer, layers and all")
    }
    if option.word == .all {
      clause.takesAll = true
      return
    }
    var names = [try layerName()]
    while option.word == .layers || at(.comma), take(.comma) { names.append(try layerName()) }
    if option.word == .layer, names.count == 1 {
      clause.layer = names[0].text
      clause.layerRange = names[0].range
      return
    }
    if option.word == .layer {
      report(.expected, at: option.range, "several layers are taken with `layers`", fix: "write layers")
    }
    clause.layers = names.map(\.text)
    clause.layerRange = names[0].range.lowerBound..<previousEnd
  }

  mutating func layerName() throws(Abandoned) -> (text: String, range: Range<Int>) {
    let token = current
    guard token.kind == .text || token.isFreeName else {
      throw expected("the name of a layer of the file", fix: "write layer \"name\"")
    }
    advance()
    return (token.kind == .text ? value(ofText: token) : identifier(token).text, token.range)
  }

  /// Several layers keep their own names and are no network.
  private mutating func checkSeveralLayers(_ clause: ImportClause) {
    guard clause.takesAll || !clause.layers.isEmpty else { return }
    if let name = clause.name {
      report(
        .unexpected, at: name.range, "several layers keep their own names",
        fix: "leave out as \(Formatter.format(name)), or take one: layer \"x\" as \(Formatter.format(name))")
    }
    if let network = clause.network {
      report(
        .unexpected, at: network.range, "a network is made of one layer", fix: "take one: layer \"x\" network")
    }
  }

  // MARK: Rows

  /// `where condition`, `within box(…)` or `limit n`.
  private mutating func rowOption(_ clause: inout ImportClause) throws(Abandoned) {
    let option = current
    advance()
    switch option.word {
    case .where:
      if clause.condition != nil { repeated(option) }
      clause.condition = try expression()
    case .within:
      if clause.box != nil { repeated(option) }
      clause.box = try box()
    default:
      if clause.limit != nil { repeated(option) }
      clause.limit = try expression()
    }
  }

  private mutating func box() throws(Abandoned) -> BoxClause {
    let start = current
    let example = "write within box(117.0, 36.7, 117.2, 36.9): the least longitude and latitude, then the greatest"
    guard take(.box), at(.opening) else {
      position = start.start == current.start ? position : position - 1
      throw expected("`box(…)`", fix: example)
    }
    let bounds = try parenthesized { (descent) throws(Abandoned) in try descent.expression() }
    let range = start.start..<previousEnd
    guard bounds.count == 4 else {
      throw fail(.expected, at: range, "a box has four numbers, and here are \(bounds.count)", fix: example)
    }
    return BoxClause(bounds: bounds, range: range)
  }

  // MARK: Drawings

  /// `closed as areas` or `tolerance length`.
  private mutating func curveOption(_ clause: inout ImportClause) throws(Abandoned) {
    let option = current
    advance()
    if option.word == .tolerance {
      if clause.tolerance != nil { repeated(option) }
      clause.tolerance = try expression()
      return
    }
    if clause.closesAreas { repeated(option) }
    guard take(.as), take(.areas) else { throw expected("`as areas`", fix: "write closed as areas") }
    clause.closesAreas = true
  }
}
