import GeometryKernel
import SpatialIndexes
import WorkControl

extension DiscUnion {
  /// How much of each area the discs cover, in square units; 0 for what is no area.
  ///
  /// At most the area itself, and exactly that where all of it is covered. Areas should be valid: of one that crosses
  /// itself, or whose parts overlap, the answer is between 0 and its measure, and no more can be said. The same numbers
  /// at any number of workers.
  ///
  /// O(vertices × log discs + discs that reach each area + crossings of outlines with circles).
  ///
  /// - Throws: `Cancelled`.
  public func coveredAreas(of areas: GeometryArray, workers: Workers = .one) throws -> [Double] {
    guard count > 0, areas.maximumDimension == .area else { return Array(repeating: 0, count: areas.count) }
    let membership = AreaMembership(areas)
    let pieceSize = 8
    let pieces = try workers.map(pieces: (areas.count + pieceSize - 1) / pieceSize) { piece in
      tree.withView { tree in
        arcs.withUnsafeBufferPointer { arcs in
          arcStarts.withUnsafeBufferPointer { starts in
            areas.withView { view in
              var coverage = AreaCoverage(view, tree, arcs, starts, radius: radius)
              return ((piece * pieceSize)..<min(areas.count, (piece + 1) * pieceSize)).map { row in
                let share = coverage.share(ofRow: row, membership)
                return share > 0 ? share * (areas.area(at: row) ?? 0) : 0
              }
            }
          }
        }
      }
    }
    return pieces.flatMap { $0 }
  }
}

/// The integral along the outline of what discs cover of an area, with the lists that are used again for the next area.
private struct AreaCoverage {
  let view: GeometryView
  let tree: DiscTreeView
  let arcs: UnsafeBufferPointer<Arc>
  let arcStarts: UnsafeBufferPointer<Int32>
  let radius: Double

  /// Coordinates are taken from here, so that large eastings do not eat digits.
  private var originX = 0.0
  private var originY = 0.0
  /// Twice the covered area so far.
  private var covered = CompensatedSum()
  private var crossings = OutlineCrossings()
  /// The pieces of arcs: twice their integrals, and a position on each, which tells whether it lies in the area.
  private var integrals: [Double] = []
  private var witnessXs: [Double] = []
  private var witnessYs: [Double] = []
  private var cuts: [(advance: Double, x: Double, y: Double)] = []

  init(
    _ view: GeometryView, _ tree: DiscTreeView, _ arcs: UnsafeBufferPointer<Arc>,
    _ arcStarts: UnsafeBufferPointer<Int32>, radius: Double
  ) {
    self.view = view
    self.tree = tree
    self.arcs = arcs
    self.arcStarts = arcStarts
    self.radius = radius
  }

  /// 0…1.
  mutating func share(ofRow row: Int, _ membership: AreaMembership) -> Double {
    let box = view.finiteBox(at: row)
    guard !box.isEmpty else { return 0 }
    originX = box.centerX
    originY = box.centerY
    covered = CompensatedSum()
    var total = CompensatedSum()
    crossings.removeAll()
    for part in view.parts(at: row) where view.dimension(ofPart: part) == .area {
      var isOuter = true
      for ring in view.rings(ofPart: part) {
        addOutline(ring, isOuter: isOuter, to: &total)
        isOuter = false
      }
    }
    guard total.value > 0 else { return 0 }
    collectArcs(near: box)
    let isInside = membership.contains(xs: witnessXs, ys: witnessYs, row: row)
    for i in integrals.indices where isInside[i] { covered.add(integrals[i]) }
    let share = covered.value / total.value
    return share > 0 ? min(share, 1) : 0
  }

  // MARK: The area's own outline

  /// Adds the covered part of a ring, and the whole to `total`, both with the area to the left.
  private mutating func addOutline(_ ring: Int, isOuter: Bool, to total: inout CompensatedSum) {
    let run = view.coordinates(ofRing: ring)
    guard run.count > 3 else { return }
    var area = CompensatedSum()
    for i in run.lowerBound..<(run.upperBound - 1) { area.add(cross(i)) }
    let sign: Double = (area.value > 0) == isOuter ? 1 : -1
    total.add(sign * area.value)
    var start = run.lowerBound
    while start < run.upperBound - 1 {
      let (end, box) = chain(from: start, in: run)
      switch crossings.look(at: view, start..<end, box, tree, radius) {
      case .none: break
      case .all: for i in start..<end { covered.add(sign * cross(i)) }
      case .some:
        for i in start..<end {
          let share = crossings.coveredShare(of: view.segment(at: i), tree, arcStarts, radius)
          if share > 0 { covered.add(sign * share * cross(i)) }
        }
      }
      start = end
    }
  }

  /// Some segments that follow each other in a box small against a disc, or one longer segment.
  private func chain(from start: Int, in run: Range<Int>) -> (end: Int, box: Box) {
    var box = Box.empty
    box.formUnion(x: view.xs[start], y: view.ys[start])
    var end = start
    while end < run.upperBound - 1, end - start < 16 {
      var wider = box
      wider.formUnion(x: view.xs[end + 1], y: view.ys[end + 1])
      if end > start, max(wider.width, wider.height) > radius / 4 { break }
      box = wider
      end += 1
    }
    return (end, box)
  }

  /// Twice the area between a segment and the origin.
  @inline(__always)
  private func cross(_ i: Int) -> Double {
    let ax = view.xs[i] - originX
    let ay = view.ys[i] - originY
    let bx = view.xs[i + 1] - originX
    let by = view.ys[i + 1] - originY
    return ax * by - ay * bx
  }

  // MARK: The arcs

  /// Lists the uncovered arcs near the area, cut where its outline crosses them: each piece is inside or outside.
  private mutating func collectArcs(near box: Box) {
    integrals.removeAll(keepingCapacity: true)
    witnessXs.removeAll(keepingCapacity: true)
    witnessYs.removeAll(keepingCapacity: true)
    crossings.sortByDisc()
    var next = 0
    tree.forEach(near: box, within: radius * DiscUnion.wideningFactor) { disc in
      let own = crossings.range(ofDisc: disc, from: next)
      next = own.upperBound
      for i in Int(arcStarts[disc])..<Int(arcStarts[disc + 1]) {
        if own.isEmpty { collect(arcs[i], of: disc) } else { collect(arcs[i], of: disc, cutBy: own) }
      }
      return true
    }
  }

  private mutating func collect(_ arc: Arc, of disc: Int, cutBy own: Range<Int>) {
    let start = Bearing.of(arc.ax, arc.ay)
    let advance = arc.isCircle ? Bearing.turn : Bearing.advance(from: start, to: Bearing.of(arc.bx, arc.by))
    // A vanishing arc may seem to go all around.
    guard arc.sweep > 0, arc.sweep > 1 || advance < Bearing.turn / 2 else { return collect(arc, of: disc) }
    cuts.removeAll(keepingCapacity: true)
    for crossing in crossings.all[own] {
      let along = Bearing.advance(from: start, to: Bearing.of(crossing.x, crossing.y))
      if along > 0, along < advance { cuts.append((along, crossing.x, crossing.y)) }
    }
    guard !cuts.isEmpty else { return collect(arc, of: disc) }
    cuts.sort { $0.advance < $1.advance }
    var piece = arc
    var position = 0.0
    for cut in cuts {
      piece.bx = cut.x
      piece.by = cut.y
      piece.sweep = Bearing.sweep(piece.ax, piece.ay, cut.x, cut.y, advance: cut.advance - position)
      collect(piece, of: disc)
      piece.ax = cut.x
      piece.ay = cut.y
      position = cut.advance
    }
    piece.bx = arc.bx
    piece.by = arc.by
    piece.sweep = Bearing.sweep(piece.ax, piece.ay, arc.bx, arc.by, advance: advance - position)
    collect(piece, of: disc)
  }

  @inline(__always)
  private mutating func collect(_ arc: Arc, of disc: Int) {
    let x = tree.xs[disc] - originX
    let y = tree.ys[disc] - originY
    integrals.append(radius * (radius * arc.sweep + x * (arc.by - arc.ay) - y * (arc.bx - arc.ax)))
    let witness = arc.witness
    witnessXs.append(tree.xs[disc] + radius * witness.x)
    witnessYs.append(tree.ys[disc] + radius * witness.y)
  }
}
