import GeometryKernel
import WorkControl

/// Coordinates that cannot be right, or hardly.
///
/// - Swapped axes: the row is nowhere near the others, or at a latitude that there is not, and is where it should be once
///   x and y change places. Certain.
/// - Impossible: degrees beyond 180 and 90. Certain.
/// - Zero: a coordinate is exactly 0 and the other rows are nowhere near: what a program writes for "unknown". Certain.
/// - One mistyped digit: the row is outside of the bulk and inside once a single digit is another one. Suspected.
/// - Out of the region: outside of the bulk, and none of these. Suspected.
///
/// Each row is told once, under the first that fits. O(rows + digits of the rows outside).
enum Positions {
  static func symptoms(of layer: CheckedLayer, _ workers: Workers) throws -> [Symptom] {
    guard layer.geometry != nil else { return [] }
    try workers.monitor.report("looking at places", fraction: nil, done: 0)
    let bulk = try Bulk(layer, workers.monitor)
    var kinds: [Int32: ProblemKind] = [:]
    var slips: [Int32: MistypedDigit] = [:]
    for (done, number) in suspects(layer, bulk).enumerated() {
      // Trying digits takes longer than looking.
      if done & 0xFF == 0 { try workers.monitor.check() }
      let row = Int(number)
      let (x, y) = (layer.xs[row], layer.ys[row])
      let isImpossible = layer.isInDegrees && (abs(x) > 180 || abs(y) > 90)
      let isOutside = bulk.map { !$0.holds(x, y) } ?? false
      if isSwapped(x, y, layer, bulk, isImpossible: isImpossible) {
        kinds[number] = .swappedAxes
      } else if (x == 0 || y == 0) && isOutside && !(bulk?.touchesAxis ?? true) {
        kinds[number] = .zeroCoordinates
      } else if let bulk, isOutside, layer.isSinglePoint(row), let slip = MistypedDigit(x, y, where: bulk.holds) {
        kinds[number] = .mistypedDigit
        slips[number] = slip
      } else if isImpossible {
        kinds[number] = .impossibleCoordinates
      } else if isOutside {
        kinds[number] = .outOfRegion
      }
    }
    let digits = slips
    return [ProblemKind.swappedAxes, .impossibleCoordinates, .zeroCoordinates, .mistypedDigit, .outOfRegion].map {
      kind in
      Symptom(
        kind: kind, rows: kinds.keys.filter { kinds[$0] == kind }.sorted(),
        detail: { row in kind == .mistypedDigit ? digits[Int32(row)]?.text ?? "" : "" })
    }
  }

  /// Rows that have to be looked at one by one, ascending.
  private static func suspects(_ layer: CheckedLayer, _ bulk: Bulk?) -> [Int32] {
    guard layer.isInDegrees else { return bulk?.outside ?? [] }
    var rows = bulk?.outside ?? []
    var impossible: [Int32] = []
    for row in 0..<layer.rowCount where abs(layer.ys[row]) > 90 || abs(layer.xs[row]) > 180 {
      if layer.hasPlace(row) { impossible.append(Int32(row)) }
    }
    if impossible.isEmpty { return rows }
    rows += impossible
    return Set(rows).sorted()
  }

  private static func isSwapped(
    _ x: Double, _ y: Double, _ layer: CheckedLayer, _ bulk: Bulk?, isImpossible: Bool
  ) -> Bool {
    if let bulk, bulk.holds(y, x), !bulk.holds(x, y) { return true }
    // A whole layer may be swapped: then only the latitude tells.
    let isPossibleSwapped = abs(y) <= 180 && abs(x) <= 90
    return isImpossible && isPossibleSwapped && (bulk.map { abs($0.medianY) > 90 } ?? true)
  }
}

extension Bulk {
  /// A layer around the place 0, 0 has honest zeros.
  fileprivate var touchesAxis: Bool { minX <= 0 && 0 <= maxX && minY <= 0 && 0 <= maxY }
}

extension CheckedLayer {
  /// One coordinate: a slip of the keyboard moves all of it.
  func isSinglePoint(_ row: Int) -> Bool { geometry?.coordinates(at: row).count == 1 }
}

/// One digit of a coordinate, and what it should have been.
struct MistypedDigit: Sendable {
  let text: String

  /// The change that puts a place where `isPlausible` wants it; of several the one of the highest digit, x before y.
  /// `nil` where none does.
  init?(_ x: Double, _ y: Double, where isPlausible: (Double, Double) -> Bool) {
    for (number, isX) in [(x, true), (y, false)] {
      let written = "\(number)"
      guard number.isFinite, !written.contains("e") else { continue }
      var bytes = Array(written.utf8)
      for i in bytes.indices {
        let original = bytes[i]
        guard (0x30...0x39).contains(original) else { continue }
        for digit in UInt8(0x30)...0x39 where digit != original {
          bytes[i] = digit
          guard let changed = Double(String(decoding: bytes, as: UTF8.self)) else { continue }
          if isPlausible(isX ? changed : x, isX ? y : changed) {
            text = "\(written) may be \(changed)"
            return
          }
        }
        bytes[i] = original
      }
    }
    return nil
  }
}
