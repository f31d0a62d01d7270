import GeometryKernel

/// Finds the arcs of discs' circles that no other disc covers.
///
/// A circle's neighbours are taken from its own leaf of the tree outward, each cuts what it covers out of the gaps that
/// are left, and the search ends when there are none. Parts of the tree from where no gap can be reached are passed
/// over: in a dense row each circle keeps two narrow gaps, one on either side, which only its next neighbours reach.
struct UncoveredArcs {
  /// What is still uncovered, in bearings onward from `reference`, with the directions of the ends.
  private struct Gap {
    var start: Double
    var end: Double
    var ax: Double
    var ay: Double
    var bx: Double
    var by: Double
    var before: Int32
    var behind: Int32
    /// The middle of the gap on the circle, in radii from the centre.
    var middleX: Double
    var middleY: Double
    /// Centres farther from the middle than this, squared and in radii, cover nothing of the gap.
    var reach: Double

    init(
      _ start: Double, _ end: Double, _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ before: Int32,
      _ behind: Int32
    ) {
      self.start = start
      self.end = end
      self.ax = ax
      self.ay = ay
      self.bx = bx
      self.by = by
      self.before = before
      self.behind = behind
      middleX = 0
      middleY = 0
      reach = .infinity
      // Only below a third of a turn the prospect of passing something over is worth its roots.
      let cosine = ax * bx + ay * by
      guard end - start < Bearing.turn / 3, cosine > -0.5 else { return }
      let half = ((1 + cosine) / 2).squareRoot()
      middleX = (ax + bx) / (2 * half)
      middleY = (ay + by) / (2 * half)
      let chord = (2 - 2 * min(half, 1)).squareRoot()
      reach = (1 + chord + 1e-7) * (1 + chord + 1e-7)
    }
  }

  private let tree: DiscTreeView
  private let radius: Double
  private let inverse: Double
  private var gaps: [Gap] = []
  private var isWhole = true
  private var reference = 0.0
  private var stack = NodeStack()

  init(_ tree: DiscTreeView, radius: Double) {
    self.tree = tree
    self.radius = radius
    inverse = 1 / radius
  }

  /// Appends the uncovered arcs of one disc, counter-clockwise; returns how many there are.
  mutating func append(of disc: Int, to arcs: inout [Arc]) -> Int {
    gaps.removeAll(keepingCapacity: true)
    isWhole = true
    var node = tree.firstLeaf + disc / DiscTree.leafSize
    cut(disc, byLeaf: node)
    while node > 1, isOpen {
      descend(disc, from: node ^ 1)
      node >>= 1
    }
    if isWhole {
      arcs.append(.circle)
      return 1
    }
    for gap in gaps {
      let sweep = Bearing.sweep(gap.ax, gap.ay, gap.bx, gap.by, advance: gap.end - gap.start)
      arcs.append(
        Arc(
          ax: gap.ax, ay: gap.ay, bx: gap.bx, by: gap.by, sweep: sweep, before: gap.before, behind: gap.behind))
    }
    return gaps.count
  }

  private var isOpen: Bool { isWhole || !gaps.isEmpty }

  /// Cuts by everything below a node, nearer halves first.
  private mutating func descend(_ disc: Int, from root: Int) {
    let x = tree.xs[disc]
    let y = tree.ys[disc]
    stack.push(root)
    while let node = stack.pop() {
      guard isOpen else { continue }
      guard canReach(tree.boxes[node], x, y) else { continue }
      if node >= tree.firstLeaf {
        cut(disc, byLeaf: node)
        continue
      }
      let left = 2 * node
      let isLeftNearer =
        tree.boxes[left].squaredDistance(x: x, y: y) <= tree.boxes[left + 1].squaredDistance(x: x, y: y)
      stack.push(isLeftNearer ? left + 1 : left)
      stack.push(isLeftNearer ? left : left + 1)
    }
  }

  /// Whether a centre in the box could cover something that is not covered yet.
  @inline(__always)
  private func canReach(_ box: Box, _ x: Double, _ y: Double) -> Bool {
    let scale = inverse * inverse
    if box.squaredDistance(x: x, y: y) * scale > 4 { return false }
    if isWhole || gaps.count > 4 { return true }
    for gap in gaps {
      let squared = box.squaredDistance(x: x + radius * gap.middleX, y: y + radius * gap.middleY) * scale
      // Not a number where squares go beyond what a number holds; then nothing is passed over.
      if !(squared > gap.reach) { return true }
    }
    return false
  }

  /// Whether a disc there, in radii from this one's centre, could cover something that is not covered yet.
  @inline(__always)
  private func canReach(_ x: Double, _ y: Double) -> Bool {
    if isWhole || gaps.count > 4 { return true }
    for gap in gaps {
      let dx = x - gap.middleX
      let dy = y - gap.middleY
      if dx * dx + dy * dy <= gap.reach { return true }
    }
    return false
  }

  private mutating func cut(_ disc: Int, byLeaf node: Int) {
    let x = tree.xs[disc]
    let y = tree.ys[disc]
    for other in tree.discs(ofLeaf: node) where other != disc {
      let ex = (tree.xs[other] - x) * inverse
      let ey = (tree.ys[other] - y) * inverse
      let squared = ex * ex + ey * ey
      guard squared < 4, squared > 0 else { continue }
      guard canReach(ex, ey) else { continue }
      // The circles meet halfway between the centres, b to either side.
      let b = (max(0, 1 / squared - 0.25)).squareRoot()
      cut(
        from: (ex / 2 + ey * b, ey / 2 - ex * b), to: (ex / 2 - ey * b, ey / 2 + ex * b),
        by: Int32(truncatingIfNeeded: other))
      if gaps.isEmpty { return }
    }
  }

  /// Takes out what one disc covers, at most half a turn.
  @inline(__always)
  private mutating func cut(from a: (x: Double, y: Double), to b: (x: Double, y: Double), by other: Int32) {
    let first = Bearing.of(a.x, a.y)
    let last = Bearing.of(b.x, b.y)
    if isWhole {
      isWhole = false
      reference = last
      gaps.append(Gap(0, Bearing.advance(from: last, to: first), b.x, b.y, a.x, a.y, other, other))
      return
    }
    var width = Bearing.advance(from: first, to: last)
    // Circles that hardly touch: the ends changed places by rounding.
    if width > Bearing.turn * 0.75 { width = 0 }
    let start = Bearing.advance(from: reference, to: first)
    let end = start + width
    subtract(start, end, a, b, other)
    if end > Bearing.turn { subtract(0, end - Bearing.turn, a, b, other) }
  }

  private mutating func subtract(
    _ start: Double, _ end: Double, _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), _ other: Int32
  ) {
    var i = 0
    while i < gaps.count {
      let gap = gaps[i]
      if end <= gap.start || start >= gap.end {
        i += 1
        continue
      }
      let right =
        end < gap.end ? Gap(end, gap.end, b.x, b.y, gap.bx, gap.by, other, gap.behind) : nil
      if start > gap.start {
        gaps[i] = Gap(gap.start, start, gap.ax, gap.ay, a.x, a.y, gap.before, other)
        if let right { gaps.insert(right, at: i + 1) }
        i += right == nil ? 1 : 2
      } else if let right {
        gaps[i] = right
        i += 1
      } else {
        gaps.remove(at: i)
      }
    }
  }
}
