import GeometryKernel
import TestSupport

/// The places that the kernels work on: in metres, the same for the same seeds on every machine, and made without
/// functions whose last digit differs between C libraries.
enum City {
  static let width = 32_000.0
  static let height = 25_000.0

  static let demand = points(1_000_000, seed: 1, evenly: 0.2)
  static let facilities = points(14_000, seed: 2, evenly: 0.4)
  static let cells = Lattice(columns: 40, lines: 25).cells()

  /// Points in 60 clusters 600 m to 6 km wide, and a share of them evenly over the city.
  private static func points(_ count: Int, seed: UInt64, evenly share: Double) -> GeometryArray {
    var random = UnitRandom(seed: seed)
    let clusters = (0..<60).map { _ in
      (x: random.next() * width, y: random.next() * height, spread: 200 + random.next() * 1800)
    }
    var xs: [Double] = []
    var ys: [Double] = []
    for _ in 0..<count {
      var x = random.next() * width
      var y = random.next() * height
      if random.next() >= share {
        let cluster = clusters[Int(random.next() * 60)]
        let nearX = cluster.x + cluster.spread * (random.next() + random.next() + random.next() - 1.5)
        let nearY = cluster.y + cluster.spread * (random.next() + random.next() + random.next() - 1.5)
        if nearX > 0, nearX < width, nearY > 0, nearY < height { (x, y) = (nearX, nearY) }
      }
      xs.append(x)
      ys.append(y)
    }
    return GeometryArray(pointsX: xs, y: ys)
  }
}

/// Numbers from 0 up to 1.
struct UnitRandom {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
}

/// Cells that tile the city: a lattice with its nodes moved and its borders jagged, each border common to two cells.
struct Lattice {
  let columns: Int
  let lines: Int
  /// Pieces of a border; a cell has four times as many vertices.
  private let pieces = 48
  private let jag = 8.0

  func cells() -> GeometryArray {
    var builder = GeometryArrayBuilder(reservingRows: columns * lines)
    for line in 0..<lines {
      for column in 0..<columns {
        let south = border(column, line, isUpright: false)
        let east = border(column + 1, line, isUpright: true)
        let north = border(column, line + 1, isUpright: false).reversed()
        let west = border(column, line, isUpright: true).reversed()
        let ring = south.dropLast() + east.dropLast() + north.dropLast() + west
        builder.beginRow(.polygon)
        builder.beginPart(.area)
        builder.addRing(xs: ring.map(\.x), ys: ring.map(\.y))
        builder.endRow()
      }
    }
    return builder.finish()
  }

  private func number(_ column: Int, _ line: Int) -> UInt64 { UInt64(line * (columns + 1) + column) }

  private func node(_ column: Int, _ line: Int) -> (x: Double, y: Double) {
    var random = UnitRandom(seed: 1_000 + number(column, line))
    let (byX, byY) = (random.next() - 0.5, random.next() - 0.5)
    let (stepX, stepY) = (City.width / Double(columns), City.height / Double(lines))
    // The city's own outline stays a rectangle.
    return (
      (Double(column) + (0 < column && column < columns ? 0.4 * byX : 0)) * stepX,
      (Double(line) + (0 < line && line < lines ? 0.4 * byY : 0)) * stepY
    )
  }

  /// The border from a node to the next one east or, upright, north of it.
  private func border(_ column: Int, _ line: Int, isUpright: Bool) -> [(x: Double, y: Double)] {
    let (start, end) = (node(column, line), isUpright ? node(column, line + 1) : node(column + 1, line))
    let isOutline = isUpright ? column == 0 || column == columns : line == 0 || line == lines
    var random = UnitRandom(seed: 10_000 * (isUpright ? 2 : 1) + number(column, line))
    let inner = (1..<pieces).map { piece in
      let share = Double(piece) / Double(pieces)
      let byX = isOutline ? 0 : jag * (random.next() - 0.5)
      let byY = isOutline ? 0 : jag * (random.next() - 0.5)
      return (x: start.x + share * (end.x - start.x) + byX, y: start.y + share * (end.y - start.y) + byY)
    }
    return [start] + inner + [end]
  }
}
