extension Formatter {
  static func format(_ clause: FileClause) -> String {
    (["layers of", quoted(clause.path)] + encoding(clause.encoding)).joined(separator: " ")
  }

  static func format(_ clause: ImportClause) -> String {
    var words = ["import", quoted(clause.path)]
    if let layer = clause.layer { words += ["layer", quoted(layer)] }
    if !clause.layers.isEmpty { words += ["layers", clause.layers.map(quoted).joined(separator: ", ")] }
    if clause.takesAll { words.append("all") }
    if let condition = clause.condition { words += ["where", format(condition)] }
    if let box = clause.box { words.append("within box(\(box.bounds.map { format($0) }.joined(separator: ", ")))") }
    if let limit = clause.limit { words += ["limit", format(limit)] }
    if let system = clause.referenceSystem { words += ["crs", format(system)] }
    words += encoding(clause.encoding)
    if clause.closesAreas { words.append("closed as areas") }
    if let tolerance = clause.tolerance { words += ["tolerance", quantity(tolerance)] }
    if let name = clause.name { words += ["as", format(name)] }
    if clause.repair { words.append("repair") }
    if let network = clause.network { words += format(network) }
    return words.joined(separator: " ")
  }

  private static func encoding(_ name: String?) -> [String] {
    name.map { ["encoding", isPlainName($0) ? $0 : quoted($0)] } ?? []
  }
}
