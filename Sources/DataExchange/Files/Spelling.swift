/// Finds what somebody may have meant.
enum Spelling {
  /// The candidate with the fewest edits (insertion, deletion, substitution, exchange of neighbours), if these are at
  /// most a third of the longer name; the first of several. O(candidates · length²).
  static func nearest(to wanted: String, among candidates: [String]) -> String? {
    let wanted = Array(wanted.lowercased())
    var best: (name: String, edits: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased())
      let allowed = max(wanted.count, letters.count) / 3
      guard abs(letters.count - wanted.count) <= allowed else { continue }
      let edits = distance(wanted, letters)
      if edits <= allowed && edits < best?.edits ?? .max { best = (candidate, edits) }
    }
    return best?.name
  }

  /// Optimal string alignment distance.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var edits = min(row[j] + 1, previous[j + 1] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { edits = min(edits, beforePrevious[j - 1] + 1) }
        row.append(edits)
      }
      beforePrevious = previous
      previous = row
    }
    return previous[b.count]
  }
}
