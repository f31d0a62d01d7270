extension ProblemKind {
  /// The one table of problems: reports, `repair` and the documentation read it.
  public var declaration: Declaration {
    switch self {
    case .missingGeometry:
      declare(.completeness, .certain, "no geometry", "the geometry is null")
    case .emptyGeometry:
      declare(.completeness, .certain, "empty geometry", "the geometry has a kind and no coordinate")
    case .duplicateFeature:
      declare(
        .completeness, .certain, "duplicate feature",
        "the geometry and all attributes of an earlier row, but for its number (id, fid, gid, objectid, 编号, 序号)",
        repair: "removes it; the row that stays says so")
    case .invalidArea:
      declare(
        .logicalConsistency, .certain, "invalid geometry",
        "not valid by OGC 06-103r4, as GEOS tells it: a ring that crosses or touches itself, a hole outside, a ring that is open, a coordinate that is not a number",
        repair: "makes it valid where that leaves its area as it is (self-touching rings, spikes)")
    case .shortLine:
      declare(.logicalConsistency, .certain, "line without length", "a line of one vertex, or all of it on one place")
    case .ringOrder:
      declare(
        .logicalConsistency, .certain, "ring runs the wrong way",
        "an outer ring clockwise or a hole counter-clockwise, against RFC 7946, 3.1.6", repair: "turns it round")
    case .overlap:
      declare(
        .logicalConsistency, .certain, "areas overlap",
        "`as coverage`: two rows share an area that is wider than 1 cm on average", isOfRows: false)
    case .gap:
      declare(
        .logicalConsistency, .certain, "gap between areas",
        "`as coverage`: a hole in the union of all rows, wider than 1 cm on average", isOfRows: false)
    case .sliver:
      declare(
        .logicalConsistency, .suspected, "sliver",
        "4πA/P² below 0.05, and an area below 1 % of the median area or a width 2A/P below 0.5 m")
    case .selfOverlap:
      declare(
        .logicalConsistency, .suspected, "line runs over itself", "a segment is there twice, or turns straight back")
    case .numberAsText:
      declare(
        .logicalConsistency, .suspected, "numbers kept as text",
        "90 % of a column of text reads as numbers; codes (a leading zero, or four digits and more that are all as long) do not count",
        isOfRows: false)
    case .notANumber:
      declare(
        .logicalConsistency, .suspected, "not a number",
        "a text that is no number in a column of text that holds numbers")
    case .swappedAxes:
      declare(
        .positionalAccuracy, .certain, "x and y exchanged",
        "outside of the bulk and inside once x and y are exchanged; or a latitude beyond 90° that is none once they are",
        repair: "exchanges them")
    case .impossibleCoordinates:
      declare(.positionalAccuracy, .certain, "no such place", "a longitude beyond 180° or a latitude beyond 90°")
    case .zeroCoordinates:
      declare(
        .positionalAccuracy, .certain, "coordinate is zero", "x or y is exactly 0, and the bulk lies elsewhere")
    case .mistypedDigit:
      declare(
        .positionalAccuracy, .suspected, "one mistyped digit",
        "a point outside of the bulk, or of the district that it names, and inside once one digit is another one")
    case .outOfRegion:
      declare(
        .positionalAccuracy, .suspected, "far from the others",
        "outside of the bulk: more than 12 MADs (median absolute deviations) from the median on an axis, beyond a gap at which the distance doubles; where a fifth of the rows is, nobody is"
      )
    case .truncatedCoordinates:
      declare(
        .positionalAccuracy, .suspected, "coordinates were cut",
        "both are multiples of 0.01° (100 m) in a layer half of which is finer than 0.001° (10 m), more often than chance has it"
      )
    case .pileUp:
      declare(
        .positionalAccuracy, .suspected, "many rows on one place",
        "5 or more points with different attributes on one place, and 10 times as many as the median row has beside it"
      )
    case .duplicatePlace:
      declare(
        .positionalAccuracy, .suspected, "place given twice", "the geometry of an earlier row with other attributes")
    case .wrongDistrict:
      declare(
        .positionalAccuracy, .suspected, "outside the district that it names",
        "a column names areas of the reference (half of its values or more), and the row lies outside of its own, farther than the reference is uncertain; where a third of the rows does, the names mean something else"
      )
    case .wrongUnit:
      declare(
        .thematicAccuracy, .suspected, "another unit",
        "a column follows the area or length of the geometry (to 5 %) in another unit than its name says, in degrees, or in a row in another unit than in the others"
      )
    case .impossibleDate:
      declare(
        .temporalQuality, .certain, "no such day",
        "the form of a date and no day of the calendar, in a column of text 80 % of which are dates")
    case .notADate:
      declare(.temporalQuality, .suspected, "not a date", "another form, in a column of text 80 % of which are dates")
    }
  }

  private func declare(
    _ element: QualityElement, _ certainty: Certainty, _ title: String, _ rule: String, repair: String? = nil,
    isOfRows: Bool = true
  ) -> Declaration {
    Declaration(
      element: element, certainty: certainty, title: title, rule: rule, repair: repair, isOfRows: isOfRows)
  }
}
