import GeometryKernel

/// The order of boxes along a Hilbert curve through their centres, ties in the order given. O(n): a radix sort.
func hilbertOrder(of boxes: [Box]) -> [Int32] {
  var extent = Box.empty
  for box in boxes { extent.formUnion(x: box.centerX, y: box.centerY) }
  let scaleX = extent.width > 0 ? 65535 / extent.width : 0
  let scaleY = extent.height > 0 ? 65535 / extent.height : 0
  let keys = boxes.map { box in
    hilbertKey(
      UInt32(min((box.centerX - extent.minX) * scaleX, 65535)), UInt32(min((box.centerY - extent.minY) * scaleY, 65535))
    )
  }
  return radixOrder(of: keys)
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
