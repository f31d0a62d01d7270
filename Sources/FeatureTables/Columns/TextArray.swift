/// Many texts in one UTF-8 buffer: row `i` is `bytes[starts[i]..<starts[i + 1]]`.
public struct TextArray: Sendable, Hashable {
  public private(set) var bytes: [UInt8]
  public private(set) var starts: [Int]

  public init() {
    bytes = []
    starts = [0]
  }

  public init(_ texts: some Sequence<String>) {
    self.init()
    for text in texts { append(text) }
  }

  /// Texts that are already one buffer.
  ///
  /// - Precondition: `starts` begins with 0, never falls and ends with the number of bytes.
  public init(bytes: [UInt8], starts: [Int]) {
    precondition(starts.first == 0 && starts.last == bytes.count)
    self.bytes = bytes
    self.starts = starts
  }

  public var count: Int { starts.count - 1 }

  public mutating func reserveCapacity(rows: Int) { starts.reserveCapacity(rows + 1) }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    starts.append(bytes.count)
  }

  public mutating func append(utf8: some Collection<UInt8>) {
    bytes.append(contentsOf: utf8)
    starts.append(bytes.count)
  }

  /// The text of a row; malformed UTF-8 shows as U+FFFD. Allocates: for display and rare rows.
  public subscript(row: Int) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: UnsafeBufferPointer(rebasing: $0[range(at: row)]), as: UTF8.self) }
  }

  /// Where the text of a row is in `bytes`. O(1).
  public func range(at row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// The text of a row without a copy. O(1).
  public func utf8(at row: Int) -> ArraySlice<UInt8> { bytes[range(at: row)] }

  /// Compares two rows by their bytes, which is the order of their code points; -1, 0 or 1.
  public func compare(_ row: Int, to other: TextArray, _ otherRow: Int) -> Int {
    bytes.withUnsafeBufferPointer { a in
      other.bytes.withUnsafeBufferPointer { b in
        let left = a[range(at: row)]
        let right = b[other.range(at: otherRow)]
        var i = left.startIndex
        var j = right.startIndex
        while i < left.endIndex && j < right.endIndex {
          if a[i] != b[j] { return a[i] < b[j] ? -1 : 1 }
          i += 1
          j += 1
        }
        return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
      }
    }
  }
}
