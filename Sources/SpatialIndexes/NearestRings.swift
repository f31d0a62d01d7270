import GeometryKernel

/// Keeps the nearest of the points that a search offers.
protocol NearestKeeper {
  /// A point whose squared distance is greater need not be offered.
  var reach: Double { get }
  mutating func offer(_ hit: Hit)
}

/// The one nearest point.
struct NearestOne: NearestKeeper {
  var best: Hit
  private(set) var reach: Double

  /// Finds within the root of `limit`; `best.row` stays the largest number where nothing is.
  init(squared limit: Double) {
    best = Hit(row: .max, squared: limit)
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

/// The `k` nearest points, in a heap with the farthest on top.
struct NearestHeap: NearestKeeper {
  let k: Int
  let limit: Double
  private(set) var heap: [Hit] = []

  init(_ k: Int, squared limit: Double) {
    self.k = k
    self.limit = limit
  }

  mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

  /// Nearest first.
  mutating func sort() { heap.sort { $0.precedes($1) } }

  var reach: Double { heap.count < k ? limit : min(limit, heap[0].squared * 1.000_000_000_000_01) }

  mutating func offer(_ hit: Hit) {
    if heap.count < k {
      heap.append(hit)
      var child = heap.count - 1
      while child > 0 {
        let parent = (child - 1) / 2
        guard heap[parent].precedes(heap[child]) else { break }
        heap.swapAt(parent, child)
        child = parent
      }
      return
    }
    guard hit.precedes(heap[0]) else { return }
    heap[0] = hit
    var parent = 0
    while true {
      var farthest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[farthest].precedes(heap[child]) {
        farthest = child
      }
      if farthest == parent { return }
      heap.swapAt(parent, farthest)
      parent = farthest
    }
  }
}

extension GridView {
  /// Offers the points around a position ring by ring of cells, until the border of the block looked at is farther than
  /// what the keeper would take.
  @inline(__always)
  func search<Keeper: NearestKeeper>(x: Double, y: Double, _ keeper: inout Keeper) {
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
      let toLeft = left < 0 ? .infinity : max(0, x - (frame.minX + Double(left + 1) * frame.cell) - slack)
      let toRight = right >= frame.columns ? .infinity : max(0, frame.minX + Double(right) * frame.cell - x - slack)
      let toBelow = below < 0 ? .infinity : max(0, y - (frame.minY + Double(below + 1) * frame.cell) - slack)
      let toAbove = above >= frame.lines ? .infinity : max(0, frame.minY + Double(above) * frame.cell - y - slack)
      let nearest = min(min(toLeft, toRight), min(toBelow, toAbove))
      if nearest == .infinity || nearest * nearest > keeper.reach { return }

      let columns = max(left, 0)...min(right, frame.columns - 1)
      if toBelow * toBelow <= keeper.reach, below >= 0 { offer(probe, line: below, columns: columns, &keeper) }
      if toAbove * toAbove <= keeper.reach, above < frame.lines {
        offer(probe, line: above, columns: columns, &keeper)
      }
      let middle = max(below + 1, 0)...min(above - 1, frame.lines - 1)
      if toLeft * toLeft <= keeper.reach, left >= 0 {
        for line in middle { offer(probe, line: line, columns: left...left, &keeper) }
      }
      if toRight * toRight <= keeper.reach, right < frame.columns {
        for line in middle { offer(probe, line: line, columns: right...right, &keeper) }
      }
      ring += 1
    }
  }

  @inline(__always)
  private func offer<Keeper: NearestKeeper>(
    _ probe: PointProbe, line: Int, columns: ClosedRange<Int>, _ keeper: inout Keeper
  ) {
    for i in points(line: line, columns: columns) {
      let squared = probe.squaredDistance(x: xs[i], y: ys[i])
      if squared <= keeper.reach { keeper.offer(Hit(row: rows[i], squared: squared)) }
    }
  }
}
