import FeatureTables
import GeometryKernel
import SpatialIndexes

/// Areas with names, in which rows that tell such a name should lie: districts, sub-districts.
public struct ReferenceAreas: Sendable {
  public let name: String
  /// The column that names them.
  public let nameColumn: String
  /// In the reference system of the layer that is checked.
  public let geometry: GeometryArray
  /// In the order of their first areas; a name that several areas have stands for all of them.
  let names: [(name: String, rows: [Int32])]
  /// How far an outline may be off, in metres.
  public let uncertainty: Double

  /// `nil` without areas or without a column of text.
  ///
  /// - Parameter table: in the reference system of the layer that is checked.
  public init?(name: String, table: Table, uncertainty: Double) {
    guard let geometry = table.geometry, geometry.maximumDimension == .area else { return nil }
    var names: [(name: String, rows: [Int32])] = []
    var nameColumn = ""
    for (field, column) in zip(table.schema.fields, table.columns) {
      guard case .text(let texts) = column.storage else { continue }
      var numbers: [String: Int] = [:]
      for row in 0..<table.rowCount where !column.isNull(at: row) && !geometry.isNullOrEmpty(at: row) {
        let text = texts[row]
        if text.isEmpty { continue }
        if let number = numbers[text] {
          names[number].rows.append(Int32(row))
        } else {
          numbers[text] = names.count
          names.append((text, [Int32(row)]))
        }
      }
      // The first column of names that differ names the areas.
      nameColumn = field.name
      if names.count * 2 > table.rowCount { break }
      names = []
    }
    guard names.count > 1 else { return nil }
    self.name = name
    self.nameColumn = nameColumn
    self.geometry = geometry
    self.names = names
    self.uncertainty = uncertainty
  }

  /// The metres in words such as `±3 km` or `±1 km`; 0 where there are none.
  public static func uncertainty(in text: String?) -> Double {
    guard let text, let sign = text.firstIndex(of: "±") else { return 0 }
    let words = text[text.index(after: sign)...].split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" })
    guard let first = words.first, let number = Double(first) else { return 0 }
    return words.dropFirst().first == "km" ? number * 1000 : number
  }
}
