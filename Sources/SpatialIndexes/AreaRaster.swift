import GeometryKernel
import WorkControl

/// For each cell of a grid what area parts reach it: most positions find their area with one look, those near an outline
/// compare the few edges that pass their cell.
///
/// A cell that one area holds wholly, and no other reaches, names its row itself, and a list names the first edges of
/// each part itself. With lists for all cells, and edges found by the part's box and bands, a look took six dependent
/// loads, nearly all cache misses: 230 ns a position.
struct AreaRaster: Sendable {
  /// A part that reaches a cell.
  struct Entry: Sendable {
    var row: Int32
    /// The first stretch of its outline that passes the run of the cell; nothing, ending before it begins, where the part
    /// holds the cell wholly.
    var edges: CellRuns.Edges
    /// The other stretches.
    var more: Range<Int32>
    /// Whether the part holds the cell after the run.
    var isInsideAfter: Bool
    var isLast: Bool
  }

  static let nothing: Int32 = -1

  let frame: GridFrame
  /// What the frame is around: no area holds a position beyond.
  let extent: Box
  /// A cell's row where one area holds it wholly, `nothing`, or −2 − the first entry of its list.
  let cells: [Int32]
  /// Ascending by part in each list.
  let entries: [Entry]
  /// What `more` of an entry points at.
  let edges: [CellRuns.Edges]

  /// What one piece of the parts reaches.
  private struct Reached: Sendable {
    var runs: [CellRuns.Run] = []
    var edges: [CellRuns.Edges] = []
    /// Where the runs of each part end.
    var ends: [Int] = []
  }

  /// `nil` where areas overlap so much that lists would be long, and for outlines so folded that a raster is no use.
  /// O(vertices + cells + entries).
  ///
  /// - Parameters:
  ///   - parts: The number, the row and the box of each part, ascending.
  ///   - view: Where the parts are.
  /// - Throws: `Cancelled`.
  init?(_ parts: [AreaPart], _ view: GeometryView, workers: Workers) throws {
    guard !parts.isEmpty else { return nil }
    var extent = Box.empty
    var vertices = 0
    var rise = 0.0
    for part in parts {
      let run = view.coordinates(ofPart: Int(part.part))
      extent.formUnion(part.box)
      vertices += run.count
      for i in run.dropFirst() { rise += (view.ys[i] - view.ys[i - 1]).magnitude }
    }
    // 512 cells an area: where areas tile a plane a sixth of the positions is near an outline.
    let wanted = min(max(512 * parts.count, 2 * vertices, 4096), 1 << 20)
    // Fewer where edges are so tall that they would be listed for many lines each.
    let tall = rise / Double(4 * vertices)
    let most = tall > 0 ? max(4096, extent.width / tall * (extent.height / tall)) : .infinity
    guard let frame = GridFrame(around: extent, cells: Int(min(Double(wanted), most))) else { return nil }
    var reaches = 0.0
    for part in parts { reaches += (part.box.width / frame.cell + 1) * (part.box.height / frame.cell + 1) }
    guard reaches <= 16 * Double(frame.cellCount) else { return nil }

    nonisolated(unsafe) let view = view
    let pieces = workers.runs(of: parts.count, atLeast: 16)
    let reached = try workers.map(pieces: pieces.count) { Self.reached(by: parts[pieces[$0]], view, frame) }
    var counts = [Int32](repeating: 0, count: frame.cellCount)
    for piece in reached {
      guard let piece else { return nil }
      for run in piece.runs {
        let line = Int(run.line) * frame.columns
        for column in run.columns { counts[line + column] &+= 1 }
      }
    }
    self.init(reached.compactMap { $0 }, parts, counts, frame, extent)
  }

  /// `nil` where a part is too folded.
  private static func reached(by parts: ArraySlice<AreaPart>, _ view: GeometryView, _ frame: GridFrame) -> Reached? {
    var finder = CellRuns()
    var reached = Reached()
    for part in parts {
      guard finder.find(part: Int(part.part), part.box, of: view, in: frame) else { return nil }
      let base = Int32(truncatingIfNeeded: reached.edges.count)
      for var run in finder.runs {
        run.stretches = (run.stretches.lowerBound + base)..<(run.stretches.upperBound + base)
        reached.runs.append(run)
      }
      reached.edges += finder.stretches.lazy.map(\.edges)
      reached.ends.append(reached.runs.count)
    }
    return reached
  }

  private init(_ reached: [Reached], _ parts: [AreaPart], _ counts: [Int32], _ frame: GridFrame, _ extent: Box) {
    var counts = counts
    // Cells that several parts reach have a list for certain; those of one part only if its outline is there.
    var cells = counts.map { $0 == 0 ? Self.nothing : $0 > 1 ? Int32.min : 0 }
    var entries: [Entry] = []
    var edges: [CellRuns.Edges] = []
    cells.withUnsafeMutableBufferPointer { cells in
      counts.withUnsafeMutableBufferPointer { counts in
        Self.forEachRun(reached, frame) { item, _, run, range in
          let known = run.isInside ? parts[item].row : .min
          for cell in range where counts[cell] == 1 { cells[cell] = known }
        }
        var next = 0
        for cell in cells.indices where cells[cell] == .min {
          cells[cell] = Int32(truncatingIfNeeded: -2 &- next)
          next &+= Int(counts[cell])
        }
        let none = CellRuns.Edges(begin: 0, end: -1)
        entries = [Entry](unsafeUninitializedCapacity: next) { entries, initialized in
          Self.forEachRun(reached, frame) { item, piece, run, range in
            var entry = Entry(
              row: parts[item].row, edges: none, more: 0..<0, isInsideAfter: run.isInsideAfter, isLast: false)
            if !run.isInside {
              entry.edges = reached[piece].edges[Int(run.stretches.lowerBound)]
              let first = Int32(truncatingIfNeeded: edges.count)
              for i in run.stretches.dropFirst() { edges.append(reached[piece].edges[Int(i)]) }
              entry.more = first..<Int32(truncatingIfNeeded: edges.count)
            }
            // While lists are filled a cell names the next free entry, and its count is of those that are to come.
            for cell in range where cells[cell] < Self.nothing {
              counts[cell] &-= 1
              entry.isLast = counts[cell] == 0
              entries[-2 &- Int(cells[cell])] = entry
              cells[cell] &-= 1
            }
          }
          initialized = next
        }
        var start: Int32 = 0
        for cell in cells.indices where cells[cell] < Self.nothing {
          let end = -2 &- cells[cell]
          cells[cell] = -2 &- start
          start = end
        }
      }
    }
    self.frame = frame
    self.extent = extent
    self.cells = cells
    self.entries = entries
    self.edges = edges
  }

  /// Calls `body` with each run, in the order of parts: the numbers of its part and of its piece, the run and its cells.
  @inline(__always)
  private static func forEachRun(
    _ reached: [Reached], _ frame: GridFrame, _ body: (Int, Int, CellRuns.Run, Range<Int>) -> Void
  ) {
    var item = 0
    for piece in reached.indices {
      var next = 0
      for end in reached[piece].ends {
        for run in reached[piece].runs[next..<end] {
          let line = Int(run.line) * frame.columns
          body(item, piece, run, (line + Int(run.first))..<(line + Int(run.last) + 1))
        }
        next = end
        item += 1
      }
    }
  }

  /// Calls `body` with the buffers, which must not leave it; `view` is the one the raster was made from.
  @inline(__always)
  func withView<Result>(_ view: GeometryView, _ body: (RasterView) throws -> Result) rethrows -> Result {
    try cells.withUnsafeBufferPointer { cells in
      try entries.withUnsafeBufferPointer { entries in
        try edges.withUnsafeBufferPointer { edges in
          try body(RasterView(view: view, frame: frame, extent: extent, cells: cells, entries: entries, edges: edges))
        }
      }
    }
  }

  /// What is wrong with the structure, if anything: near two corners and in the middle of some hundred cells what the
  /// raster says is what the outlines say, rows ascending. O(vertices of the areas there).
  func invariantViolation(in view: GeometryView) -> String? {
    guard cells.count == frame.cellCount else { return "\(cells.count) cells" }
    return withView(view) { raster in
      for cell in stride(from: 0, to: cells.count, by: cells.count / 300 + 1) {
        let left = frame.left(ofColumn: cell % frame.columns)
        let bottom = frame.bottom(ofLine: cell / frame.columns)
        for (i, j) in [(0.01, 0.99), (0.99, 0.01), (0.5, 0.5)] {
          let (x, y) = (left + i * frame.cell, bottom + j * frame.cell)
          var rows: [Int32] = cells[cell] >= 0 ? [cells[cell]] : []
          if cells[cell] < Self.nothing { raster.forEachRow(inList: cells[cell], x: x, y: y) { rows.append($0) } }
          for (a, b) in zip(rows, rows.dropFirst()) where a >= b { return "cell \(cell) is out of order" }
          for row in rows where view.location(x: x, y: y, inRow: Int(row)) == .outside {
            return "cell \(cell) says that row \(row) holds what it does not"
          }
        }
      }
      return nil
    }
  }
}

/// An area part of a row.
struct AreaPart: Sendable {
  var part: Int32
  var row: Int32
  var box: Box
}

/// The buffers of an `AreaRaster` for the length of one closure.
struct RasterView {
  let view: GeometryView
  let frame: GridFrame
  let extent: Box
  let cells: UnsafeBufferPointer<Int32>
  let entries: UnsafeBufferPointer<AreaRaster.Entry>
  let edges: UnsafeBufferPointer<CellRuns.Edges>

  /// What is known of a position by its cell alone: the row of the one area, `nothing`, or less than that for a list.
  @inline(__always)
  func cell(x: Double, y: Double) -> Int32 {
    extent.contains(x: x, y: y) ? cells[frame.cell(x: x, y: y)] : AreaRaster.nothing
  }

  /// The first entry of a list, by its name in the cell.
  @inline(__always)
  func entry(ofList list: Int32) -> Int { -2 &- Int(list) }

  /// Whether the part of an entry holds a position of its cell.
  @inline(__always)
  func holds(_ entry: AreaRaster.Entry, x: Double, y: Double) -> Bool {
    if entry.edges.end < entry.edges.begin { return true }
    var crossings = RayCrossings(x: x, y: y)
    if view.cross(entry.edges, &crossings) { return true }
    var next = Int(entry.more.lowerBound)
    while next < Int(entry.more.upperBound) {
      if view.cross(edges[next], &crossings) { return true }
      next &+= 1
    }
    return crossings.isInside != entry.isInsideAfter
  }

  /// The smallest row in a list that holds a position, or `nothing`.
  @inline(__always)
  func first(inList list: Int32, x: Double, y: Double) -> Int32 {
    var i = entry(ofList: list)
    while true {
      if holds(entries[i], x: x, y: y) { return entries[i].row }
      if entries[i].isLast { return AreaRaster.nothing }
      i &+= 1
    }
  }

  /// Calls `body` with the rows in a list that hold a position, ascending, each once.
  @inline(__always)
  func forEachRow(inList list: Int32, x: Double, y: Double, _ body: (Int32) -> Void) {
    var last = AreaRaster.nothing
    var i = entry(ofList: list)
    while true {
      if entries[i].row != last, holds(entries[i], x: x, y: y) {
        last = entries[i].row
        body(last)
      }
      if entries[i].isLast { return }
      i &+= 1
    }
  }
}
