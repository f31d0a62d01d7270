/// The grid of main streets of the pilot area: where columns (north–south) and rows (east–west) cross, and the gates
/// between crossings at which the lanes of blocks begin. Metres east and north of the middle, turned a little and
/// crooked, as streets are.
struct PilotGrid {
  /// Column and row numbers count from the south-west.
  static let columns: [Double] = [-1450, -1000, -550, -150, 250, 700, 1150, 1500, 1850]
  static let rows: [Double] = [-1600, -1000, -600, -200, 200, 560, 900, 1250, 1600, 2050]
  /// The canal runs between this row and the next, the expressway between the first two rows.
  static let canalRow = 5
  static let canal = 730.0
  static let expressway = -1300.0

  private let corners: [[Place]]
  /// Between a crossing and the next to the east, by row and column.
  private let rowGates: [[Place]]
  /// Between a crossing and the next to the north, by row and column.
  private let columnGates: [[Place]]

  /// Metres east and north of the middle before the grid is turned.
  struct Place {
    var x: Double
    var y: Double

    /// The place on the map.
    var position: Position {
      let turn = 0.08
      return Position(117.104, 36.834).moved(east: x + turn * y, north: y - turn * x)
    }

    func moved(_ x: Double, _ y: Double) -> Place { Place(x: self.x + x, y: self.y + y) }
  }

  init(_ random: inout SplitMix64) {
    func jitter(_ width: Double) -> Double { (random.unit() - 0.5) * 2 * width }
    let corners = Self.rows.map { y in Self.columns.map { x in Place(x: x + jitter(20), y: y + jitter(20)) } }
    func between(_ a: Place, _ b: Place) -> Place {
      let share = 0.5 + jitter(0.12)
      return Place(x: a.x + share * (b.x - a.x) + jitter(6), y: a.y + share * (b.y - a.y) + jitter(6))
    }
    rowGates = corners.map { row in zip(row, row.dropFirst()).map(between) }
    columnGates = zip(corners, corners.dropFirst()).map { low, high in zip(low, high).map(between) }
    self.corners = corners
  }

  func corner(_ row: Int, _ column: Int) -> Place { corners[row][column] }
  /// The gate on the south side of a block.
  func rowGate(_ row: Int, _ column: Int) -> Place { rowGates[row][column] }
  /// The gate on the west side of a block.
  func columnGate(_ row: Int, _ column: Int) -> Place { columnGates[row][column] }

  /// How many of some places lie in each block, by row and column.
  func count(_ places: [Position]) -> [[Int]] {
    var counts = Self.rows.dropFirst().map { _ in Self.columns.dropFirst().map { _ in 0 } }
    for row in 0..<counts.count {
      for column in 0..<counts[row].count {
        let ring = [corner(row, column), corner(row, column + 1), corner(row + 1, column + 1), corner(row + 1, column)]
        let outline = Outline(ring.map(\.position))
        counts[row][column] = places.count { outline.contains($0) }
      }
    }
    return counts
  }
}
