import GeometryKernel

/// The segments of area parts sorted into horizontal bands, so that a position is compared with the few edges at its
/// height and not with the whole outline.
///
/// A part has one band for every eight segments, fewer where segments are so tall that they would be listed many times;
/// the lists hold at most four entries a segment. Exact as `GeometryView.location`: a position's band holds every edge
/// that reaches its height.
struct AreaBands: Sendable {
  /// Each part's box; empty for parts that are no areas, and for parts of rows that are not finite. No boxes at all in the
  /// points layout.
  let boxes: [Box]
  /// Bands per unit of height, a part.
  private let scales: [Double]
  /// The first band of each part, and the end of all.
  private let partBands: [Int32]
  private let bandStarts: [Int32]
  /// The first coordinate of each listed segment.
  private let segments: [Int32]

  private static let segmentsPerBand = 8

  /// O(vertices).
  init(_ view: GeometryView) {
    var boxes: [Box] = []
    var scales: [Double] = []
    var partBands: [Int32] = [0]
    var bandStarts: [Int32] = [0]
    var segments: [Int32] = []
    for row in 0..<(view.isPointsLayout ? 0 : view.count) {
      let isFinite = !view.finiteBox(at: row).isEmpty
      for part in view.parts(at: row) {
        let box =
          isFinite && view.dimension(ofPart: part) == .area ? view.box(of: view.coordinates(ofPart: part)) : .empty
        boxes.append(box)
        var bands = 0
        if !box.isEmpty {
          bands = Self.bandCount(of: part, box, in: view)
          scales.append(box.height > 0 ? Double(bands) / box.height : 0)
          Self.sort(part, box, bands: bands, scale: scales[scales.count - 1], in: view, &bandStarts, &segments)
        } else {
          scales.append(0)
        }
        partBands.append(partBands[partBands.count - 1] + Int32(bands))
      }
    }
    self.boxes = boxes
    self.scales = scales
    self.partBands = partBands
    self.bandStarts = bandStarts
    self.segments = segments
  }

  private static func bandCount(of part: Int, _ box: Box, in view: GeometryView) -> Int {
    var count = 0
    var rise = 0.0
    for ring in view.rings(ofPart: part) {
      for i in view.coordinates(ofRing: ring).dropLast() {
        count += 1
        rise += (view.ys[i + 1] - view.ys[i]).magnitude
      }
    }
    // With b bands the segments are listed count + b × rise / height times.
    let most = rise > 0 ? 3 * Double(count) * (box.height / rise) : 1
    return max(1, Int(min(Double(count / segmentsPerBand), most)))
  }

  /// Lists the segments of a part under each band they reach: a counting sort.
  private static func sort(
    _ part: Int, _ box: Box, bands: Int, scale: Double, in view: GeometryView, _ bandStarts: inout [Int32],
    _ segments: inout [Int32]
  ) {
    let first = bandStarts.count
    let base = bandStarts[first - 1]
    var cursors = [Int32](repeating: 0, count: bands + 1)
    for ring in view.rings(ofPart: part) {
      for i in view.coordinates(ofRing: ring).dropLast() {
        for band in reach(of: i, box, bands, scale, in: view) { cursors[band + 1] += 1 }
      }
    }
    for band in 0..<bands {
      cursors[band + 1] += cursors[band]
      bandStarts.append(base + cursors[band + 1])
    }
    segments.append(contentsOf: repeatElement(0, count: Int(cursors[bands])))
    for ring in view.rings(ofPart: part) {
      for i in view.coordinates(ofRing: ring).dropLast() {
        for band in reach(of: i, box, bands, scale, in: view) {
          segments[Int(base + cursors[band])] = Int32(truncatingIfNeeded: i)
          cursors[band] += 1
        }
      }
    }
  }

  @inline(__always)
  private static func reach(
    of i: Int, _ box: Box, _ bands: Int, _ scale: Double, in view: GeometryView
  ) -> ClosedRange<Int> {
    let a = view.ys[i]
    let b = view.ys[i + 1]
    return band(min(a, b), box.minY, bands, scale)...band(max(a, b), box.minY, bands, scale)
  }

  /// Monotone in y, whatever the rounding.
  @inline(__always)
  fileprivate static func band(_ y: Double, _ minY: Double, _ bands: Int, _ scale: Double) -> Int {
    min(Int((y - minY) * scale), bands - 1)
  }

  /// Calls `body` with the buffers, which must not leave it; `view` is the one the bands were made from.
  @inline(__always)
  func withView<Result>(_ view: GeometryView, _ body: (BandView) throws -> Result) rethrows -> Result {
    try boxes.withUnsafeBufferPointer { boxes in
      try scales.withUnsafeBufferPointer { scales in
        try partBands.withUnsafeBufferPointer { partBands in
          try bandStarts.withUnsafeBufferPointer { bandStarts in
            try segments.withUnsafeBufferPointer { segments in
              try body(
                BandView(
                  view: view, boxes: boxes, scales: scales, partBands: partBands, bandStarts: bandStarts,
                  segments: segments))
            }
          }
        }
      }
    }
  }

  /// What is wrong with the structure, if anything: every segment of an area part under every band it reaches and no
  /// other. O(entries).
  func invariantViolation(in view: GeometryView) -> String? {
    guard partBands.count == boxes.count + 1, bandStarts.count == Int(partBands[boxes.count]) + 1 else {
      return "band list length"
    }
    guard Int(bandStarts[bandStarts.count - 1]) == segments.count else { return "segment list length" }
    for part in boxes.indices where !boxes[part].isEmpty {
      let bands = Int(partBands[part + 1] - partBands[part])
      var listed: Set<[Int]> = []
      for band in 0..<bands {
        let number = Int(partBands[part]) + band
        for i in segments[Int(bandStarts[number])..<Int(bandStarts[number + 1])] { listed.insert([band, Int(i)]) }
      }
      var wanted: Set<[Int]> = []
      for ring in view.rings(ofPart: part) {
        for i in view.coordinates(ofRing: ring).dropLast() {
          for band in Self.reach(of: i, boxes[part], bands, scales[part], in: view) { wanted.insert([band, i]) }
        }
      }
      guard listed == wanted else { return "part \(part) lists other segments than reach its bands" }
    }
    return nil
  }
}

/// The buffers of `AreaBands` for the length of one closure.
struct BandView {
  let view: GeometryView
  let boxes: UnsafeBufferPointer<Box>
  let scales: UnsafeBufferPointer<Double>
  let partBands: UnsafeBufferPointer<Int32>
  let bandStarts: UnsafeBufferPointer<Int32>
  let segments: UnsafeBufferPointer<Int32>

  /// Whether a closed area part holds a position.
  @inline(__always)
  func contains(x: Double, y: Double, part: Int) -> Bool {
    let box = boxes[part]
    guard box.contains(x: x, y: y) else { return false }
    let first = Int(partBands[part])
    let band = first + AreaBands.band(y, box.minY, Int(partBands[part + 1]) - first, scales[part])
    var crossings = RayCrossings(x: x, y: y)
    for entry in Int(bandStarts[band])..<Int(bandStarts[band + 1]) {
      let i = Int(segments[entry])
      if crossings.cross(view.xs[i], view.ys[i], view.xs[i + 1], view.ys[i + 1]) { return true }
    }
    return crossings.isInside
  }

  /// Whether one of a row's closed areas holds a position.
  @inline(__always)
  func contains(x: Double, y: Double, row: Int) -> Bool {
    for part in view.parts(at: row) where contains(x: x, y: y, part: part) { return true }
    return false
  }
}
