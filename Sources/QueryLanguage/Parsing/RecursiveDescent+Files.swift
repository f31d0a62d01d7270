extension RecursiveDescent {
  /// A string that is due, with its place.
  mutating func string(_ what: String, fix: String) throws(Abandoned) -> (text: String, range: Range<Int>) {
    let token = current
    guard token.kind == .text else { throw expected(what, fix: fix) }
    advance()
    return (value(ofText: token), token.range)
  }

  /// `epsg:4548`, `gcj02`, or a string of WKT.
  mutating func referenceSystem() throws(Abandoned) -> ReferenceName {
    let first = current
    if first.kind == .text {
      advance()
      return ReferenceName(text: value(ofText: first), range: first.range)
    }
    if first.isNumber {
      advance()
      let text = "epsg:\(text(first))"
      report(.expected, at: first.range, "a reference system has the name of its register", fix: "write \(text)")
      return ReferenceName(text: text, range: first.range)
    }
    let system = try name("a reference system", fix: "write epsg:4548, gcj02, or the WKT in quotes")
    guard first.kind == .name, take(.colon) else {
      // `gcj-02` is one name of several tokens.
      while first.kind == .name, current.start == previousEnd, at(.minus) || at(.wholeNumber) { advance() }
      let range = first.start..<max(previousEnd, system.range.upperBound)
      return ReferenceName(text: range == system.range ? system.text : String(original[range]), range: range)
    }
    let code = current
    guard code.kind == .wholeNumber || (code.kind == .name && !code.isReserved) else {
      throw expected("the number of the system", fix: "write \(system.text):4548")
    }
    advance()
    let number = code.kind == .wholeNumber ? lexed.numbers[code.payload].whole.map { "\($0)" } : nil
    return ReferenceName(
      text: "\(system.text):\(number ?? text(code))", range: system.range.lowerBound..<code.end)
  }

  /// A path written without its quotes: what stands here without a space, up to a reasonable length.
  func bareWord() -> String? {
    guard current.isName else { return nil }
    var last = position
    while tokens[last + 1].start == tokens[last].end, !tokens[last + 1].endsStatement { last += 1 }
    let word = original[current.start..<tokens[last].end]
    return word.utf8.count <= 60 ? word : nil
  }

  mutating func exportedNames() throws(Abandoned) -> [Identifier] {
    var names: [Identifier] = []
    repeat {
      names.append(try name("the name of a result", fix: "write export name to \"file.geojson\""))
    } while take(.comma)
    return names
  }

  /// `to "file" [layer "x"] [as format] [crs system] [encoding name]`, the options in any order.
  mutating func exportTarget() throws(Abandoned) -> ExportTarget {
    if !take(.to) {
      guard at(.text) else { throw expected("`to`", fix: "write to \"file.geojson\"") }
      report(.expected, at: current.range, "`to` is due before the file", fix: "write to \(text(current))")
    }
    let path = try string("a file in double quotes", fix: "write to \"file.geojson\"")
    var target = ExportTarget(path: path.text, pathRange: path.range)
    while true {
      let word = current
      if take(.as) {
        if target.format != nil { repeated(word) }
        target.format = try name("a format", fix: "write as geojson, gpkg or csv")
      } else if take(.crs) {
        if target.referenceSystem != nil { repeated(word) }
        target.referenceSystem = try referenceSystem()
      } else if take(.layer) {
        if target.layer != nil { repeated(word) }
        (target.layer, target.layerRange) = try layerName()
      } else if take(.encoding) {
        if target.encoding != nil { repeated(word) }
        let start = current.start
        target.encoding = try encodingName()
        target.encodingRange = start..<previousEnd
      } else {
        return target
      }
    }
  }

  /// `gbk`, `"gbk"`, or a name with hyphens such as `utf-8`, which is several tokens without space between them.
  mutating func encodingName() throws(Abandoned) -> String {
    let first = current
    if first.kind == .text {
      advance()
      return value(ofText: first)
    }
    guard first.isFreeName else { throw expected("an encoding", fix: "write encoding gbk") }
    if first.kind == .quotedName {
      advance()
      return value(ofText: first)
    }
    advance()
    while current.start == previousEnd, at(.minus) || at(.name) || at(.wholeNumber) { advance() }
    return original[first.start..<previousEnd]
  }

  mutating func repeated(_ option: Token) {
    report(.repeatedOption, at: option.range, "`\(text(option))` is given twice", fix: "keep one of them")
  }
}
