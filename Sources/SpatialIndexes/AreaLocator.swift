import GeometryKernel

/// Which rows' areas hold a position: a tree over the boxes of area parts, bands within each part.
struct AreaLocator: Sendable {
  let bands: AreaBands
  let tree: PackedTree
  /// Part and row of each item of the tree, ascending.
  let parts: [Int32]
  let rows: [Int32]

  /// O(vertices).
  init(_ view: GeometryView) {
    bands = AreaBands(view)
    var parts: [Int32] = []
    var rows: [Int32] = []
    if !view.isPointsLayout {
      for row in 0..<view.count {
        for part in view.parts(at: row) where !bands.boxes[part].isEmpty {
          parts.append(Int32(truncatingIfNeeded: part))
          rows.append(Int32(truncatingIfNeeded: row))
        }
      }
    }
    tree = PackedTree(parts.map { [bands] in bands.boxes[Int($0)] })
    self.parts = parts
    self.rows = rows
  }

  /// Calls `body` with the buffers, which must not leave it; `view` is the one the locator was made from.
  @inline(__always)
  func withView<Result>(_ view: GeometryView, _ body: (LocatorView) throws -> Result) rethrows -> Result {
    try bands.withView(view) { bands in
      try tree.withView { tree in
        try parts.withUnsafeBufferPointer { parts in
          try rows.withUnsafeBufferPointer { rows in
            try body(LocatorView(bands: bands, tree: tree, parts: parts, rows: rows))
          }
        }
      }
    }
  }
}

/// The buffers of an `AreaLocator` for the length of one closure.
struct LocatorView {
  let bands: BandView
  let tree: TreeView
  let parts: UnsafeBufferPointer<Int32>
  let rows: UnsafeBufferPointer<Int32>

  /// The next row of a walk whose area holds a position, or −1. A row of several parts may come more than once where
  /// its parts touch.
  @inline(__always)
  func next(_ walk: inout TreeWalk, x: Double, y: Double) -> Int32 {
    let probe = PointProbe(x: x, y: y)
    while true {
      let item = walk.next(near: probe, squared: 0)
      if item < 0 { return -1 }
      if bands.contains(x: x, y: y, part: Int(parts[item])) { return rows[item] }
    }
  }
}
