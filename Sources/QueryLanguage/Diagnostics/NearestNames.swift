/// The names that a mistyped one may have meant, closest first, at most three; ties keep the order of `names`.
///
/// A name is close when it differs by no more than a third of its characters (at least one, of two or more) in the
/// optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964).
/// Letter case does not count. O(length²) per name; names beyond 64 characters are passed over.
public func nearestNames(to name: String, in names: some Sequence<String>) -> [String] {
  let target = Array(name.lowercased())
  guard !target.isEmpty, target.count <= 64 else { return [] }
  var close: [(name: String, distance: Int)] = []
  for candidate in names {
    let letters = Array(candidate.lowercased())
    guard !letters.isEmpty, letters.count <= 64 else { continue }
    let longer = max(letters.count, target.count)
    let limit = longer < 2 ? 0 : max(1, longer / 3)
    guard abs(letters.count - target.count) <= limit else { continue }
    let distance = alignmentDistance(target, letters)
    // Two names of which nothing agrees are not alike, however short.
    guard distance <= limit, distance < min(letters.count, target.count) else { continue }
    close.append((candidate, distance))
  }
  let ranked = close.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
  return ranked.prefix(3).map(\.element.name)
}

private func alignmentDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      let same = a[i - 1] == b[j - 1]
      row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
