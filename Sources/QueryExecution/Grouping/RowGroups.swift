/// The groups of the rows of a batch.
enum RowGroups {
  /// All rows are of group 0.
  case one(rows: Int)
  case numbered([Int32])

  /// Calls `body` with each row that is valid and its group.
  ///
  /// - Parameter validity: Empty where all rows are.
  @inline(__always)
  func forEach(_ validity: [Bool], _ body: (_ row: Int, _ group: Int) -> Void) {
    switch self {
    case .one(let rows):
      for row in 0..<rows where validity.isEmpty || validity[row] { body(row, 0) }
    case .numbered(let groups):
      for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] { body(row, Int(group)) }
    }
  }

  /// The group of each row.
  var numbers: [Int32] {
    switch self {
    case .one(let rows): Array(repeating: 0, count: rows)
    case .numbered(let groups): groups
    }
  }
}
