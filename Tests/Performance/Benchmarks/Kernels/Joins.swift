import GeometryKernel
import SpatialIndexes
import WorkControl

/// Points to points. Expected: scipy's cKDTree.
func joins() {
  kernel("grid of 1 000 000 points") {
    City.demand
  } work: {
    SpatialIndex($0)
  } check: {
    differs($0.indexedCount, from: 1_000_000)
  }

  for (count, expected) in [(1, 146_513_087.845), (3, 639_148_632.191)] {
    kernel("nearest \(count) of 14 000 for 1 000 000 points") {
      (SpatialIndex(City.facilities), City.demand)
    } work: { index, demand in
      index.nearest(count, to: demand)
    } check: {
      differs($0.distances.reduce(0, +), from: expected, byMore: 1e-9)
    }
  }

  kernel("count within 500 m of 1 000 000 points") {
    (SpatialIndex(City.facilities), City.demand)
  } work: { index, demand in
    index.countWithin(500, of: demand)
  } check: {
    differs($0.reduce(0) { $0 + Int($1) }, from: 14_628_937)
  }

  kernel("any within 300 m of 1 000 000 points") {
    (SpatialIndex(City.facilities), City.demand)
  } work: { index, demand in
    index.anyWithin(300, of: demand)
  } check: {
    differs($0.count { $0 }, from: 937_929)
  }
}
