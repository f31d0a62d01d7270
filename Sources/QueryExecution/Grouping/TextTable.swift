import FeatureTables

/// Numbers texts from 0 in the order in which they first come. Each is kept once, in one buffer.
struct TextTable {
  private struct Slot {
    var hash: UInt64 = 0
    /// -1 in a free slot.
    var number: Int32 = -1
  }

  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  private var slots: [Slot] = Array(repeating: Slot(), count: 64)
  private var null: Int32 = -1

  var count: Int { starts.count - 1 }

  /// The texts by their numbers; empty for null's.
  var texts: TextArray { TextArray(bytes: bytes, starts: starts) }

  /// The number of a text, a new one if it has none yet. O(bytes).
  @inline(__always)
  mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
    if count * 2 >= slots.count { grow() }
    let hash = Self.hash(text)
    let slot = slot(of: text, hash)
    let known = slots[slot].number
    if known >= 0 { return known }
    let number = Int32(truncatingIfNeeded: count)
    slots[slot] = Slot(hash: hash, number: number)
    bytes.append(contentsOf: text)
    starts.append(bytes.count)
    return number
  }

  /// The number of null, which is no text.
  mutating func numberOfNull() -> Int32 {
    if null < 0 {
      null = Int32(truncatingIfNeeded: count)
      starts.append(bytes.count)
    }
    return null
  }

  /// The number of a text; -1 for one without. O(bytes).
  func find(_ text: UnsafeBufferPointer<UInt8>) -> Int32 { slots[slot(of: text, Self.hash(text))].number }

  @inline(__always)
  private func slot(of text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].number >= 0 {
      if slots[slot].hash == hash && isEqual(text, Int(slots[slot].number)) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  @inline(__always)
  private func isEqual(_ text: UnsafeBufferPointer<UInt8>, _ number: Int) -> Bool {
    let range = starts[number]..<starts[number + 1]
    return bytes.withUnsafeBufferPointer { bytesEqual(text, UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    let mask = slots.count - 1
    for moved in old where moved.number >= 0 {
      var slot = Int(truncatingIfNeeded: moved.hash) & mask
      while slots[slot].number >= 0 { slot = (slot + 1) & mask }
      slots[slot] = moved
    }
  }

  /// Eight bytes at a time; the same on every run, so that nothing depends on a seed.
  @inline(__always)
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
