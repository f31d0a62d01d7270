/// The Hilbert curve of order 16 as a table of steps of four bits (H. S. Warren, *Hacker's Delight*, 16-1).
///
/// How the curve lies in a quadrant is one of four turns: bit 0 swaps the axes, bit 1 mirrors both.
enum HilbertCurve {
  /// For a turn and four bits of x and y: eight bits of distance, and the turn of the next step above them.
  static let steps: [UInt16] = (0..<1024).map { (index: Int) -> UInt16 in
    var turn = UInt32(index >> 8)
    var key: UInt32 = 0
    for bit in [UInt32(3), 2, 1, 0] {
      let mirror = turn >> 1
      let a: UInt32 = (UInt32(index >> 4 & 15) >> bit & 1) ^ mirror
      let b: UInt32 = (UInt32(index & 15) >> bit & 1) ^ mirror
      let right = turn & 1 == 0 ? a : b
      let upper = turn & 1 == 0 ? b : a
      key = key << 2 | (3 * right) ^ upper
      // Lower quadrants turn the curve: the first about one diagonal, the last about the other.
      if upper == 0 { turn ^= right == 0 ? 1 : 3 }
    }
    return UInt16(key | turn << 8)
  }

  /// The distance along the curve, both coordinates under 65536.
  @inline(__always)
  static func distance(_ x: UInt32, _ y: UInt32, _ steps: UnsafeBufferPointer<UInt16>) -> UInt32 {
    var key: UInt32 = 0
    var turn: UInt32 = 0
    var shift: UInt32 = 16
    while shift > 0 {
      shift -= 4
      let bits: UInt32 = (x >> shift & 15) << 4 | (y >> shift & 15)
      let step = UInt32(steps[Int(turn << 8 | bits)])
      key = key << 8 | step & 255
      turn = step >> 8
    }
    return key
  }
}
