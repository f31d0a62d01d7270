/// What geometries lose to be flat and of straight segments, counted in rows.
struct GeometryLosses {
  /// With heights other than 0.
  var withZ = 0
  var withM = 0
  var curved = 0
  var surfaces = 0

  mutating func add(_ other: GeometryLosses) {
    withZ += other.withZ
    withM += other.withM
    curved += other.curved
    surfaces += other.surfaces
  }

  var notes: [String] {
    var notes: [String] = []
    if withZ > 0 { notes.append("heights (Z) of \(rowsText(withZ)) were dropped; maps here are flat.") }
    if withM > 0 { notes.append("measures (M) of \(rowsText(withM)) were dropped.") }
    if curved > 0 {
      notes.append("curves of \(rowsText(curved)) were replaced by straight segments.")
    }
    if surfaces > 0 { notes.append("surfaces (TIN, polyhedral) of \(rowsText(surfaces)) were flattened to areas.") }
    return notes
  }
}
