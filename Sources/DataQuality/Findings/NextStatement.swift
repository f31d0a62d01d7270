/// What to write next about a problem: a statement of the language that mends it, or shows the rows.
enum NextStatement {
  static func of(_ symptom: Symptom, in layer: CheckedLayer) -> String {
    let name = layer.name
    let column = quoted(symptom.column ?? "")
    switch symptom.kind {
    case .wrongDistrict:
      let reference = symptom.reference
      return
        "\(name) | locate in \(reference?.name ?? "") as there | where \(column) != there.\(quoted(reference?.nameColumn ?? ""))"
    case .gap, .overlap:
      guard let site = symptom.sites.first, layer.isInDegrees else { return "describe \(name)" }
      return "\(name) | within 100 m of point(\(site.x), \(site.y))"
    case .numberAsText, .wrongUnit: return "\(name) | summarize n = count() by \(column) | sort by n desc"
    default:
      return symptom.kind.declaration.repair == nil
        ? "\(name) | repair | where problem like \"%\(symptom.kind.code)%\"" : "let mended = \(name) | repair"
    }
  }

  /// A name of a column as it is written in a query.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    let isWord = name.unicodeScalars.first.map { !("0"..."9").contains($0) } ?? false
    return isPlain && isWord ? name : "`\(name.replacing("`", with: "``"))`"
  }
}
