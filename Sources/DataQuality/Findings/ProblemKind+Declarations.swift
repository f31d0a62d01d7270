extension ProblemKind {
  /// The one table of problems: reports, `repair` and the documentation read it.
  public var declaration: Declaration {
    switch self {
    case .missingGeometry:
      declare(.completeness, .certain, "no geometry", "the geometry is null")
    case .emptyGeometry:
      declare(.completeness, .certain, "empty geometry", "the geometry has a kind and no coordinate")
    case .invalidArea:
      declare(
        .logicalConsistency, .certain, "invalid geometry",
        "not valid by OGC 06-103r4, as GEOS tells it: a ring that crosses or touches itself, a hole outside, a ring that is open, a coordinate that is not a number"
      )
    case .shortLine:
      declare(.logicalConsistency, .certain, "line without length", "a line of one vertex, or all of it on one place")
    case .wrongDistrict:
      declare(
        .positionalAccuracy, .suspected, "outside the district that it names",
        "a column names an area of the reference (half of its values or more), and the row lies outside of that area, farther than the reference is uncertain"
      )
    }
  }

  private func declare(
    _ element: QualityElement, _ certainty: Certainty, _ title: String, _ rule: String, repair: String? = nil
  ) -> Declaration {
    Declaration(element: element, certainty: certainty, title: title, rule: rule, repair: repair)
  }
}
