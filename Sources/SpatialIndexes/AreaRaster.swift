import GeometryKernel

/// For each cell of a grid the area parts that reach it, ascending, with a mark on those that hold it wholly: most
/// positions find their areas without a test against an outline.
struct AreaRaster: Sendable {
  let frame: GridFrame
  /// What the frame is around: no area holds a position beyond.
  let extent: Box
  let starts: [Int32]
  /// Twice the item, plus one where it holds the cell wholly.
  let entries: [Int32]

  /// `nil` where areas overlap so much that the lists would be long. O(vertices + cells + entries).
  ///
  /// - Parameters:
  ///   - parts: The part of each item.
  ///   - bands: The areas.
  init?(_ parts: [Int32], _ bands: BandView) {
    guard parts.count > 1, parts.count < 1 << 30 else { return nil }
    var extent = Box.empty
    for part in parts { extent.formUnion(bands.boxes[Int(part)]) }
    // 256 cells an area leave a quarter of the positions to be tested where areas tile a plane.
    guard let frame = GridFrame(around: extent, cells: min(max(256 * parts.count, 4096), 1 << 20)) else { return nil }
    var most = 0.0
    for part in parts {
      let box = bands.boxes[Int(part)]
      most += (box.width / frame.cell + 1) * (box.height / frame.cell + 1)
    }
    guard most <= 16 * Double(frame.cellCount) else { return nil }

    var all: [CellRuns.Run] = []
    var ends: [Int] = []
    var finder = CellRuns()
    var starts = [Int32](repeating: 0, count: frame.cellCount + 1)
    for part in parts {
      finder.find(parts: Int(part)..<(Int(part) + 1), of: bands, in: frame)
      for run in finder.runs {
        let line = Int(run.line) * frame.columns
        for column in run.columns { starts[line + column + 1] += 1 }
      }
      all += finder.runs
      ends.append(all.count)
    }
    for cell in 0..<frame.cellCount { starts[cell + 1] += starts[cell] }
    var entries = [Int32](repeating: 0, count: Int(starts[frame.cellCount]))
    var start = 0
    for (item, end) in ends.enumerated() {
      for run in all[start..<end] {
        let entry = Int32(truncatingIfNeeded: 2 * item + (run.isInside ? 1 : 0))
        let line = Int(run.line) * frame.columns
        for column in run.columns {
          entries[Int(starts[line + column])] = entry
          starts[line + column] += 1
        }
      }
      start = end
    }
    for cell in stride(from: frame.cellCount, to: 0, by: -1) { starts[cell] = starts[cell - 1] }
    starts[0] = 0
    self.frame = frame
    self.extent = extent
    self.starts = starts
    self.entries = entries
  }

  /// What is wrong with the structure, if anything: items ascending in each cell; near the corners and in the middle of
  /// a cell marked as held the area holds the position. O(entries).
  func invariantViolation(_ parts: [Int32], _ bands: BandView) -> String? {
    guard starts.count == frame.cellCount + 1, Int(starts[frame.cellCount]) == entries.count else {
      return "list length"
    }
    for cell in 0..<frame.cellCount {
      let list = entries[Int(starts[cell])..<Int(starts[cell + 1])]
      for (a, b) in zip(list, list.dropFirst()) where a >> 1 >= b >> 1 { return "cell \(cell) is out of order" }
      let left = frame.left(ofColumn: cell % frame.columns)
      let bottom = frame.bottom(ofLine: cell / frame.columns)
      for entry in list where entry & 1 == 1 {
        for (i, j) in [(0.01, 0.01), (0.99, 0.01), (0.01, 0.99), (0.99, 0.99), (0.5, 0.5)] {
          let part = Int(parts[Int(entry >> 1)])
          guard bands.contains(x: left + i * frame.cell, y: bottom + j * frame.cell, part: part) else {
            return "cell \(cell) is not wholly in item \(entry >> 1)"
          }
        }
      }
    }
    return nil
  }
}

/// The buffers of an `AreaRaster` for the length of one closure.
struct RasterView {
  let frame: GridFrame
  let extent: Box
  let starts: UnsafeBufferPointer<Int32>
  let entries: UnsafeBufferPointer<Int32>
}
