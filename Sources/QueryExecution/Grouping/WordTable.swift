/// Numbers 64-bit words from 0 in the order in which they first come: the hash table behind grouping and joining.
///
/// Open addressing with linear probing, at most half full; O(1) a word on average.
struct WordTable {
  private(set) var count = 0
  private var words: [UInt64]
  /// The number of the word in the same slot; -1 in a free one.
  private var numbers: [Int32]
  private var null: Int32 = -1

  init() {
    words = Array(repeating: 0, count: 64)
    numbers = Array(repeating: -1, count: 64)
  }

  /// The number of a word, a new one if it has none yet.
  @inline(__always)
  mutating func number(of word: UInt64) -> Int32 {
    if count * 2 >= words.count { grow() }
    let slot = slot(of: word)
    if numbers[slot] < 0 {
      words[slot] = word
      numbers[slot] = Int32(truncatingIfNeeded: count)
      count += 1
    }
    return numbers[slot]
  }

  /// The number of null, which is no word.
  mutating func numberOfNull() -> Int32 {
    if null < 0 {
      null = Int32(truncatingIfNeeded: count)
      count += 1
    }
    return null
  }

  /// The number of a word; -1 for one without.
  @inline(__always)
  func find(_ word: UInt64) -> Int32 { numbers[slot(of: word)] }

  @inline(__always)
  private func slot(of word: UInt64) -> Int {
    let mask = words.count - 1
    var slot = Int(truncatingIfNeeded: scattered(word)) & mask
    while numbers[slot] >= 0 && words[slot] != word { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldWords, oldNumbers) = (words, numbers)
    words = Array(repeating: 0, count: oldWords.count * 2)
    numbers = Array(repeating: -1, count: oldWords.count * 2)
    for i in oldWords.indices where oldNumbers[i] >= 0 {
      let slot = slot(of: oldWords[i])
      words[slot] = oldWords[i]
      numbers[slot] = oldNumbers[i]
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
