import GeometryKernel
import WorkControl

/// Makes a network out of lines.
///
/// Lines are joined where they end at one place and where vertices of theirs fall on one place; with `planar` also where
/// they cross or touch. All positions within the tolerance of a place known before are that place, so that the outcome
/// depends on the order of rows only where places are nearer to each other than the tolerance.
public struct StreetGraphBuilder: Sendable {
  /// Metres; what is nearer is one place.
  public var tolerance: Double
  /// Whether lines are joined where they cross without a shared vertex. Bridges and tunnels then join what they cross.
  public var planar: Bool
  /// Metres; dead ends are joined with the nearest street up to this width by a straight edge. 0 bridges nothing.
  public var bridging: Double
  /// Metres; dead ends nearer than this to another street are reported.
  public var nearMiss: Double

  public init(tolerance: Double = 0.01, planar: Bool = false, bridging: Double = 0, nearMiss: Double = 1) {
    self.tolerance = tolerance
    self.planar = planar
    self.bridging = bridging
    self.nearMiss = nearMiss
  }

  /// The network of a layer of lines in metres; rows without a line are passed over and counted.
  ///
  /// - Parameter heights: Metres above any level, one for each coordinate of the lines, not a number where unknown;
  ///   empty for streets without heights, which are flat.
  /// - Throws: `StreetNetworkError` for attributes of another number of rows, wrong distances and layers without a
  ///   street; `Cancelled`.
  /// - Complexity: O(vertices), and O(n log n) with `planar` where lines are spread evenly.
  public func build(
    _ lines: GeometryArray, heights: [Float] = [], _ attributes: StreetAttributes = StreetAttributes(),
    monitor: WorkMonitor = WorkMonitor()
  ) throws -> (StreetGraph, BuildReport) {
    try checkDistances()
    try attributes.check(rows: lines.count)
    guard heights.isEmpty || heights.count == lines.coordinateCount else {
      throw StreetNetworkError.attributeCount(name: "height", expected: lines.coordinateCount, found: heights.count)
    }
    guard lines.coordinateCount < 1 << 29 else { throw StreetNetworkError.tooLarge }
    var report = BuildReport()
    var places = PlaceGrid(tolerance: tolerance, expecting: lines.coordinateCount)
    var polylines = Polylines(hasHeights: !heights.isEmpty)
    polylines.reserve(vertices: lines.coordinateCount)
    try lines.withView { view in
      for row in 0..<view.count {
        try monitor.check()
        var hasLine = false
        if isUsable(view, row) {
          for part in view.parts(at: row) where view.dimension(ofPart: part) == .line {
            for vertex in view.coordinates(ofPart: part) {
              polylines.append(
                places.place(view.xs[vertex], view.ys[vertex]), height: heights.isEmpty ? .nan : heights[vertex])
            }
            polylines.endLine(row: Int32(row), model: Int32(row))
            hasLine = true
          }
        }
        if !hasLine { report.skippedRowCount += 1 }
      }
    }
    report.joinedCount = places.movedCount
    if planar {
      var crossings = Crossings(polylines, places, tolerance: tolerance)
      (polylines, places, report.crossingCount) = try crossings.noded(monitor)
    }
    return try finish(polylines, places, attributes, report, monitor)
  }

  /// The network of ways that name their nodes, as in OpenStreetMap: joined where they name the same node and nowhere
  /// else. A way that names a node the source does not have is cut there.
  ///
  /// - Parameters:
  ///   - ids: The nodes, each once; of repeated ones the last counts.
  ///   - xs: Metres.
  ///   - ys: Metres.
  ///   - wayStarts: Offsets into `wayNodes`, one more than there are ways, beginning with 0.
  ///   - wayNodes: The ids of the nodes of all ways.
  ///   - attributes: A row for each way.
  /// - Throws: As above.
  public func build(
    nodes ids: [Int64], xs: [Double], ys: [Double], wayStarts: [Int32], wayNodes: [Int64],
    _ attributes: StreetAttributes = StreetAttributes(), monitor: WorkMonitor = WorkMonitor()
  ) throws -> (StreetGraph, BuildReport) {
    try checkDistances()
    for (name, count) in [("x", xs.count), ("y", ys.count)] where count != ids.count {
      throw StreetNetworkError.attributeCount(name: name, expected: ids.count, found: count)
    }
    try attributes.check(rows: max(0, wayStarts.count - 1))
    guard wayNodes.count < 1 << 29, ids.count < 1 << 29 else { throw StreetNetworkError.tooLarge }
    var places = PlaceGrid(tolerance: 0, expecting: 0)
    var placeOfNode = NodeTable(expecting: ids.count)
    for (node, id) in ids.enumerated() where isUsable(xs[node], ys[node]) {
      placeOfNode[id] = places.append(xs[node], ys[node])
    }
    var report = BuildReport()
    var polylines = Polylines()
    polylines.reserve(vertices: wayNodes.count)
    for way in 0..<max(0, wayStarts.count - 1) {
      let run = Int(wayStarts[way])..<max(Int(wayStarts[way]), Int(wayStarts[way + 1]))
      try monitor.check()
      let before = polylines.count
      for id in wayNodes[run.clamped(to: wayNodes.indices)] {
        let place = placeOfNode[id]
        if place >= 0 {
          polylines.append(place)
        } else {
          report.missingNodeCount += 1
          polylines.endLine(row: Int32(way), model: Int32(way))
        }
      }
      polylines.endLine(row: Int32(way), model: Int32(way))
      if polylines.count == before { report.skippedRowCount += 1 }
    }
    return try finish(polylines, places, attributes, report, monitor)
  }

  private func checkDistances() throws(StreetNetworkError) {
    let distances = [("tolerance", tolerance), ("width of gaps to bridge", bridging), ("near miss", nearMiss)]
    for (name, value) in distances where !(value >= 0 && value <= 1e6) {
      throw .wrongDistance(name: name, value)
    }
  }

  private func isUsable(_ x: Double, _ y: Double) -> Bool {
    abs(x) <= StreetGraph.largestCoordinate && abs(y) <= StreetGraph.largestCoordinate
  }

  private func isUsable(_ view: GeometryView, _ row: Int) -> Bool {
    view.coordinates(at: row).allSatisfy { isUsable(view.xs[$0], view.ys[$0]) }
  }

  private func finish(
    _ lines: Polylines, _ places: PlaceGrid, _ attributes: StreetAttributes, _ report: BuildReport,
    _ monitor: WorkMonitor
  ) throws -> (StreetGraph, BuildReport) {
    var report = report
    var (graph, firstVertices) = try EdgeAssembly(lines: lines, xs: places.xs, ys: places.ys, attributes: attributes)
      .graph()
    report.lineCount = lines.count
    report.zeroLengthCount = lines.zeroLengthCount
    let gaps = try DeadEnds(graph, narrowerThan: bridging, monitor)
    if !gaps.gaps.isEmpty {
      report.bridged = gaps.places(graph)
      let (bridgedLines, xs, ys) = bridge(gaps, graph, firstVertices, lines, places)
      (graph, _) = try EdgeAssembly(lines: bridgedLines, xs: xs, ys: ys, attributes: attributes).graph()
    }
    report.nearMisses = try DeadEnds(graph, narrowerThan: nearMiss, monitor).places(graph)
    report.duplicateCount = graph.duplicates().count
    return (graph, report)
  }

  /// The lines with a straight one across each gap, and those that are met between their vertices cut there.
  private func bridge(
    _ gaps: DeadEnds, _ graph: StreetGraph, _ firstVertices: [Int32], _ lines: Polylines, _ places: PlaceGrid
  ) -> (Polylines, xs: [Double], ys: [Double]) {
    var places = places
    var cuts: [Polylines.Cut] = []
    var links: [(from: Int32, to: Int32, model: Int32)] = []
    var linked: Set<[Int32]> = []
    let lineOfVertex = lines.segmentLines()
    for gap in gaps.gaps {
      let own = graph.arcs[Int(graph.arcStarts[Int(gap.node)])]
      let edge = Int(own >> 1)
      let ownVertex = Int(firstVertices[edge]) + (own & 1 == 0 ? 0 : graph.vertexCount(of: edge) - 1)
      let from = lines.places[ownVertex]
      let vertex = Int(firstVertices[Int(gap.position.edge)] + gap.position.vertex)
      let to: Int32
      if gap.position.share == 0 || gap.position.share == 1 {
        to = lines.places[vertex + Int(gap.position.share)]
      } else if gap.position.squaredDistance == 0 {
        // The street runs through the dead end: cut there it meets it, with nothing to bridge.
        to = from
        cuts.append(Polylines.Cut(vertex: Int32(vertex), share: gap.position.share, place: to))
      } else {
        let position = graph.position(of: gap.position)
        to = places.append(position.x, position.y)
        cuts.append(Polylines.Cut(vertex: Int32(vertex), share: gap.position.share, place: to))
      }
      if from != to, linked.insert([min(from, to), max(from, to)]).inserted {
        links.append((from, to, lines.models[Int(lineOfVertex[Int(firstVertices[edge])])]))
      }
    }
    var bridged = lines.cut(at: cuts)
    for link in links {
      bridged.append(link.from)
      bridged.append(link.to)
      bridged.endLine(row: -1, model: link.model)
    }
    return (bridged, places.xs, places.ys)
  }
}
