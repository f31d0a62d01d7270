import GeometryKernel
import StreetNetworks
import WorkControl

/// Streets of a crooked grid with gaps. Expected: scipy's csgraph over the same streets, in whole centimetres.
func streets() {
  kernel("network of \(Streets.count) streets") {
    Streets.lines
  } work: {
    try StreetGraphBuilder().build($0).0
  } check: {
    differs($0.edgeCount, from: Streets.count)
  }

  kernel("nearest of 14 000 within 1200 m for 202 492 nodes") {
    try Streets.City()
  } work: {
    try NearestReach(of: $0.facilities, over: $0.travel, within: 1200)
  } check: { reach in
    differs(reach.reachedNodes.count, from: Streets.reachedNodes)
      ?? differs(reach.reachedNodes.sum, from: Streets.reachedSum, byMore: 1e-9)
  }

  kernel("count within 1200 m for 202 492 nodes") {
    try Streets.City()
  } work: {
    try $0.travel.countAroundNodes($0.facilities, within: 1200)
  } check: {
    differs($0.reduce(0) { $0 + Int($1) }, from: Streets.aroundSum)
  }

  kernel("streets within 1250 m of 100 facilities, widened") {
    try Streets.City()
  } work: { city in
    let some = try city.edges.snap(City.facilities.slice(0..<100), to: city.travel, Streets.toNodes)
    let areas = ServiceAreas(try city.travel.serviceLines(some, within: 1250), over: city.travel, city.edges)
    return (0..<100).reduce(0) { $0 + areas.pieces(of: $1).count }
  } check: {
    // There is no other program to ask; pieces are what one outline costs.
    $0 > 1000 ? nil : "\($0) pieces"
  }
}

enum Streets {
  static let count = 371_539
  static let reachedNodes = 202_490
  /// Metres.
  static let reachedSum = 37_040_566.15
  static let aroundSum = 10_811_825
  static let side = 450
  /// As the peers do it.
  static let toNodes = Snapping(limit: .infinity, toNodes: true, countsApproach: false)

  struct City {
    let travel: TravelGraph
    let edges: EdgeTree
    let facilities: SnappedPoints

    init() throws {
      let graph = try StreetGraphBuilder().build(Streets.lines).0
      travel = try TravelGraph(graph, .walk, .length)
      edges = EdgeTree(graph)
      facilities = try edges.snap(Kernels.City.facilities, to: travel, Streets.toNodes)
    }
  }

  static let lines: GeometryArray = {
    var random = UnitRandom(seed: 3)
    let (stepX, stepY) = (Kernels.City.width / Double(side), Kernels.City.height / Double(side))
    var nodes: [(x: Double, y: Double)] = []
    for row in 0..<side {
      for column in 0..<side {
        let (byX, byY) = (random.next(), random.next())
        nodes.append(((Double(column) + 0.2 + 0.6 * byX) * stepX, (Double(row) + 0.2 + 0.6 * byY) * stepY))
      }
    }
    var builder = GeometryArrayBuilder()
    func street(_ a: Int, _ b: Int) {
      if random.next() < 0.08 { return }
      builder.beginRow(.lineString)
      builder.beginPart(.line)
      builder.addRing(xs: [nodes[a].x, nodes[b].x], ys: [nodes[a].y, nodes[b].y])
      builder.endRow()
    }
    for row in 0..<side {
      for column in 0..<side {
        let node = row * side + column
        if column + 1 < side { street(node, node + 1) }
        if row + 1 < side { street(node, node + side) }
      }
    }
    return builder.finish()
  }()
}
