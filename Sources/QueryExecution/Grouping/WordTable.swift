/// Numbers 64-bit words from 0 in the order in which they first come: the hash table behind grouping and joining.
///
/// Open addressing with linear probing, at most half full; O(1) a word on average. Words come in whole batches, so that
/// the loops run on bare buffers.
struct WordTable {
  private struct Slot {
    var word: UInt64 = 0
    /// -1 in a free slot.
    var number: Int32 = -1
  }

  private(set) var count = 0
  private var slots: [Slot] = Array(repeating: Slot(), count: 64)
  private var null: Int32 = -1

  /// The number of each word, a new one where it has none yet; nulls have a number of their own.
  ///
  /// - Parameter validity: Empty when no word is null.
  mutating func identify(_ words: [UInt64], validity: [Bool] = []) -> [Int32] {
    grow(toHold: count + words.count + 1)
    let mask = slots.count - 1
    var (next, null) = (Int32(truncatingIfNeeded: count), null)
    let numbers = slots.withUnsafeMutableBufferPointer { slots in
      [Int32](unsafeUninitializedCapacity: words.count) { numbers, initialized in
        for (i, word) in words.enumerated() {
          var number: Int32
          if validity.isEmpty || validity[i] {
            let slot = Self.slot(of: word, in: UnsafeBufferPointer(slots), mask)
            number = slots[slot].number
            if number < 0 {
              number = next
              slots[slot] = Slot(word: word, number: number)
              next += 1
            }
          } else {
            if null < 0 {
              null = next
              next += 1
            }
            number = null
          }
          numbers.initializeElement(at: i, to: number)
        }
        initialized = words.count
      }
    }
    (count, self.null) = (Int(next), null)
    return numbers
  }

  /// The number of each word; -1 for those without and for nulls.
  func find(_ words: [UInt64], validity: [Bool] = []) -> [Int32] {
    let mask = slots.count - 1
    return slots.withUnsafeBufferPointer { slots in
      [Int32](unsafeUninitializedCapacity: words.count) { numbers, initialized in
        for (i, word) in words.enumerated() {
          let isKnown = validity.isEmpty || validity[i]
          numbers.initializeElement(at: i, to: isKnown ? slots[Self.slot(of: word, in: slots, mask)].number : -1)
        }
        initialized = words.count
      }
    }
  }

  @inline(__always)
  private static func slot(of word: UInt64, in slots: UnsafeBufferPointer<Slot>, _ mask: Int) -> Int {
    var slot = Int(truncatingIfNeeded: scattered(word)) & mask
    while slots[slot].number >= 0 && slots[slot].word != word { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow(toHold wanted: Int) {
    if wanted * 2 <= slots.count { return }
    let old = slots
    var size = old.count
    while size < wanted * 2 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    slots.withUnsafeMutableBufferPointer { slots in
      for slot in old where slot.number >= 0 {
        slots[Self.slot(of: slot.word, in: UnsafeBufferPointer(slots), size - 1)] = slot
      }
    }
  }
}

/// Spreads the bits of a word: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
@inline(__always)
func scattered(_ word: UInt64) -> UInt64 {
  var z = word
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
