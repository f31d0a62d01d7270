/// What is known of each row of a line layer besides its line. An empty column says nothing of any row.
public struct StreetAttributes: Sendable {
  /// The names that `classes` numbers; one unnamed class where there is no column.
  public var classNames: [String]
  public var classes: [UInt8]
  /// Everybody in both directions where empty.
  public var access: [StreetAccess]
  /// Metres a second; not a number, or 0 or less, where the source does not say.
  public var speeds: [Double]

  public init(
    classNames: [String] = [""], classes: [UInt8] = [], access: [StreetAccess] = [], speeds: [Double] = []
  ) {
    self.classNames = classNames
    self.classes = classes
    self.access = access
    self.speeds = speeds
  }

  /// - Throws: `attributeCount`, `unknownClass`, `tooManyClasses`.
  func check(rows: Int) throws(StreetNetworkError) {
    for (name, count) in [("the class column", classes.count), ("access", access.count), ("speed", speeds.count)] {
      if count != 0 && count != rows { throw .attributeCount(name: name, expected: rows, found: count) }
    }
    if classNames.count > 256 { throw .tooManyClasses(classNames.count) }
    if let row = classes.firstIndex(where: { $0 >= classNames.count }) { throw .unknownClass(row: row) }
    if classNames.isEmpty { throw .unknownClass(row: 0) }
  }

  func streetClass(ofRow row: Int) -> UInt8 { classes.isEmpty ? 0 : classes[row] }

  func access(ofRow row: Int) -> StreetAccess { access.isEmpty ? .all : access[row] }

  /// Centimetres a second, 0 where unknown.
  func speed(ofRow row: Int) -> UInt16 {
    guard !speeds.isEmpty, speeds[row] > 0 else { return 0 }
    return UInt16(min(max(1, (speeds[row] * 100).rounded()), 65535))
  }
}
