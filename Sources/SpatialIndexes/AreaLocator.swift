import GeometryKernel

/// Which rows' areas hold a position: a raster of cells, or a tree over the boxes of area parts where a raster would not
/// pay, and bands within each part.
struct AreaLocator: Sendable {
  let bands: AreaBands
  let raster: AreaRaster?
  /// Empty where there is a raster.
  let tree: PackedTree
  /// Part and row of each item, ascending.
  let parts: [Int32]
  let rows: [Int32]

  /// O(vertices + cells).
  init(_ view: GeometryView) {
    let bands = AreaBands(view)
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
    self.bands = bands
    self.parts = parts
    self.rows = rows
    raster = bands.withView(view) { [parts] in AreaRaster(parts, $0) }
    tree = PackedTree(raster == nil ? parts.map { bands.boxes[Int($0)] } : [])
  }

  /// Calls `body` with the buffers, which must not leave it; `view` is the one the locator was made from.
  @inline(__always)
  func withView<Result>(_ view: GeometryView, _ body: (LocatorView) throws -> Result) rethrows -> Result {
    try bands.withView(view) { bands in
      try tree.withView { tree in
        try parts.withUnsafeBufferPointer { parts in
          try rows.withUnsafeBufferPointer { rows in
            guard let raster else {
              return try body(LocatorView(bands: bands, raster: nil, tree: tree, parts: parts, rows: rows))
            }
            return try raster.starts.withUnsafeBufferPointer { starts in
              try raster.entries.withUnsafeBufferPointer { entries in
                let raster = RasterView(frame: raster.frame, extent: raster.extent, starts: starts, entries: entries)
                return try body(LocatorView(bands: bands, raster: raster, tree: tree, parts: parts, rows: rows))
              }
            }
          }
        }
      }
    }
  }

  /// What is wrong with the structure, if anything; `view` is the one the locator was made from.
  func invariantViolation(in view: GeometryView) -> String? {
    bands.invariantViolation(in: view) ?? tree.invariantViolation()
      ?? bands.withView(view) { raster?.invariantViolation(parts, $0) }
  }
}

/// The buffers of an `AreaLocator` for the length of one closure.
struct LocatorView {
  let bands: BandView
  let raster: RasterView?
  let tree: TreeView
  let parts: UnsafeBufferPointer<Int32>
  let rows: UnsafeBufferPointer<Int32>

  /// Fills `found` with the rows whose areas hold a position, ascending, each once.
  @inline(__always)
  func find(x: Double, y: Double, _ walk: inout TreeWalk, into found: inout [Int32]) {
    found.removeAll(keepingCapacity: true)
    guard let raster else { return findInTree(x: x, y: y, &walk, into: &found) }
    guard raster.extent.contains(x: x, y: y) else { return }
    let cell = raster.frame.cell(x: x, y: y)
    for i in Int(raster.starts[cell])..<Int(raster.starts[cell + 1]) {
      let entry = raster.entries[i]
      let item = Int(entry >> 1)
      guard entry & 1 == 1 || bands.contains(x: x, y: y, part: Int(parts[item])) else { continue }
      let row = rows[item]
      if found.last != row { found.append(row) }
    }
  }

  private func findInTree(x: Double, y: Double, _ walk: inout TreeWalk, into found: inout [Int32]) {
    let probe = PointProbe(x: x, y: y)
    walk.restart()
    while true {
      let item = walk.next(near: probe, squared: 0)
      if item < 0 { break }
      if bands.contains(x: x, y: y, part: Int(parts[item])) { found.append(rows[item]) }
    }
    guard found.count > 1 else { return }
    found.sort()
    var kept = 0
    for row in found[1...] where row != found[kept] {
      kept += 1
      found[kept] = row
    }
    found.removeLast(found.count - 1 - kept)
  }
}
