/// The pairs of a row and another that are held at once: there may be many around each of many rows.
let mostPairs = 1_000_000

/// Runs of rows that have at most so many pairs together; a row with more is a run by itself.
func runs(of counts: [Int32], pairs mostPairs: Int = mostPairs) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var start = 0
  var pairs = 0
  for (row, count) in counts.enumerated() {
    if row > start, pairs + Int(count) > mostPairs {
      runs.append(start..<row)
      start = row
      pairs = 0
    }
    pairs += Int(count)
  }
  if start < counts.count { runs.append(start..<counts.count) }
  return runs
}
