/// What to write next about a problem: a statement of the language that mends it, or shows the rows.
enum NextStatement {
  static func of(_ symptom: Symptom, in layer: CheckedLayer) -> String {
    let name = layer.name
    switch symptom.kind {
    case .missingGeometry: return "\(name) | where geometry is null"
    case .emptyGeometry: return "\(name) | where vertices() == 0"
    case .shortLine: return "\(name) | where length() == 0 m"
    case .wrongDistrict:
      let column = symptom.column ?? ""
      return "\(name) | locate in \(symptom.reference ?? "districts") as there | where \(column) != there.name"
    case .invalidArea:
      guard layer.isInDegrees, let row = symptom.rows.first, let place = symptom.place?(Int(row)), place.x.isFinite
      else {
        return "describe \(name)"
      }
      return "\(name) | intersecting point(\(place.x), \(place.y))"
    }
  }
}
