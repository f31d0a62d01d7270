import GeometryKernel

/// Reached streets widened to areas, whose union is the outline of a service area before its holes are closed.
///
/// Beside unreached streets an area goes as far from its segment as the segment is at least as near as they are. It is
/// drawn by its heights over the segment, which are straight lines between the stations of `NearerSide`, so that an
/// unreached stretch is never inside.
struct WidenedStreets {
  private let chains: StreetChains
  private let streets: ReachedStreets
  private let width: Double
  private var band: StreetBand
  private var areas = GeometryArrayBuilder()
  private var ring: [(x: Double, y: Double)] = []

  init(_ streets: ReachedStreets, width: Double) {
    chains = StreetChains(streets)
    self.streets = streets
    self.width = width
    band = StreetBand(width: width)
  }

  /// The areas, a row each.
  mutating func widened() -> GeometryArray {
    for chain in 0..<chains.count {
      for i in chains.starts[chain]..<chains.starts[chain + 1] - 1 {
        widen(Segment(chains.xs[i], chains.ys[i], chains.xs[i + 1], chains.ys[i + 1]))
      }
      endBand()
    }
    return areas.finish()
  }

  private mutating func widen(_ segment: Segment) {
    let rivals = streets.unreached(in: segment.box.expanded(by: 2 * width))
      .filter { $0.squaredDistance(to: segment) < 4 * width * width }
    let side = NearerSide(rivals, width: width)
    var (x, y) = (segment.ax, segment.ay)
    // Where an unreached street crosses there is nothing on either side, and the area falls in two.
    for crossing in side.crossings(of: segment) + [(segment.bx, segment.by)] {
      append(Segment(x, y, crossing.0, crossing.1), side)
      (x, y) = crossing
    }
  }

  private mutating func append(_ segment: Segment, _ side: NearerSide) {
    if band.append(segment, side) { return }
    endBand()
    _ = band.append(segment, side)
  }

  private mutating func endBand() {
    guard !band.isEmpty else { return }
    ring.removeAll(keepingCapacity: true)
    func isSame(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> Bool {
      abs(a.x - b.x) < 1e-6 && abs(a.y - b.y) < 1e-6
    }
    band.outline { x, y in
      if let last = ring.last, isSame(last, (x, y)) { return }
      ring.append((x, y))
    }
    while ring.count > 1, isSame(ring[0], ring[ring.count - 1]) { ring.removeLast() }
    band = StreetBand(width: width)
    guard ring.count > 2 else { return }
    areas.beginRow(.polygon)
    areas.beginPart(.area)
    areas.beginRing()
    for place in ring { areas.addCoordinate(x: place.x, y: place.y) }
    areas.addCoordinate(x: ring[0].x, y: ring[0].y)
    areas.endRow()
  }
}
