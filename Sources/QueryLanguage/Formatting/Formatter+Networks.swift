extension Formatter {
  /// The words of `network` and its options.
  static func format(_ network: NetworkClause) -> [String] {
    var words = ["network"]
    if let field = network.classField { words += ["class field", format(field)] }
    if let field = network.onewayField { words += ["oneway field", format(field)] }
    if let field = network.speedField { words += ["speed field", format(field)] }
    if let length = network.tolerance { words += ["tolerance", quantity(length)] }
    if let length = network.bridging { words += ["bridging", quantity(length)] }
    if network.isPlanar { words.append("planar") }
    if network.hasFerries { words.append("with ferries") }
    if network.hasHeights { words.append("with heights") }
    return words
  }

  static func format(_ mode: ModeClause) -> String {
    var words = ["mode", format(mode.name), "like", format(mode.base)]
    for speed in mode.speeds {
      words += ["speed", quantity(speed.value)]
      if !speed.classes.isEmpty { words += ["on", list(speed.classes)] }
    }
    if !mode.barred.isEmpty { words += ["without", list(mode.barred)] }
    return words.joined(separator: " ")
  }

  /// Anything but a number with its unit stands in parentheses, so that the word behind it is not read with it.
  static func quantity(_ value: Expression) -> String {
    if case .quantity = value.kind { return format(value) }
    return "(\(format(value)))"
  }

  private static func list(_ names: [Identifier]) -> String { names.map(format).joined(separator: ", ") }
}
