import FeatureTables
import GeometryKernel
import Testing

extension Table {
  /// A column of numbers, whole or not, in base units.
  func numbers(_ name: String, _ location: SourceLocation = #_sourceLocation) throws -> [Double?] {
    try values(name, location).map { value -> Double? in
      switch value {
      case .number(let number): number
      case .integer(let number): Double(number)
      default: nil
      }
    }
  }

  func texts(_ name: String, _ location: SourceLocation = #_sourceLocation) throws -> [String?] {
    try values(name, location).map { value -> String? in
      if case .text(let text) = value { text } else { nil }
    }
  }

  /// The only row's number.
  func number(_ name: String, _ location: SourceLocation = #_sourceLocation) throws -> Double {
    try #require(rowCount == 1, sourceLocation: location)
    return try numbers(name, location)[0].require(location)
  }

  func values(_ name: String, _ location: SourceLocation = #_sourceLocation) throws -> [Value] {
    let column = try #require(
      self[name], "no column \(name) in \(schema.fields.map(\.name))", sourceLocation: location)
    return (0..<rowCount).map { column.value(at: $0) }
  }

  /// Row by row as text, numbers to the last bit and geometry to the last coordinate: for exact comparison.
  var exactRows: [String] {
    (0..<rowCount).map { row in
      columns.map { column in
        guard let geometry = column.geometry else { return "\(column.value(at: row))" }
        if geometry.isNull(at: row) { return "null" }
        var bytes: [UInt8] = []
        geometry.appendWKB(at: row, to: &bytes)
        return String(
          decoding: bytes.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }, as: UTF8.self)
      }.joined(separator: "|")
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
