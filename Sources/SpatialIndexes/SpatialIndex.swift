import GeometryKernel
import WorkControl

/// An index over the rows of a geometry array, asked in batches: nearest, within a distance, containing, overlapping.
///
/// The structure is chosen by what the data is: single points spread over their extent are sorted into a grid; lines,
/// areas, mixed rows and points too unevenly spread are packed into a Hilbert tree. Answers do not depend on the choice.
///
/// Null and empty rows, and rows with a coordinate that is not a finite number, are never found; such queries find
/// nothing. Distances are planar, in the units of the coordinates, 0 where one side meets or holds the other; areas are
/// closed. What only some questions need (outlines cut into chains, areas sorted into bands) is built when it is first
/// asked for.
public struct SpatialIndex: Sendable, CustomStringConvertible {
  enum Structure: Sendable {
    case grid(PointGrid)
    case tree(BoxedItems)
  }

  /// The rows that are indexed.
  public let geometry: GeometryArray
  let structure: Structure
  /// The points of a grid in single precision; `nil` in a tree and in a grid too large for it.
  let offsets: Deferred<GridOffsets?>
  /// The chains of all rows in a tree.
  let chains: Deferred<BoxedItems>
  /// The areas, by what they hold; without a part where no row has an area.
  let areas: Deferred<AreaLocator>

  /// What is indexed that decided for this structure: `points evenly spread`, `boxes of areas`, `points, few`.
  private let content: String

  /// O(vertices + rows): both structures are made by counting sorts.
  public init(_ geometry: GeometryArray) {
    // Nobody can cancel; if that changed, the tree would do.
    self.init(
      geometry, grid: geometry.holdsOnlyPoints ? try? geometry.withView { try PointGrid($0, workers: .one) } : nil)
  }

  /// The same index, points sorted on several threads.
  ///
  /// - Throws: `Cancelled`.
  public init(_ geometry: GeometryArray, workers: Workers) throws {
    let grid = geometry.holdsOnlyPoints ? try geometry.withView { try PointGrid($0, workers: workers) } : nil
    self.init(geometry, grid: grid)
  }

  private init(_ geometry: GeometryArray, grid: PointGrid?) {
    self.geometry = geometry
    if let grid, grid.unevenness == nil {
      structure = .grid(grid)
      content = grid.rows.count > 256 ? "points evenly spread" : "points, few"
    } else {
      structure = .tree(geometry.withView { BoxedItems(rowsOf: $0) })
      content = grid?.unevenness.map { "points " + $0 } ?? geometry.boxedContent(geometry.count == 1)
    }
    offsets = Deferred { [structure] in
      if case .grid(let grid) = structure { grid.withView { GridOffsets($0) } } else { nil }
    }
    chains = Deferred { [structure] in
      geometry.withView { view in
        switch structure {
        case .grid: BoxedItems(chainsOf: view, BoxedItems(rowsOf: view))
        case .tree(let items): BoxedItems(chainsOf: view, items)
        }
      }
    }
    areas = Deferred { geometry.withView { AreaLocator($0) } }
  }

  /// The number of rows that can be found. O(1).
  public var indexedCount: Int {
    switch structure {
    case .grid(let grid): grid.rows.count
    case .tree(let items): items.rows.count
    }
  }

  /// The structure in words and why it is that one, as `point grid 128 × 96, 24576 points evenly spread`, `packed
  /// Hilbert tree, 14000 points unevenly spread: fullest cell 3200` or `packed Hilbert tree, 1000 boxes of areas`.
  public var description: String {
    switch structure {
    case .grid(let grid): "point grid \(grid.frame.columns) × \(grid.frame.lines), \(grid.rows.count) \(content)"
    case .tree(let items): "packed Hilbert tree, \(items.rows.count) \(content)"
    }
  }

  /// What is wrong with the structures, if anything; for tests. O(n log n).
  func invariantViolation() -> String? {
    let base =
      switch structure {
      case .grid(let grid): grid.invariantViolation()
      case .tree(let items): items.tree.invariantViolation()
      }
    return base ?? chains.value.tree.invariantViolation()
      ?? geometry.withView { areas.value.invariantViolation(in: $0) }
  }
}

extension GeometryArray {
  /// What boxes are drawn around, in words.
  fileprivate func boxedContent(_ isOne: Bool) -> String {
    let boxes = isOne ? "box" : "boxes"
    switch maximumDimension {
    case .area: return "\(boxes) of areas"
    case .line: return "\(boxes) of lines"
    case .point: return "\(boxes) of several points"
    case nil: return boxes
    }
  }

  /// Whether every row is a single point or has no coordinate.
  var holdsOnlyPoints: Bool {
    if isPointsLayout { return true }
    return withView { view in
      for row in 0..<view.count {
        let parts = view.parts(at: row)
        if parts.count > 1 { return false }
        if let part = parts.first, view.dimension(ofPart: part) != .point { return false }
      }
      return true
    }
  }
}
