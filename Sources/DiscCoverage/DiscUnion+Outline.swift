import GeometryKernel
import Glibc
import SpatialIndexes

extension DiscUnion {
  /// Chords of a whole circle, one for two degrees: they leave it by at most 0.0152 % of the radius.
  public static let chordsPerCircle = 180

  /// The union as areas, one row: for drawing, and for geometry operations.
  ///
  /// The arcs are chained where one circle hands over to the next and drawn with chords, which lie in the discs and
  /// leave the true outline by at most r (1 − cos(π / 180)), 0.0152 % of the radius. An arc lies nearer to its own centre
  /// than to any other, so do its chords, and chords of different discs never cross. Holes smaller than a millionth of
  /// the radius are left out.
  ///
  /// `nil` where the chain cannot be trusted, as when many circles meet in one point and rounding decides which of them
  /// hands over to which. O(arcs log arcs).
  public func outline() -> GeometryArray? {
    guard let next = successors() else { return nil }
    var rings: [Ring] = []
    var isUsed = [Bool](repeating: false, count: arcs.count)
    for disc in 0..<count {
      for first in Int(arcStarts[disc])..<Int(arcStarts[disc + 1]) where !isUsed[first] {
        var ring = Ring()
        var arc = first
        repeat {
          isUsed[arc] = true
          draw(arcs[arc], of: owner(of: arc), into: &ring)
          arc = Int(next[arc])
        } while arc != first
        if !ring.isSmaller(than: 1e-6 * radius) { rings.append(ring) }
      }
    }
    return Self.areas(of: rings)
  }

  /// The arc that goes on where each ends. One arc's end is where a disc begins to cover it, and there that disc has an
  /// arc that begins where this one stops to cover it.
  private func successors() -> [Int32]? {
    var next = [Int32](repeating: -1, count: arcs.count)
    var hasPredecessor = [Bool](repeating: false, count: arcs.count)
    for disc in 0..<count {
      for i in Int(arcStarts[disc])..<Int(arcStarts[disc + 1]) {
        if arcs[i].isCircle {
          next[i] = Int32(truncatingIfNeeded: i)
          continue
        }
        let other = Int(arcs[i].behind)
        let candidates = Int(arcStarts[other])..<Int(arcStarts[other + 1])
        guard let j = candidates.first(where: { Int(arcs[$0].before) == disc && !hasPredecessor[$0] }) else {
          return nil
        }
        let dx = (tree.xs[disc] - tree.xs[other]) / radius + arcs[i].bx - arcs[j].ax
        let dy = (tree.ys[disc] - tree.ys[other]) / radius + arcs[i].by - arcs[j].ay
        guard dx * dx + dy * dy < 1e-18 else { return nil }
        next[i] = Int32(truncatingIfNeeded: j)
        hasPredecessor[j] = true
      }
    }
    return next
  }

  /// The disc of an arc. O(log discs).
  private func owner(of arc: Int) -> Int {
    // The last disc whose arcs begin here or before.
    var low = 0
    var high = count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(arcStarts[middle]) <= arc { low = middle } else { high = middle }
    }
    return low
  }

  /// Appends the vertices of an arc without its end, which is the next one's start.
  private func draw(_ arc: Arc, of disc: Int, into ring: inout Ring) {
    let step = 2 * Double.pi / Double(Self.chordsPerCircle)
    let chords = arc.sweep < 1e-6 ? 1 : max(2, Int((arc.sweep / step).rounded(.up)))
    for i in 0..<chords {
      let angle = arc.sweep * Double(i) / Double(chords)
      let (c, s) = (cos(angle), sin(angle))
      ring.xs.append(tree.xs[disc] + radius * (arc.ax * c - arc.ay * s))
      ring.ys.append(tree.ys[disc] + radius * (arc.ay * c + arc.ax * s))
    }
    if arc.sweep > ring.longestSweep {
      ring.longestSweep = arc.sweep
      ring.witness = ring.xs.count - 1
    }
  }

  /// A closed outline without its last vertex.
  private struct Ring {
    var xs: [Double] = []
    var ys: [Double] = []
    var longestSweep = 0.0
    /// A vertex within the longest arc, where no other ring is likely to touch.
    var witness = 0

    func isSmaller(than size: Double) -> Bool {
      var box = Box.empty
      for i in xs.indices { box.formUnion(x: xs[i], y: ys[i]) }
      return xs.count < 3 || max(box.width, box.height) < size
    }

    /// Twice the area, positive when it is to the left.
    var doubleArea: Double {
      var sum = CompensatedSum()
      for i in 1..<max(1, xs.count - 1) {
        sum.add((xs[i] - xs[0]) * (ys[i + 1] - ys[0]) - (xs[i + 1] - xs[0]) * (ys[i] - ys[0]))
      }
      return sum.value
    }

    func append(to builder: inout GeometryArrayBuilder) {
      builder.addRing(xs: xs + xs.prefix(1), ys: ys + ys.prefix(1))
    }
  }

  /// Shells with the holes that lie in them: a hole belongs to the smallest shell around it.
  private static func areas(of rings: [Ring]) -> GeometryArray? {
    var shells: [(ring: Ring, area: Double)] = []
    var holes: [Ring] = []
    for ring in rings {
      let area = ring.doubleArea
      if area > 0 { shells.append((ring, area)) } else { holes.append(ring) }
    }
    var filled = GeometryArrayBuilder()
    for shell in shells {
      filled.beginRow(.polygon)
      filled.beginPart(.area)
      shell.ring.append(to: &filled)
      filled.endRow()
    }
    let witnesses = GeometryArray(pointsX: holes.map { $0.xs[$0.witness] }, y: holes.map { $0.ys[$0.witness] })
    let around = SpatialIndex(filled.finish()).containing(witnesses)
    var holesOfShell = [[Int]](repeating: [], count: shells.count)
    for hole in holes.indices {
      let found = around.rows[around.range(of: hole)].map { Int($0) }
      guard let shell = found.min(by: { (shells[$0].area, $0) < (shells[$1].area, $1) }) else { return nil }
      holesOfShell[shell].append(hole)
    }
    var builder = GeometryArrayBuilder()
    builder.beginRow(shells.count == 1 ? .polygon : .multiPolygon)
    for (shell, holesHere) in zip(shells, holesOfShell) {
      builder.beginPart(.area)
      shell.ring.append(to: &builder)
      for hole in holesHere { holes[hole].append(to: &builder) }
    }
    builder.endRow()
    return builder.finish()
  }
}
