import GeometryKernel

/// A tree over the boxes of rows, or of their chains: what answers where points are not spread evenly enough for a grid,
/// and for lines and areas. Items are numbered in the order of their rows.
struct BoxedItems: Sendable {
  let tree: PackedTree
  /// The row of each item.
  let rows: [Int32]
  /// The chain of each item; empty in a tree over rows.
  let chains: [Chain]
  /// Whether every item is a single position, its box exact.
  let arePoints: Bool
  let hasOneItemPerRow: Bool

  /// One item a row. O(vertices).
  init(rowsOf view: GeometryView) {
    var boxes: [Box] = []
    var rows: [Int32] = []
    for row in 0..<view.count {
      let box = view.finiteBox(at: row)
      guard !box.isEmpty else { continue }
      boxes.append(box)
      rows.append(Int32(truncatingIfNeeded: row))
    }
    tree = PackedTree(boxes)
    self.rows = rows
    chains = []
    arePoints = false
    hasOneItemPerRow = true
  }

  /// One item a chain, for the rows that a tree over rows holds; that tree serves as it is where no row has a second
  /// chain. O(vertices).
  init(chainsOf view: GeometryView, _ byRow: BoxedItems) {
    var chains: [Chain] = []
    var rows: [Int32] = []
    for row in byRow.rows {
      view.appendChains(at: Int(row), to: &chains)
      rows.append(contentsOf: repeatElement(row, count: chains.count - rows.count))
    }
    hasOneItemPerRow = chains.count == byRow.rows.count
    tree = hasOneItemPerRow ? byRow.tree : PackedTree(chains.map { view.box(of: $0.coordinates) })
    self.rows = rows
    self.chains = chains
    arePoints = chains.allSatisfy { $0.isPoint }
  }

  /// Calls `body` with the buffers, which must not leave it; `view` is the one the items were made from.
  @inline(__always)
  func withView<Result>(_ view: GeometryView, _ body: (ItemView) throws -> Result) rethrows -> Result {
    try tree.withView { tree in
      try rows.withUnsafeBufferPointer { rows in
        try chains.withUnsafeBufferPointer { chains in
          try body(
            ItemView(
              view: view, tree: tree, rows: rows, chains: chains, arePoints: arePoints,
              hasOneItemPerRow: hasOneItemPerRow))
        }
      }
    }
  }
}

/// The buffers of `BoxedItems` over chains for the length of one closure.
struct ItemView {
  let view: GeometryView
  let tree: TreeView
  let rows: UnsafeBufferPointer<Int32>
  let chains: UnsafeBufferPointer<Chain>
  let arePoints: Bool
  let hasOneItemPerRow: Bool

  /// Appends the items whose squared distance from a probe is at most `limit`; a row of several chains may come often.
  @inline(__always)
  func collect<P: Probe>(near probe: P, squared limit: Double, _ walk: inout TreeWalk, into hits: inout [Hit]) {
    walk.restart()
    while true {
      let item = walk.next(near: probe, squared: limit)
      if item < 0 { return }
      let squared = probe.squaredDistance(to: chains[item], in: view)
      if squared <= limit { hits.append(Hit(row: rows[item], squared: squared)) }
    }
  }

  @inline(__always)
  func hasItem<P: Probe>(near probe: P, squared limit: Double, _ walk: inout TreeWalk) -> Bool {
    walk.restart()
    while true {
      let item = walk.next(near: probe, squared: limit)
      if item < 0 { return false }
      if probe.squaredDistance(to: chains[item], in: view) <= limit { return true }
    }
  }

  /// The first item of a row that has one: items ascend by row. O(log n).
  func firstItem(of row: Int32) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
