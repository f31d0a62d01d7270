/// The rows of each group, ascending, in one buffer with offsets (CSR); made by a counting sort.
struct GroupedRows {
  private let starts: [Int]
  private let members: [Int32]

  /// - Parameter groups: one group a row, `0..<groupCount`; a negative one leaves the row out.
  init(_ groups: [Int32], groupCount: Int) {
    var starts = [Int](repeating: 0, count: groupCount + 1)
    for group in groups where group >= 0 { starts[Int(group) + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    var next = starts
    var members = [Int32](repeating: 0, count: starts[groupCount])
    for (row, group) in groups.enumerated() where group >= 0 {
      members[next[Int(group)]] = Int32(row)
      next[Int(group)] += 1
    }
    self.starts = starts
    self.members = members
  }

  /// The number of groups that have a row.
  var occupiedCount: Int { zip(starts, starts.dropFirst()).count { $0 < $1 } }

  func rows(of group: Int) -> ArraySlice<Int32> { members[starts[group]..<starts[group + 1]] }
}
