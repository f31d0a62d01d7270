import GeometryKernel

/// Keeps the nearest of the points that a search offers.
protocol NearestKeeper: ~Copyable {
  /// A point whose squared distance is greater need not be offered; negative once nothing more is wanted.
  var reach: Double { get }
  mutating func offer(_ hit: Hit)
}

/// Whether there is a point at all.
struct NearestAny: NearestKeeper {
  private(set) var reach: Double
  private(set) var isFound = false

  init(squared limit: Double) { reach = limit }

  @inline(__always)
  mutating func offer(_ hit: Hit) {
    isFound = true
    reach = -1
  }
}

/// The one nearest point.
struct NearestOne: NearestKeeper {
  /// Its row is the largest number as long as nothing is found.
  private(set) var best: Hit
  private(set) var reach: Double

  init(squared limit: Double) {
    best = Hit(row: .max, squared: .infinity)
    reach = limit
  }

  @inline(__always)
  mutating func offer(_ hit: Hit) {
    guard best.row == .max || hit.precedes(best) else { return }
    best = hit
    // A little more than the square, for points at the same distance after the root.
    reach = min(reach, hit.squared * 1.000_000_000_000_01)
  }
}

/// The `k` nearest points, nearest first. For small `k`: a new point moves those behind it.
struct NearestFew: NearestKeeper, ~Copyable {
  /// Beyond this a walk through a tree is better.
  static let most = 64

  private let k: Int
  private let limit: Double
  private let list: UnsafeMutablePointer<Hit>
  private(set) var count = 0
  private(set) var reach: Double

  init(_ k: Int, squared limit: Double) {
    self.k = k
    self.limit = limit
    reach = limit
    list = .allocate(capacity: k)
    list.initialize(repeating: Hit(row: .max, squared: .infinity), count: k)
  }

  deinit { list.deallocate() }

  subscript(i: Int) -> Hit { list[i] }

  mutating func removeAll() {
    count = 0
    reach = limit
  }

  @inline(__always)
  mutating func offer(_ hit: Hit) {
    if count == k {
      guard hit.precedes(list[k - 1]) else { return }
    } else {
      count += 1
    }
    var hole = count - 1
    while hole > 0, hit.precedes(list[hole - 1]) {
      list[hole] = list[hole - 1]
      hole -= 1
    }
    list[hole] = hit
    if count == k { reach = min(limit, list[k - 1].squared * 1.000_000_000_000_01) }
  }
}

extension GridView {
  /// Offers the points around a position ring by ring of cells, until the border of the block looked at is farther than
  /// what the keeper would take.
  @inline(__always)
  func search<Keeper: NearestKeeper & ~Copyable>(x: Double, y: Double, _ keeper: inout Keeper) {
    let probe = PointProbe(x: x, y: y)
    let column = frame.column(x)
    let line = frame.line(y)
    // The block of nine cells at once: three runs, where nine cells would be nine loops of unforeseeable length.
    let first = max(column &- 1, 0)
    let last = min(column &+ 1, frame.columns &- 1)
    offer(probe, line: line, first, last, &keeper)
    if line > 0 { offer(probe, line: line &- 1, first, last, &keeper) }
    if line < frame.lines &- 1 { offer(probe, line: line &+ 1, first, last, &keeper) }

    // Mostly the block is enough: no cell beyond is nearer than one cell and the way to the border of the middle one.
    let fromLeft = x - frame.left(ofColumn: column)
    let fromBottom = y - frame.bottom(ofLine: line)
    let toBorder = min(min(fromLeft, frame.cell - fromLeft), min(fromBottom, frame.cell - fromBottom))
    let toBeyond = max(0, toBorder + frame.cell - slack(x, y))
    if toBeyond * toBeyond > keeper.reach { return }
    // Handed over and back, so that until then it can live in registers.
    keeper = searchBeyond(probe, column, line, keeper)
  }

  /// Rounding can place a point this far beside the nominal border of its cell, seen from a position.
  @inline(__always)
  func slack(_ x: Double, _ y: Double) -> Double { frame.slack + max(x.magnitude, y.magnitude) * 0x1p-48 }

  /// The rings around the block of nine.
  @inline(never)
  private func searchBeyond<Keeper: NearestKeeper & ~Copyable>(
    _ probe: PointProbe, _ column: Int, _ line: Int, _ keeper: consuming Keeper
  ) -> Keeper {
    let slack = slack(probe.x, probe.y)
    var ring = 2
    while true {
      let left = column - ring
      let right = column + ring
      let below = line - ring
      let above = line + ring
      // How far each of the sides of the block already looked at is, for a side with cells beyond it.
      let toLeft = left < 0 ? .infinity : max(0, probe.x - frame.left(ofColumn: left + 1) - slack)
      let toRight = right >= frame.columns ? .infinity : max(0, frame.left(ofColumn: right) - probe.x - slack)
      let toBelow = below < 0 ? .infinity : max(0, probe.y - frame.bottom(ofLine: below + 1) - slack)
      let toAbove = above >= frame.lines ? .infinity : max(0, frame.bottom(ofLine: above) - probe.y - slack)
      let nearest = min(min(toLeft, toRight), min(toBelow, toAbove))
      if nearest == .infinity || nearest * nearest > keeper.reach { return keeper }

      let first = max(left, 0)
      let last = min(right, frame.columns - 1)
      if below >= 0, toBelow * toBelow <= keeper.reach { offer(probe, line: below, first, last, &keeper) }
      if above < frame.lines, toAbove * toAbove <= keeper.reach { offer(probe, line: above, first, last, &keeper) }
      let middle = max(below + 1, 0)..<min(above, frame.lines)
      if left >= 0, toLeft * toLeft <= keeper.reach {
        for line in middle { offer(probe, line: line, left, left, &keeper) }
      }
      if right < frame.columns, toRight * toRight <= keeper.reach {
        for line in middle { offer(probe, line: line, right, right, &keeper) }
      }
      ring += 1
    }
  }

  /// Offers the points of neighbouring cells of one line.
  @inline(__always)
  private func offer<Keeper: NearestKeeper & ~Copyable>(
    _ probe: PointProbe, line: Int, _ first: Int, _ last: Int, _ keeper: inout Keeper
  ) {
    let base = line &* frame.columns
    var i = Int(starts[base &+ first])
    let end = Int(starts[base &+ last &+ 1])
    while i < end {
      let squared = probe.squaredDistance(x: xs[i], y: ys[i])
      if squared <= keeper.reach { keeper.offer(Hit(row: rows[i], squared: squared)) }
      i &+= 1
    }
  }
}
