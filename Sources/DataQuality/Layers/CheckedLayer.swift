import FeatureTables
import GeometryKernel
import Projections

/// Rows under examination, with what several checks need of them.
public struct CheckedLayer: Sendable {
  /// As it is written in a query.
  public let name: String
  public let table: Table
  /// Of the geometry; checks see the coordinates as the layer keeps them, because mistakes are made in these.
  public let referenceSystem: ReferenceSystem?
  public let geometry: GeometryArray?
  /// A place for each row, the middle of its box; NaN where it has none.
  let xs: [Double]
  let ys: [Double]

  /// O(vertices).
  public init(name: String, table: Table, referenceSystem: ReferenceSystem?) {
    self.name = name
    self.table = table
    self.referenceSystem = referenceSystem
    geometry = table.geometry
    if let geometry, geometry.isPointsLayout {
      (xs, ys) = (geometry.xs, geometry.ys)
    } else {
      var xs = [Double](repeating: .nan, count: table.rowCount)
      var ys = xs
      table.geometry?.withView { view in
        for row in 0..<view.count {
          let box = view.finiteBox(at: row)
          if !box.isEmpty { (xs[row], ys[row]) = (box.centerX, box.centerY) }
        }
      }
      (self.xs, self.ys) = (xs, ys)
    }
  }

  var rowCount: Int { table.rowCount }

  /// True when coordinates are degrees.
  var isInDegrees: Bool { referenceSystem?.isGeographic ?? false }

  func hasPlace(_ row: Int) -> Bool { xs[row].isFinite && ys[row].isFinite }

  /// Metres in one unit of x and of y, at a place.
  ///
  /// On the ellipsoid of WGS 84 to a tenth of a percent (series in the latitude); 1 where nobody knows the system.
  func metresPerUnit(atY y: Double) -> (x: Double, y: Double) {
    guard isInDegrees else {
      let metres = referenceSystem?.metresPerUnit ?? 1
      return (metres, metres)
    }
    let latitude = max(-89.9, min(89.9, y.isFinite ? y : 0)) * .pi / 180
    let cosine = latitude.cosine
    let doubled = 2 * cosine * cosine - 1
    return (111_412.84 * cosine - 93.5 * (4 * cosine * cosine * cosine - 3 * cosine), 111_132.92 - 559.82 * doubled)
  }

  // MARK: What rows are called

  /// `id 12 泺口街道`, or `row 7`.
  func label(of row: Int) -> String {
    var words: [String] = []
    if let id = Self.column(of: table, named: Self.idNames) { words.append("\(id.name) \(shown(id.column, row))") }
    if let name = Self.column(of: table, named: Self.titleNames), !name.column.isNull(at: row) {
      words.append(shown(name.column, row))
    }
    return words.isEmpty ? "row \(row + 1)" : words.joined(separator: " ")
  }

  static let idNames: Set<String> = ["id", "fid", "gid", "objectid", "ogc_fid", "编号", "序号"]
  private static let titleNames: Set<String> = ["name", "title", "名称", "站名", "小区名称"]

  private static func column(of table: Table, named names: Set<String>) -> (name: String, column: Column)? {
    guard let index = table.schema.fields.firstIndex(where: { names.contains($0.name.lowercased()) }) else {
      return nil
    }
    return (table.schema.fields[index].name, table.columns[index])
  }

  private func shown(_ column: Column, _ row: Int) -> String {
    switch column.value(at: row) {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): value.count > 24 ? value.prefix(23) + "…" : value
    case .date(let value): value.text
    }
  }
}

extension Double {
  /// The cosine of an angle in radians between −π/2 and π/2, to 1e-9: a series, so that the module needs no C library.
  fileprivate var cosine: Double {
    let square = self * self
    var term = 1.0
    var sum = 1.0
    for n in 1...8 {
      term *= -square / Double((2 * n - 1) * (2 * n))
      sum += term
    }
    return sum
  }
}
