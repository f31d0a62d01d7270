import GeometryKernel

extension GeometryArray {
  /// What GEOS could not even hold: a coordinate that is not a number, a line of one vertex, a ring that is open or has
  /// fewer than four vertices. O(vertices of the row).
  func structuralDefect(at row: Int) -> ValidityDefect? {
    let run = coordinates(at: row)
    let bad = xs.withUnsafeBufferPointer { xs in
      ys.withUnsafeBufferPointer { ys in run.first { !xs[$0].isFinite || !ys[$0].isFinite } }
    }
    if let bad {
      return ValidityDefect(row: row, reason: "a coordinate that is not a finite number", x: xs[bad], y: ys[bad])
    }
    if isPointsLayout { return nil }
    for part in parts(at: row) {
      let dimension = dimension(ofPart: part)
      if dimension == .point { continue }
      for ring in rings(ofPart: part) {
        let run = coordinates(ofRing: ring)
        guard let first = run.first, let last = run.last else {
          return ValidityDefect(row: row, reason: "a part without vertices", x: .nan, y: .nan)
        }
        let reason: String? =
          switch dimension {
          case .area where xs[first] != xs[last] || ys[first] != ys[last]: "a ring that is not closed"
          case .area where run.count < 4: "a ring of fewer than four vertices"
          case .line where run.count < 2: "a line of one vertex"
          default: nil
          }
        if let reason { return ValidityDefect(row: row, reason: reason, x: xs[first], y: ys[first]) }
      }
    }
    return nil
  }

  /// One row, without vertices that are not numbers, with rings closed, and without rings and lines that are too short;
  /// a part whose outer ring goes, goes with its holes.
  func mendingStructure(ofRow row: Int) -> GeometryArray {
    var builder = GeometryArrayBuilder()
    builder.beginRow(kind(at: row))
    for part in parts(at: row) {
      let dimension = dimension(ofPart: part)
      var kept: [(xs: [Double], ys: [Double])] = []
      for (number, ring) in rings(ofPart: part).enumerated() {
        let run = coordinates(ofRing: ring).filter { xs[$0].isFinite && ys[$0].isFinite }
        var ringXs = run.map { xs[$0] }
        var ringYs = run.map { ys[$0] }
        if dimension == .area, let x = ringXs.first, let y = ringYs.first, ringXs.last != x || ringYs.last != y {
          ringXs.append(x)
          ringYs.append(y)
        }
        let least = dimension == .area ? 4 : dimension == .line ? 2 : 1
        if ringXs.count >= least {
          kept.append((ringXs, ringYs))
        } else if number == 0 {
          break
        }
      }
      guard !kept.isEmpty else { continue }
      builder.beginPart(dimension)
      for ring in kept { builder.addRing(xs: ring.xs, ys: ring.ys) }
    }
    builder.endRow()
    return builder.finish()
  }
}
