import GeometryKernel
import WorkControl

/// Which rows' areas hold a position: a raster of cells or, where that would not pay, a tree over the boxes of area parts
/// and bands within each part.
struct AreaLocator: Sendable {
  private enum Structure: Sendable {
    case raster(AreaRaster)
    case tree(PackedTree, AreaBands)
  }

  private let structure: Structure
  /// Ascending.
  let parts: [AreaPart]

  /// The raster, where there is one.
  var raster: AreaRaster? { if case .raster(let raster) = structure { raster } else { nil } }

  /// O(vertices + cells).
  ///
  /// - Throws: `Cancelled`.
  init(_ view: GeometryView, workers: Workers) throws {
    let parts = Self.parts(of: view)
    self.init(parts, try AreaRaster(parts, view, workers: workers), view)
  }

  /// The same on one thread, which nobody can cancel.
  init(_ view: GeometryView) {
    let parts = Self.parts(of: view)
    self.init(parts, try? AreaRaster(parts, view, workers: .one), view)
  }

  private init(_ parts: [AreaPart], _ raster: AreaRaster?, _ view: GeometryView) {
    self.parts = parts
    structure = raster.map { .raster($0) } ?? .tree(PackedTree(parts.map(\.box)), AreaBands(view))
  }

  private static func parts(of view: GeometryView) -> [AreaPart] {
    guard !view.isPointsLayout else { return [] }
    var parts: [AreaPart] = []
    for row in 0..<view.count where !view.finiteBox(at: row).isEmpty {
      for part in view.parts(at: row) where view.dimension(ofPart: part) == .area {
        parts.append(
          AreaPart(
            part: Int32(truncatingIfNeeded: part), row: Int32(truncatingIfNeeded: row),
            box: view.box(of: view.coordinates(ofPart: part))))
      }
    }
    return parts
  }

  /// Calls `body` with the buffers, which must not leave it; `view` is the one the locator was made from.
  @inline(__always)
  func withView<Result>(_ view: GeometryView, _ body: (LocatorView) throws -> Result) rethrows -> Result {
    try parts.withUnsafeBufferPointer { parts in
      switch structure {
      case .raster(let raster):
        try raster.withView(view) { try body(LocatorView(parts: parts, structure: .raster($0))) }
      case .tree(let tree, let bands):
        try tree.withView { tree in
          try bands.withView(view) { try body(LocatorView(parts: parts, structure: .tree(tree, $0))) }
        }
      }
    }
  }

  /// What is wrong with the structure, if anything; `view` is the one the locator was made from.
  func invariantViolation(in view: GeometryView) -> String? {
    switch structure {
    case .raster(let raster): raster.invariantViolation(in: view)
    case .tree(let tree, let bands): tree.invariantViolation() ?? bands.invariantViolation(in: view)
    }
  }
}

/// The buffers of an `AreaLocator` for the length of one closure.
struct LocatorView {
  enum Structure {
    case raster(RasterView)
    case tree(TreeView, BandView)
  }

  let parts: UnsafeBufferPointer<AreaPart>
  let structure: Structure

  /// The raster, where there is one.
  var raster: RasterView? { if case .raster(let raster) = structure { raster } else { nil } }

  /// A walk through the tree, of nothing where there is a raster.
  func makeWalk() -> TreeWalk {
    if case .tree(let tree, _) = structure { TreeWalk(tree) } else { TreeWalk(.empty) }
  }

  /// Fills `found` with the rows whose areas hold a position, ascending, each once.
  @inline(__always)
  func find(x: Double, y: Double, _ walk: inout TreeWalk, into found: inout [Int32]) {
    found.removeAll(keepingCapacity: true)
    switch structure {
    case .raster(let raster):
      let known = raster.cell(x: x, y: y)
      if known >= 0 {
        found.append(known)
      } else if known < AreaRaster.nothing {
        raster.forEachRow(inList: known, x: x, y: y) { found.append($0) }
      }
    case .tree(_, let bands): find(x: x, y: y, bands, &walk, into: &found)
    }
  }

  private func find(x: Double, y: Double, _ bands: BandView, _ walk: inout TreeWalk, into found: inout [Int32]) {
    let probe = PointProbe(x: x, y: y)
    walk.restart()
    while true {
      let item = walk.next(near: probe, squared: 0)
      if item < 0 { break }
      if bands.contains(x: x, y: y, part: Int(parts[item].part)) { found.append(parts[item].row) }
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
