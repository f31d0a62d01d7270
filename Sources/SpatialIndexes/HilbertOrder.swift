import GeometryKernel

/// The order of boxes along a Hilbert curve through their centres, ties in the order given. O(n), a radix sort;
/// O(n log n) where they lie very unevenly.
///
/// Where a quarter of the centres is in one of 64 × 64 cells, as beside one outlier far away, the curve goes through
/// their ranks: through the centres it would tell hardly one from another, and each question to a tree so packed looked
/// at all leaves.
func hilbertOrder(of boxes: [Box]) -> [Int32] {
  var extent = Box.empty
  for box in boxes { extent.formUnion(x: box.centerX, y: box.centerY) }
  // Sides beyond the largest number have no scale, and places along them no order.
  let scaleX = extent.width > 0 && extent.width.isFinite ? 65535 / extent.width : 0
  let scaleY = extent.height > 0 && extent.height.isFinite ? 65535 / extent.height : 0
  var places = boxes.map { box in
    (
      x: UInt32(min((box.centerX - extent.minX) * scaleX, 65535)),
      y: UInt32(min((box.centerY - extent.minY) * scaleY, 65535))
    )
  }
  var counts = [Int](repeating: 0, count: 64 * 64)
  for place in places { counts[Int(place.y >> 10) * 64 + Int(place.x >> 10)] += 1 }
  if boxes.count > 256, counts.contains(where: { $0 > boxes.count / 4 }) {
    let columns = ranks(of: boxes.map(\.centerX))
    let lines = ranks(of: boxes.map(\.centerY))
    for i in places.indices { places[i] = (columns[i], lines[i]) }
  }
  return radixOrder(of: places.map { hilbertKey($0.x, $0.y) })
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

/// The distance along the Hilbert curve of order 16 at a cell, both coordinates under 65536.
///
/// Rotates the quadrant while it descends (H. S. Warren, *Hacker's Delight*, 2nd edition, 16-2).
func hilbertKey(_ x: UInt32, _ y: UInt32) -> UInt32 {
  var x = x
  var y = y
  var key: UInt32 = 0
  var side: UInt32 = 1 << 15
  while side > 0 {
    let right: UInt32 = x & side != 0 ? 1 : 0
    let upper: UInt32 = y & side != 0 ? 1 : 0
    key = key << 2 | (3 * right) ^ upper
    if upper == 0 {
      if right == 1 {
        x = 0xFFFF ^ x
        y = 0xFFFF ^ y
      }
      swap(&x, &y)
    }
    side >>= 1
  }
  return key
}

/// The positions of the keys in ascending order of key, equal keys in the order given.
func radixOrder(of keys: [UInt32]) -> [Int32] {
  var order = (0..<Int32(keys.count)).map { $0 }
  guard keys.count > 1 else { return order }
  var next = order
  for shift in [UInt32(0), 11, 22] {
    var starts = [Int](repeating: 0, count: 2049)
    for key in keys { starts[Int(key >> shift & 2047) + 1] += 1 }
    for digit in 0..<2048 { starts[digit + 1] += starts[digit] }
    for position in order {
      let digit = Int(keys[Int(position)] >> shift & 2047)
      next[starts[digit]] = position
      starts[digit] += 1
    }
    swap(&order, &next)
  }
  return order
}
