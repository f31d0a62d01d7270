import GeometryKernel
import SpatialIndexes
import WorkControl

/// Points in areas, and boxes over areas. Expected: Shapely's STRtree; and as the cells tile the city, each point is in
/// one of them.
func areas() {
  kernel("index of 1000 cells") {
    City.cells
  } work: { cells in
    // Asked for one point, because bands are made when they are first needed.
    SpatialIndex(cells).firstContaining(GeometryArray(pointsX: [100], y: [100]))
  } check: {
    differs($0, from: [0])
  }

  kernel("first cell containing each of 1 000 000 points") {
    (SpatialIndex(City.cells), City.demand)
  } work: { index, demand in
    index.firstContaining(demand)
  } check: {
    differs($0.reduce(0) { $0 + Int($1) }, from: 484_006_248)
  }

  kernel("cells containing each of 1 000 000 points") {
    (SpatialIndex(City.cells), City.demand)
  } work: { index, demand in
    index.containing(demand)
  } check: {
    differs($0.rows.count, from: 1_000_000)
  }

  kernel("points of 1 000 000 counted in 1000 cells") {
    (SpatialIndex(City.demand), City.cells)
  } work: { index, cells in
    index.countPointsInside(cells)
  } check: { counts in
    let weighted = counts.enumerated().reduce(0) { $0 + $1.offset * Int($1.element) }
    return differs(counts.reduce(0) { $0 + Int($1) }, from: 1_000_000) ?? differs(weighted, from: 484_006_248)
  }

  kernel("cells whose boxes meet those of 1000 cells") {
    (SpatialIndex(City.cells), City.cells.boxes())
  } work: { index, boxes in
    index.candidates(of: boxes)
  } check: {
    differs($0.rows.count, from: 8_614)
  }
}
