import GeometryKernel
import WorkControl

/// The rows all of whose edges are met by an edge in the other direction, each once.
struct SettledRows {
  /// The rows looked at.
  let isUsed: [Bool]
  private(set) var rows: [Bool]

  /// Areas have to be right-handed, so that neighbours run along their edge in different directions.
  ///
  /// A hash table of edges with open addressing. O(edges).
  init(_ view: GeometryView, among isUsed: [Bool], _ monitor: WorkMonitor) throws {
    self.isUsed = isUsed
    rows = isUsed
    var edgeCount = 0
    for row in 0..<view.count where isUsed[row] { edgeCount += view.coordinates(at: row).count }
    var capacity = 16
    while capacity < 2 * edgeCount { capacity *= 2 }
    var starts = [Int32](repeating: -1, count: capacity)
    var repeated = [Bool](repeating: false, count: capacity)

    func slot(ax: Double, ay: Double, bx: Double, by: Double) -> Int {
      var state = (ax + 0).bitPattern &* 0x9E37_79B9_7F4A_7C15 ^ (ay + 0).bitPattern
      state = (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9 ^ (bx + 0).bitPattern
      state = (state ^ (state >> 32)) &* 0x94D0_49BB_1331_11EB ^ (by + 0).bitPattern
      state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      var slot = Int(truncatingIfNeeded: state ^ (state >> 31)) & (capacity - 1)
      while starts[slot] >= 0 {
        let i = Int(starts[slot])
        if view.xs[i] == ax, view.ys[i] == ay, view.xs[i + 1] == bx, view.ys[i + 1] == by { return slot }
        slot = (slot + 1) & (capacity - 1)
      }
      return slot
    }
    func forEachEdge(of row: Int, _ body: (Int) -> Void) {
      for part in view.parts(at: row) {
        for ring in view.rings(ofPart: part) {
          for i in view.coordinates(ofRing: ring).dropLast()
          where view.xs[i] != view.xs[i + 1] || view.ys[i] != view.ys[i + 1] {
            body(i)
          }
        }
      }
    }
    for row in 0..<view.count where isUsed[row] {
      try monitor.check(atRow: row)
      forEachEdge(of: row) { i in
        let place = slot(ax: view.xs[i], ay: view.ys[i], bx: view.xs[i + 1], by: view.ys[i + 1])
        if starts[place] >= 0 { repeated[place] = true } else { starts[place] = Int32(i) }
      }
    }
    for row in 0..<view.count where isUsed[row] {
      try monitor.check(atRow: row)
      forEachEdge(of: row) { i in
        let own = slot(ax: view.xs[i], ay: view.ys[i], bx: view.xs[i + 1], by: view.ys[i + 1])
        let other = slot(ax: view.xs[i + 1], ay: view.ys[i + 1], bx: view.xs[i], by: view.ys[i])
        if repeated[own] || starts[other] < 0 || repeated[other] { rows[row] = false }
      }
    }
  }

  /// Settled rows with a corner in common with some of the rows: without them a gap that two rows enclose only as far as a
  /// corner would be open. O(vertices).
  func neighbours(of open: [Int32], in geometry: GeometryArray) -> [Int32] {
    var corners: Set<Corner> = []
    geometry.withView { view in
      for row in open {
        for i in view.coordinates(at: Int(row)) { corners.insert(Corner(x: view.xs[i], y: view.ys[i])) }
      }
    }
    return geometry.withView { view in
      rows.indices.filter { row in
        rows[row] && view.coordinates(at: row).contains { corners.contains(Corner(x: view.xs[$0], y: view.ys[$0])) }
      }.map { Int32($0) }
    }
  }

  private struct Corner: Hashable {
    let x: Double
    let y: Double
  }
}
