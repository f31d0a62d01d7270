import FeatureTables

/// The buffers of a `TextArray` inside `withTexts`.
struct TextBuffers {
  let bytes: UnsafeBufferPointer<UInt8>
  let starts: UnsafeBufferPointer<Int>

  @inline(__always)
  func text(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[starts[row]..<starts[row + 1]])
  }
}

@inline(__always)
func withBuffers<R>(_ texts: TextArray, _ body: (TextBuffers) throws -> R) rethrows -> R {
  try texts.bytes.withUnsafeBufferPointer { bytes in
    try texts.starts.withUnsafeBufferPointer { starts in try body(TextBuffers(bytes: bytes, starts: starts)) }
  }
}

/// The order of two texts by their bytes, which is that of their code points: negative, 0 or positive.
@inline(__always)
func byteOrder(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
  let common = min(a.count, b.count)
  var i = 0
  while i < common {
    if a[i] != b[i] { return Int(a[i]) - Int(b[i]) }
    i += 1
  }
  return a.count - b.count
}

@inline(__always)
func bytesEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  if a.count != b.count { return false }
  var i = 0
  while i < a.count {
    if a[i] != b[i] { return false }
    i += 1
  }
  return true
}

/// Writes texts one after the other into one buffer.
struct TextWriter {
  var bytes: [UInt8] = []
  private var starts: [Int] = [0]

  init(rows: Int) { starts.reserveCapacity(rows + 1) }

  /// Ends the text of a row: what was appended to `bytes` since the last one.
  mutating func endRow() { starts.append(bytes.count) }

  consuming func finish() -> TextArray { TextArray(bytes: bytes, starts: starts) }
}
