/// Distances of the same pairs under each hypothesis, and what they say.
struct Evidence {
  let matter: String
  let pairCount: Int
  let medians: [Double]
  let verdict: DatumComparison.Verdict

  /// The pairs that are near each other under one hypothesis at least.
  ///
  /// - Parameter distances: for each hypothesis those of all pairs.
  static func near(_ distances: [[Double]], within limit: Double = 2500) -> [[Double]] {
    guard let first = distances.first else { return distances }
    let kept = first.indices.filter { pair in distances.contains { $0[pair] <= limit } }
    return distances.map { hypothesis in kept.map { hypothesis[$0] } }
  }

  /// - Parameter least: with fewer pairs nothing is said.
  init(_ distances: [[Double]], matter: String, least: Int) {
    self.matter = matter
    pairCount = distances.first?.count ?? 0
    guard pairCount > 0 else {
      medians = []
      verdict = .unclear("they have no names or outlines in common that are near each other")
      return
    }
    let medians = distances.map { $0.sorted()[$0.count / 2] }
    self.medians = medians
    verdict = Self.verdict(distances, medians, least)
  }

  private static func verdict(
    _ distances: [[Double]], _ medians: [Double], _ least: Int
  ) -> DatumComparison.Verdict {
    let order = medians.indices.sorted { (medians[$0], $0) < (medians[$1], $1) }
    let (best, next) = (order[0], order[1])
    let pairs = distances[best].count
    guard pairs >= least else { return .unclear("\(least) are needed") }
    // Few pairs have to speak with one voice, and plainly.
    let isFew = pairs < 8
    guard medians[best] <= (isFew ? 0.25 : 0.6) * medians[next] else {
      return .unclear("no median is well below the others")
    }
    // Were the hypotheses equal, each would be the nearer for half of the pairs, give or take √n ÷ 2.
    let nearer = zip(distances[best], distances[next]).count { $0 < $1 }
    let beyondChance = Double(nearer) - Double(pairs) / 2
    let isPlain = isFew ? nearer == pairs : beyondChance >= 1.2 * Double(pairs).squareRoot() && nearer * 3 >= pairs * 2
    guard isPlain else { return .unclear("the pairs disagree") }
    return .found(Datum.allCases[best])
  }
}

extension DatumComparison.Verdict {
  var isUnclear: Bool {
    if case .unclear = self { true } else { false }
  }
}
