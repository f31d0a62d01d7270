import GeometryKernel

/// The order of positions along a Hilbert curve over their extent, ties in the order given. O(n), a radix sort;
/// O(n log n) where they lie very unevenly.
///
/// Where a quarter of the positions is in one of 64 × 64 cells, as beside one outlier far away, the curve goes through
/// their ranks: through the positions it would tell hardly one from another, and each question to a tree so packed
/// looked at all leaves. What is no number counts as the least.
public func hilbertOrder(_ xs: [Double], _ ys: [Double]) -> [Int32] {
  var extent = Box.empty
  for i in 0..<xs.count { extent.formUnion(x: xs[i], y: ys[i]) }
  let keys = HilbertCurve.steps.withUnsafeBufferPointer { steps in
    var columns = cells(xs, from: extent.minX, extent.width)
    var lines = cells(ys, from: extent.minY, extent.height)
    if isCrowded(columns, lines) { (columns, lines) = (ranks(of: xs), ranks(of: ys)) }
    return (0..<xs.count).map { HilbertCurve.distance(columns[$0], lines[$0], steps) }
  }
  return radixOrder(of: keys)
}

/// The same of the centres of boxes.
func hilbertOrder(of boxes: [Box]) -> [Int32] { hilbertOrder(boxes.map(\.centerX), boxes.map(\.centerY)) }

/// Scaled to 0…65535. Sides beyond the largest number have no scale, and places along them no order.
private func cells(_ numbers: [Double], from least: Double, _ width: Double) -> [UInt32] {
  let scale = width > 0 && width.isFinite ? 65535 / width : 0
  return numbers.map { number in
    let cell = (number - least) * scale
    return cell > 0 ? UInt32(min(cell, 65535)) : 0
  }
}

private func isCrowded(_ columns: [UInt32], _ lines: [UInt32]) -> Bool {
  guard columns.count > 256 else { return false }
  var counts = [Int32](repeating: 0, count: 64 * 64)
  counts.withUnsafeMutableBufferPointer { counts in
    for i in 0..<columns.count { counts[Int((lines[i] >> 10) << 6 | columns[i] >> 10)] += 1 }
  }
  return counts.contains { $0 > columns.count / 4 }
}

/// The place of each number among all, scaled to 0…65535; equal numbers have equal places.
private func ranks(of numbers: [Double]) -> [UInt32] {
  let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
  var ranks = [UInt32](repeating: 0, count: numbers.count)
  var rank = 0
  for (position, i) in order.enumerated() {
    if position > 0, numbers[order[position - 1]] < numbers[i] { rank = position }
    ranks[i] = UInt32(rank * 65535 / max(1, numbers.count - 1))
  }
  return ranks
}

/// The positions of the keys in ascending order of key, equal keys in the order given.
func radixOrder(of keys: [UInt32]) -> [Int32] {
  var order = (0..<Int32(keys.count)).map { $0 }
  guard keys.count > 1 else { return order }
  var next = order
  keys.withUnsafeBufferPointer { keys in
    for shift in [UInt32(0), 11, 22] {
      var starts = [Int](repeating: 0, count: 2049)
      for key in keys { starts[Int(key >> shift & 2047) + 1] += 1 }
      for digit in 0..<2048 { starts[digit + 1] += starts[digit] }
      order.withUnsafeBufferPointer { order in
        next.withUnsafeMutableBufferPointer { next in
          starts.withUnsafeMutableBufferPointer { starts in
            for i in order {
              let digit = Int(keys[Int(i)] >> shift & 2047)
              next[starts[digit]] = i
              starts[digit] += 1
            }
          }
        }
      }
      swap(&order, &next)
    }
  }
  return order
}
