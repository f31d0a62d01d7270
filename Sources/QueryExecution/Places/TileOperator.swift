import FeatureTables
import GeometryKernel
import GeometryOperations
import QueryLanguage
import QueryPlanning
import SpatialIndexes
import WorkControl

extension DiagnosticCode {
  static let tooManyTiles = DiagnosticCode("value.too-many-tiles", .query)
}

/// Tiles the places of the rows with squares or hexagons, and keeps the tiles that meet one.
///
/// Tiles are aligned to the origin of the reference system, so that the same size gives the same tiles for any layer.
/// Vertices are computed from whole numbers, so that neighbours share them exactly.
final class TileOperator: CollectingOperator {
  private let shape: TileShape
  private let size: Double
  private let input: any BatchOperator
  private let work: PlaceWork
  private(set) var detail = ""
  var output: BatchReader

  /// More than this is a slip of the unit, not a wish.
  private static let mostTiles = 4_000_000.0

  init(_ shape: TileShape, size: Double, input: any BatchOperator, work: PlaceWork) {
    self.shape = shape
    self.size = size
    self.input = input
    self.work = work
    output = BatchReader(work.context)
  }

  func compute() throws -> Batch {
    let geometry = try work.collect(input, 0).geometry
    let index = SpatialIndex(geometry)
    let lattice = TileLattice(shape, size: size)
    let extent = geometry.placedRows.reduce(into: Box.empty) { $0.formUnion(geometry.box(at: Int($1))) }
    var ids = ColumnBuilder(.integer)
    var columns = ColumnBuilder(.integer)
    var rows = ColumnBuilder(.integer)
    var tiles = GeometryArrayBuilder()
    if !extent.isEmpty {
      let estimate = (extent.width / size + 2) * (extent.height / size + 2)
      guard estimate < Self.mostTiles else {
        throw Diagnostic(
          .tooManyTiles, at: work.plan.range, "about \(Int(min(estimate, 1e15))) tiles would be made",
          fix: "choose a larger size, or tile a smaller place first with `clip to`")
      }
      let lines = lattice.rows(over: extent)
      for row in lines {
        try work.context.monitor.report(
          "tiling", fraction: Double(row - lines.lowerBound) / Double(lines.count), done: ids.count)
        let line = lattice.columns(over: extent, row: row)
        let candidates = lattice.tiles(columns: line, row: row)
        for tile in try meeting(candidates, geometry, index) {
          tiles.append(candidates, row: tile)
          ids.append(Int64(ids.count + 1))
          columns.append(Int64(line.lowerBound + tile))
          rows.append(Int64(row))
        }
      }
    }
    detail = "\(index)"
    let built = Column(.geometry(tiles.finish()))
    let table = Table(
      schema: work.plan.schema, columns: [ids.finish(), columns.finish(), rows.finish(), built], rowCount: built.count)
    return Batch(table)
  }

  /// The tiles of a line that share a point with a row.
  private func meeting(_ tiles: GeometryArray, _ geometry: GeometryArray, _ index: SpatialIndex) throws -> [Int] {
    let pairs = index.candidates(of: tiles.boxes()).pairs
    guard !pairs.rows.isEmpty else { return [] }
    let answers = try work.plan.inGEOS(work.context.monitor) {
      try $0.test(.intersects, tiles, rows: pairs.queries, geometry, rows: pairs.rows)
    }
    var meets = Array(repeating: false, count: tiles.count)
    for (tile, answer) in zip(pairs.queries, answers) where answer { meets[Int(tile)] = true }
    return meets.indices.filter { meets[$0] }
  }
}

/// A regular tiling of the plane by squares, or by hexagons with two vertical sides.
struct TileLattice {
  let shape: TileShape
  /// The side of a square, or the distance between opposite sides of a hexagon.
  let size: Double
  /// Half a hexagon's width, and a third of the distance between two lines of hexagons.
  private let stepX: Double
  private let stepY: Double

  init(_ shape: TileShape, size: Double) {
    self.shape = shape
    self.size = size
    stepX = shape == .square ? size : size / 2
    stepY = shape == .square ? size : size / (2 * 3.0.squareRoot())
  }

  /// Numbers of the lines of tiles that can meet a box.
  func rows(over box: Box) -> ClosedRange<Int> {
    let height = shape == .square ? stepY : 3 * stepY
    return Int((box.minY / height).rounded(.down)) - 1...Int((box.maxY / height).rounded(.up)) + 1
  }

  func columns(over box: Box, row: Int) -> ClosedRange<Int> {
    Int((box.minX / size).rounded(.down)) - 1...Int((box.maxX / size).rounded(.up)) + 1
  }

  /// The tiles of a run of one line, as polygons.
  func tiles(columns: ClosedRange<Int>, row: Int) -> GeometryArray {
    var builder = GeometryArrayBuilder(reservingRows: columns.count)
    for column in columns {
      builder.beginRow(.polygon)
      builder.beginPart(.area)
      builder.beginRing()
      for corner in corners(column, row) {
        builder.addCoordinate(x: Double(corner.x) * stepX, y: Double(corner.y) * stepY)
      }
      builder.endRow()
    }
    return builder.finish()
  }

  /// The corners in whole steps, counter-clockwise and closed.
  private func corners(_ column: Int, _ row: Int) -> [(x: Int, y: Int)] {
    switch shape {
    case .square:
      return [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)]
    case .hexagon:
      let x = 2 * column + (row & 1)
      let y = 3 * row
      return [(x, y - 2), (x + 1, y - 1), (x + 1, y + 1), (x, y + 2), (x - 1, y + 1), (x - 1, y - 1), (x, y - 2)]
    }
  }
}
