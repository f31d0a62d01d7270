import FeatureTables

/// Numbers texts from 0 in the order in which they first come. Each is kept once, in one buffer.
struct TextTable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  private var hashes: [UInt64] = []
  /// The number of the text in a slot; -1 in a free one.
  private var slots: [Int32] = Array(repeating: -1, count: 64)
  private var null: Int32 = -1

  var count: Int { hashes.count }

  /// The texts by their numbers; empty for null's.
  var texts: TextArray { TextArray(bytes: bytes, starts: starts) }

  /// The number of a text, a new one if it has none yet. O(bytes).
  mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
    if count * 2 >= slots.count { grow() }
    let hash = Self.hash(text)
    let slot = slot(of: text, hash)
    if slots[slot] < 0 {
      slots[slot] = Int32(truncatingIfNeeded: count)
      hashes.append(hash)
      bytes.append(contentsOf: text)
      starts.append(bytes.count)
    }
    return slots[slot]
  }

  /// The number of null, which is no text.
  mutating func numberOfNull() -> Int32 {
    if null < 0 {
      null = Int32(truncatingIfNeeded: count)
      hashes.append(0)
      starts.append(bytes.count)
    }
    return null
  }

  /// The number of a text; -1 for one without. O(bytes).
  func find(_ text: UnsafeBufferPointer<UInt8>) -> Int32 { slots[slot(of: text, Self.hash(text))] }

  private func slot(of text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash && isEqual(text, number) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ text: UnsafeBufferPointer<UInt8>, _ number: Int) -> Bool {
    bytes.withUnsafeBufferPointer {
      bytesEqual(text, UnsafeBufferPointer(rebasing: $0[starts[number]..<starts[number + 1]]))
    }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, hash) in hashes.enumerated() where number != Int(null) {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }

  /// Eight bytes at a time; the same on every run, so that nothing depends on a seed.
  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: text.count) &* 0x9E37_79B9_7F4A_7C15
    var i = 0
    let raw = UnsafeRawBufferPointer(text)
    while i + 8 <= raw.count {
      hash = scattered(hash ^ raw.loadUnaligned(fromByteOffset: i, as: UInt64.self))
      i += 8
    }
    var rest: UInt64 = 0
    while i < raw.count {
      rest = rest << 8 | UInt64(raw[i])
      i += 1
    }
    return scattered(hash ^ rest)
  }
}
