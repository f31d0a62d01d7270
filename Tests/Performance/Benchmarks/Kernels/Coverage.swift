import DiscCoverage
import GeometryKernel
import WorkControl

/// Discs of 300 m round the facilities. Expected: GEOS, with circles as polygons of up to 4096 sides and what their
/// error tends to.
func coverage() {
  kernel("union of 14 000 discs") {
    City.facilities
  } work: {
    try DiscUnion(around: $0, radius: 300)
  } check: {
    differs($0.count, from: 14_000)
  }

  kernel("cover of 1000 cells by 14 000 discs") {
    (try DiscUnion(around: City.facilities, radius: 300), City.cells)
  } work: { discs, cells in
    try discs.coveredAreas(of: cells)
  } check: {
    differs($0.reduce(0, +), from: 747_128_841, byMore: 1e-7)
  }

  kernel("outline of 14 000 discs") {
    try DiscUnion(around: City.facilities, radius: 300)
  } work: {
    $0.outline()
  } check: { outline in
    let size = outline.map { outline in (0..<outline.count).reduce(0) { $0 + (outline.area(at: $1) ?? 0) } }
    return differs(size ?? 0, from: 762_375_704, byMore: 1e-3)
  }
}
