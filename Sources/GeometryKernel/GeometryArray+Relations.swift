/// Relations between two rows, planar, in the units of the coordinates. Both sides may be of any kinds.
extension GeometryArray {
  /// The distance between a row and a row of another array: 0 where they meet or one holds the other, `nil` where one
  /// of them is null, empty or has a coordinate that is not a finite number.
  ///
  /// O(n + m) and the pairs of chains that come near; n × m / 256 box comparisons at the worst.
  public func distance(at row: Int, to other: GeometryArray, row otherRow: Int) -> Double? {
    withView { view in
      other.withView { view.squaredDistance(at: row, to: $0, row: otherRow)?.squareRoot() }
    }
  }

  /// Whether a row and a row of another array have a position in common, exactly; false where one of them is null,
  /// empty or not finite. Areas are closed and hold their inside. The cost is that of `distance`.
  public func intersects(at row: Int, _ other: GeometryArray, row otherRow: Int) -> Bool {
    withView { view in
      other.withView { view.intersects(at: row, $0, row: otherRow) }
    }
  }
}

extension GeometryView {
  /// The square of `GeometryArray.distance(at:to:row:)`.
  public func squaredDistance(at row: Int, to other: GeometryView, row otherRow: Int) -> Double? {
    let box = finiteBox(at: row)
    let otherBox = other.finiteBox(at: otherRow)
    if box.isEmpty || otherBox.isEmpty { return nil }
    if box.intersects(otherBox) {
      if startsInside(row, of: other, row: otherRow) || other.startsInside(otherRow, of: self, row: row) { return 0 }
    }
    let chains = boxedChains(at: row)
    let otherChains = other.boxedChains(at: otherRow)
    var best = Double.infinity
    for (chain, box) in chains where box.squaredDistance(to: otherBox) < best {
      for (otherChain, otherBox) in otherChains where box.squaredDistance(to: otherBox) < best {
        best = min(best, squaredDistance(chain, to: other, otherChain))
        if best == 0 { return 0 }
      }
    }
    return best
  }

  /// See `GeometryArray.intersects(at:_:row:)`.
  public func intersects(at row: Int, _ other: GeometryView, row otherRow: Int) -> Bool {
    let box = finiteBox(at: row)
    let otherBox = other.finiteBox(at: otherRow)
    guard !box.isEmpty, !otherBox.isEmpty, box.intersects(otherBox) else { return false }
    if startsInside(row, of: other, row: otherRow) || other.startsInside(otherRow, of: self, row: row) { return true }
    let otherChains = other.boxedChains(at: otherRow).filter { $0.1.intersects(box) }
    for (chain, box) in boxedChains(at: row) where box.intersects(otherBox) {
      for (otherChain, otherBox) in otherChains where box.intersects(otherBox) {
        if intersects(chain, other, otherChain) { return true }
      }
    }
    return false
  }

  private func boxedChains(at row: Int) -> [(Chain, Box)] {
    var chains: [Chain] = []
    appendChains(at: row, to: &chains)
    return chains.map { ($0, box(of: $0.coordinates)) }
  }
}
