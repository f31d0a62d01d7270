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
    // Rounding can place a point this far beside the nominal border of its cell, seen from here.
    let slack = frame.slack + max(x.magnitude, y.magnitude) * 0x1p-48
    offer(probe, line: line, columns: column...column, &keeper)
    var ring = 1
    while true {
      let left = column - ring
      let right = column + ring
      let below = line - ring
      let above = line + ring
      // How far each of the sides of the block already looked at is, for a side with cells beyond it.
      let toLeft = left < 0 ? .infinity : max(0, x - frame.left(ofColumn: left + 1) - slack)
      let toRight = right >= frame.columns ? .infinity : max(0, frame.left(ofColumn: right) - x - slack)
      let toBelow = below < 0 ? .infinity : max(0, y - frame.bottom(ofLine: below + 1) - slack)
      let toAbove = above >= frame.lines ? .infinity : max(0, frame.bottom(ofLine: above) - y - slack)
      let nearest = min(min(toLeft, toRight), min(toBelow, toAbove))
      if nearest == .infinity || nearest * nearest > keeper.reach { return }

      let columns = max(left, 0)...min(right, frame.columns - 1)
      if below >= 0, toBelow * toBelow <= keeper.reach { offer(probe, line: below, columns: columns, &keeper) }
      if above < frame.lines, toAbove * toAbove <= keeper.reach {
        offer(probe, line: above, columns: columns, &keeper)
      }
      let middle = max(below + 1, 0)...min(above - 1, frame.lines - 1)
      if left >= 0, toLeft * toLeft <= keeper.reach {
        for line in middle { offer(probe, line: line, columns: left...left, &keeper) }
      }
      if right < frame.columns, toRight * toRight <= keeper.reach {
        for line in middle { offer(probe, line: line, columns: right...right, &keeper) }
      }
      ring += 1
    }
  }

  @inline(__always)
  private func offer<Keeper: NearestKeeper & ~Copyable>(
    _ probe: PointProbe, line: Int, columns: ClosedRange<Int>, _ keeper: inout Keeper
  ) {
    for i in points(line: line, columns: columns) {
      let squared = probe.squaredDistance(x: xs[i], y: ys[i])
      if squared <= keeper.reach { keeper.offer(Hit(row: rows[i], squared: squared)) }
    }
  }
}
