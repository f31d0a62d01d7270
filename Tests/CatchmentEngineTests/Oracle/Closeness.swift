import Testing

/// Whether two columns agree, nulls with nulls and numbers within a tolerance.
func expectClose(
  _ found: [Double?], _ expected: [Double?], within tolerance: Double, _ comment: @autoclosure () -> String = "",
  _ location: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record("\(found.count) rows for \(expected.count) \(comment())", sourceLocation: location)
    return
  }
  let wrong = found.indices.filter { row in
    switch (found[row], expected[row]) {
    case (nil, nil): false
    case (let a?, let b?): !(abs(a - b) <= tolerance)
    default: true
    }
  }
  guard let first = wrong.first else { return }
  Issue.record(
    """
    \(wrong.count) rows differ, first row \(first): \(String(describing: found[first])) for \
    \(String(describing: expected[first])) \(comment())
    """, sourceLocation: location)
}

/// As `expectClose`, relative to the expected number.
func expectClose(
  _ found: [Double?], _ expected: [Double?], relative tolerance: Double, _ location: SourceLocation = #_sourceLocation
) {
  let ratios = zip(found, expected).map { found, expected in
    found.flatMap { found in expected.map { found / $0 } }
  }
  expectClose(ratios, expected.map { $0.map { _ in 1 } }, within: tolerance, "", location)
}
