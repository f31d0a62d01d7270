import GeometryKernel
import WorkControl

/// Sorts points by the cell of a frame, keeping the order of rows within a cell: a counting sort in two steps.
///
/// Straight into the cells, every point of a million is a cache miss in each of four arrays: 70 ms. First to blocks of
/// some thousand neighbouring cells and then within each block, all writes stay in the cache: 25 ms on one thread. Both
/// steps are shared out: rows are cut into pieces, blocks are independent. The order is the same for any cut, as a
/// block takes the points of the first piece before those of the second.
struct PointSort {
  /// A point on its way.
  private struct Placed {
    var x: Double
    var y: Double
    var row: Int32
  }

  /// How full the cells are.
  struct Fill: Sendable {
    /// The sum of the squares of the cells' counts.
    var squares = 0
    var occupied = 0
    var fullest = 0

    mutating func add(_ other: Fill) {
      squares += other.squares
      occupied += other.occupied
      fullest = max(fullest, other.fullest)
    }
  }

  private(set) var starts: [Int32] = []
  private(set) var xs: [Double] = []
  private(set) var ys: [Double] = []
  private(set) var rows: [Int32] = []
  private(set) var fill = Fill()

  private static let leastRows = 1 << 15
  /// A block of points and counts should fit a core's own cache.
  private static let cellsPerBlock = 2048
  /// More streams than this are more than the address cache follows.
  private static let mostBlocks = 1024

  /// The box around the finite points of two buffers and their number. O(n).
  ///
  /// - Throws: `Cancelled`.
  static func extent(
    _ xs: UnsafeBufferPointer<Double>, _ ys: UnsafeBufferPointer<Double>, workers: Workers
  ) throws -> (box: Box, count: Int) {
    nonisolated(unsafe) let (xs, ys) = (xs, ys)
    let pieces = workers.runs(of: xs.count, atLeast: leastRows)
    let parts = try workers.map(pieces: pieces.count) { piece in
      var box = Box.empty
      var count = 0
      for row in pieces[piece] where xs[row].isFinite && ys[row].isFinite {
        box.formUnion(x: xs[row], y: ys[row])
        count &+= 1
      }
      return (box: box, count: count)
    }
    var all = (box: Box.empty, count: 0)
    for part in parts {
      all.box.formUnion(part.box)
      all.count += part.count
    }
    return all
  }

  /// O(points + cells).
  ///
  /// - Parameter count: How many of the points are finite; the others are left out.
  /// - Throws: `Cancelled`.
  init(
    _ pointXs: UnsafeBufferPointer<Double>, _ pointYs: UnsafeBufferPointer<Double>, count: Int, in frame: GridFrame,
    workers: Workers
  ) throws {
    nonisolated(unsafe) let (pointXs, pointYs) = (pointXs, pointYs)
    let pieces = workers.runs(of: pointXs.count, atLeast: Self.leastRows)
    let cellCount = frame.cellCount
    var shift = 0
    while (cellCount - 1) >> shift >= Self.mostBlocks || 1 << shift < Self.cellsPerBlock { shift += 1 }
    let blockShift = shift
    let blocks = (cellCount - 1) >> blockShift + 1

    let counts = try workers.map(pieces: pieces.count) { piece in
      var counts = [Int](repeating: 0, count: blocks)
      counts.withUnsafeMutableBufferPointer { counts in
        for row in pieces[piece] where pointXs[row].isFinite && pointYs[row].isFinite {
          counts[frame.cell(x: pointXs[row], y: pointYs[row]) >> blockShift] &+= 1
        }
      }
      return counts
    }
    var firsts = counts
    var blockStarts: [Int] = []
    var next = 0
    for block in 0..<blocks {
      blockStarts.append(next)
      for piece in counts.indices {
        firsts[piece][block] = next
        next += counts[piece][block]
      }
    }
    blockStarts.append(next)

    let placed = UnsafeMutablePointer<Placed>.allocate(capacity: max(1, count))
    defer { placed.deallocate() }
    nonisolated(unsafe) let points = placed
    let cursors = firsts
    try workers.forEach(pieces: pieces.count) { piece in
      var cursors = cursors[piece]
      cursors.withUnsafeMutableBufferPointer { cursors in
        for row in pieces[piece] where pointXs[row].isFinite && pointYs[row].isFinite {
          let (x, y) = (pointXs[row], pointYs[row])
          let block = frame.cell(x: x, y: y) >> blockShift
          let position = cursors[block]
          cursors[block] = position &+ 1
          (points + position).initialize(to: Placed(x: x, y: y, row: Int32(truncatingIfNeeded: row)))
        }
      }
    }

    let bounds = blockStarts
    var fills: [Fill] = []
    xs = try [Double](unsafeUninitializedCapacity: count) { xs, initialized in
      ys = try [Double](unsafeUninitializedCapacity: count) { ys, initialized in
        rows = try [Int32](unsafeUninitializedCapacity: count) { rows, initialized in
          starts = try [Int32](unsafeUninitializedCapacity: cellCount + 1) { starts, initialized in
            nonisolated(unsafe) let (xs, ys, rows, starts) = (xs, ys, rows, starts)
            // As many blocks to a piece as make it worth a thread's while.
            let runs = workers.runs(of: blocks, atLeast: 4)
            fills = try workers.map(pieces: runs.count) { run in
              var fill = Fill()
              for block in runs[run] {
                let cells = (block << blockShift)..<min((block + 1) << blockShift, cellCount)
                let range = bounds[block]..<bounds[block + 1]
                fill.add(
                  Self.sort(
                    UnsafeBufferPointer(start: points + range.lowerBound, count: range.count), first: range.lowerBound,
                    cells, frame, starts, xs, ys, rows))
              }
              return fill
            }
            starts[cellCount] = Int32(truncatingIfNeeded: count)
            initialized = cellCount + 1
          }
          initialized = count
        }
        initialized = count
      }
      initialized = count
    }
    for part in fills { fill.add(part) }
  }

  /// Sorts the points of one block, which begin at position `first`, into their cells.
  private static func sort(
    _ points: UnsafeBufferPointer<Placed>, first: Int, _ cells: Range<Int>, _ frame: GridFrame,
    _ starts: UnsafeMutableBufferPointer<Int32>, _ xs: UnsafeMutableBufferPointer<Double>,
    _ ys: UnsafeMutableBufferPointer<Double>, _ rows: UnsafeMutableBufferPointer<Int32>
  ) -> Fill {
    var fill = Fill()
    for cell in cells { starts[cell] = 0 }
    for point in points { starts[frame.cell(x: point.x, y: point.y)] &+= 1 }
    var next = Int32(truncatingIfNeeded: first)
    for cell in cells {
      let count = starts[cell]
      starts[cell] = next
      next &+= count
      fill.squares &+= Int(count) &* Int(count)
      fill.occupied &+= count > 0 ? 1 : 0
      fill.fullest = max(fill.fullest, Int(count))
    }
    for point in points {
      let cell = frame.cell(x: point.x, y: point.y)
      let position = Int(starts[cell])
      starts[cell] &+= 1
      xs[position] = point.x
      ys[position] = point.y
      rows[position] = point.row
    }
    // Each start has served as its cell's cursor and now is the next one's.
    for cell in stride(from: cells.upperBound - 1, to: cells.lowerBound, by: -1) { starts[cell] = starts[cell - 1] }
    starts[cells.lowerBound] = Int32(truncatingIfNeeded: first)
    return fill
  }
}
