import FeatureTables

/// The widths of a shapefile's columns: as wide as the widest value, so that files are small and nothing is cut.
struct DBFWidths {
  let width: Int
  /// Decimals of numbers.
  var precision = 0

  static let widestText = 254
  private static let widestNumber = 24

  init(_ attribute: PreparedLayer.Attribute, _ encoding: OutputEncoding) {
    switch attribute.column.storage {
    case .boolean, .geometry: width = 1
    case .integer(let values):
      width = max(1, max(values.max()?.description.utf8.count ?? 1, values.min()?.description.utf8.count ?? 1))
    case .number(let values):
      width = Self.widestNumber
      precision = Self.precision(values, attribute.factor) ?? 15
    case .date: width = 8
    case .text(let values):
      width = max(1, (0..<values.count).reduce(1) { max($0, encoding.byteCount(values.utf8(at: $1))) })
    }
  }

  /// The decimals that 24 places leave for the largest number; `nil` when one of the others would lose nine digits.
  static func precision(_ values: [Double], _ factor: Double) -> Int? {
    var largest = 0.0
    var smallest = Double.infinity
    for value in values where value.isFinite && value != 0 {
      largest = max(largest, (value / factor).magnitude)
      smallest = min(smallest, (value / factor).magnitude)
    }
    guard largest < 1e20 else { return nil }
    var digits = 1
    var power = 10.0
    while largest >= power {
      power *= 10
      digits += 1
    }
    // A sign, the point, and one place for a number that is rounded up.
    let precision = min(15, widestNumber - 3 - digits)
    var least = 1e8
    for _ in 0..<precision { least /= 10 }
    return smallest < least ? nil : precision
  }

  /// One byte tells whether a record is deleted.
  static func recordBytes(of layer: PreparedLayer) -> Int {
    layer.attributes.reduce(1) { $0 + DBFWidths($1, layer.encoding).width }
  }
}
