extension GeometryArray {
  /// Geometries from buffers that somebody may have spoiled; `nil` where they do not fit together as the type's
  /// description says. Rings are not checked for being closed. O(rows + parts + rings).
  public init?(
    xs: [Double], ys: [Double], ringStarts: [Int32], partStarts: [Int32], rowStarts: [Int32], kinds: [UInt8],
    partDimensions: [UInt8]
  ) {
    self.init()
    isPointsLayout = false
    self.kinds = kinds.compactMap(GeometryKind.init(rawValue:))
    self.partDimensions = partDimensions.compactMap(PartDimension.init(rawValue:))
    guard xs.count == ys.count, self.kinds.count == kinds.count, self.partDimensions.count == partDimensions.count,
      Self.areOffsets(ringStarts, into: xs.count),
      Self.areOffsets(partStarts, into: ringStarts.count - 1), partStarts.count == partDimensions.count + 1,
      Self.areOffsets(rowStarts, into: partDimensions.count), rowStarts.count == kinds.count + 1
    else { return nil }
    (self.xs, self.ys) = (xs, ys)
    (self.ringStarts, self.partStarts, self.rowStarts) = (ringStarts, partStarts, rowStarts)
    guard (0..<partDimensions.count).allSatisfy(isWellFormed(part:)), (0..<count).allSatisfy(isWellFormed(row:)) else {
      return nil
    }
  }

  /// From 0, never falling, to the end of what they point into.
  private static func areOffsets(_ starts: [Int32], into count: Int) -> Bool {
    guard starts.first == 0, Int(starts[starts.count - 1]) == count else { return false }
    return starts.withUnsafeBufferPointer { starts in
      var isRising = true
      for i in 1..<max(starts.count, 1) { isRising = isRising && starts[i - 1] <= starts[i] }
      return isRising
    }
  }

  private func isWellFormed(part: Int) -> Bool {
    let rings = rings(ofPart: part)
    switch dimension(ofPart: part) {
    case .point: return rings.count == 1 && coordinates(ofRing: rings.lowerBound).count == 1
    case .line: return rings.count == 1 && !coordinates(ofRing: rings.lowerBound).isEmpty
    case .area: return !rings.isEmpty && rings.allSatisfy { !coordinates(ofRing: $0).isEmpty }
    }
  }

  private func isWellFormed(row: Int) -> Bool {
    let (kind, parts) = (kind(at: row), parts(at: row))
    if kind == .null { return parts.isEmpty }
    guard kind.isMulti || parts.count <= 1 else { return false }
    return kind.partDimension.map { dimension in parts.allSatisfy { self.dimension(ofPart: $0) == dimension } } ?? true
  }
}
