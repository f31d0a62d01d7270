import FeatureTables

/// The ids of GeoJSON features, which GDAL keeps apart from the fields when they are whole numbers.
struct FeatureIdentifiers {
  let isGeoJSON: Bool
  private var values: [Int64] = []
  private var count: Int64 = 0
  /// True as long as every id is what GDAL numbers features without one, or the same counted from 1.
  private var isPosition = true
  private var isPositionFromOne = true

  init(isGeoJSON: Bool) { self.isGeoJSON = isGeoJSON }

  mutating func append(_ id: Int64) {
    guard isGeoJSON else { return }
    if isPosition && id != count { isPosition = false }
    if isPositionFromOne && id != count + 1 { isPositionFromOne = false }
    values.append(id)
    count += 1
  }

  /// `nil` when the ids say no more than the order does.
  var column: Column? {
    isGeoJSON && count > 0 && !isPosition && !isPositionFromOne ? Column(.integer(values)) : nil
  }
}
