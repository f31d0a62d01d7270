import WorkControl

/// Which blocks a drawing shows, and how much that is.
struct DrawingReach {
  /// Blocks that are shown, each behind those that it inserts.
  private(set) var blocks: [UInt64] = []
  /// Insertions that are left out, by where they begin: they would put a block into itself, or too deep.
  private(set) var endless: Set<Int> = []
  private var known: [UInt64: Extent] = [:]
  private var open: Set<UInt64> = []

  private typealias Extent = (rows: Int, height: Int)

  /// What GDAL takes are 128.
  private static let greatestHeight = 100
  /// A few bytes can ask for billions.
  private static let mostRows = 50_000_000
  /// GDAL holds those of one block at once, a kilobyte each: no more than it is told to, see `GDALLibrary.readingOptions`.
  private static let mostOfBlock = 1_000_000

  /// - Throws: `ExchangeError` for a drawing that would become too large; `Cancelled`. O(entities of the blocks shown).
  init(_ file: DrawingFile, _ outline: DrawingOutline, monitor: WorkMonitor) throws {
    let rows = try extent(outline.model + outline.paper, depth: 0, file, outline, monitor).rows
    try Self.check(rows, most: Self.mostRows, "“\(file.source.name)”")
    let largest = known.values.map(\.rows).max() ?? 0
    try Self.check(largest, most: Self.mostOfBlock, "a block of “\(file.source.name)”")
  }

  private static func check(_ rows: Int, most: Int, _ what: String) throws(ExchangeError) {
    guard rows > most else { return }
    let count = rows == .max ? "no end of" : "\(rows)"
    throw ExchangeError(
      .tooLarge, "\(what) would become \(count) rows once blocks fall apart; at most \(most) can be read.",
      fix: "Blocks are inserted in one another too often: explode or erase those that are not needed.")
  }

  private mutating func extent(
    _ entities: [Int], depth: Int, _ file: DrawingFile, _ outline: DrawingOutline, _ monitor: WorkMonitor
  ) throws -> Extent {
    try monitor.check()
    var sum: Extent = (0, 0)
    for offset in entities {
      guard outline.insertions.contains(offset) else {
        sum.rows = sum.rows == .max ? .max : sum.rows + 1
        continue
      }
      guard let insertion = try? DrawingInsertion(DrawingEntity(DrawingObject(file, at: offset))),
        outline.blocks[insertion.block] != nil
      else { continue }
      guard let part = try extent(of: insertion.block, depth: depth + 1, file, outline, monitor) else {
        endless.insert(offset)
        continue
      }
      let times = insertion.columns * insertion.rows
      let rows = part.rows.multipliedReportingOverflow(by: times)
      let total = sum.rows.addingReportingOverflow(rows.partialValue)
      sum = (rows.overflow || total.overflow ? .max : total.partialValue, max(sum.height, part.height))
    }
    return sum
  }

  /// `nil` for a block that would be inserted into itself, or too deep.
  private mutating func extent(
    of block: UInt64, depth: Int, _ file: DrawingFile, _ outline: DrawingOutline, _ monitor: WorkMonitor
  ) throws -> Extent? {
    if let extent = known[block] { return depth + extent.height <= Self.greatestHeight ? extent : nil }
    guard depth <= Self.greatestHeight, open.insert(block).inserted else { return nil }
    let inner = try extent(outline.owned[block] ?? [], depth: depth, file, outline, monitor)
    open.remove(block)
    let extent = (inner.rows, inner.height + 1)
    known[block] = extent
    blocks.append(block)
    return extent
  }
}
