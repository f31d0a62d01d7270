import Glibc

/// The files that a ZIP archive says it holds (APPNOTE.TXT 6.3.10, clauses 4.3.12 to 4.3.16).
struct ZipDirectory {
  struct Entry {
    /// As written in the archive, of no known encoding unless `isUTF8`.
    var rawName: [UInt8]
    var isUTF8: Bool
    var isEncrypted: Bool
    var compressedSize: Int
    /// As the archive promises.
    var size: Int
  }

  private(set) var entries: [Entry] = []

  private static let mostEntries = 100_000

  /// Reads the directory at the archive's end. O(its bytes).
  ///
  /// - Throws: `ExchangeError` for an archive that is cut off or damaged.
  init(_ source: SourceFile) throws(ExchangeError) {
    let file = try OpenFile(source)
    let tail = try Self.bytes(file, from: max(0, file.size - 65_557 - 20), to: file.size)
    guard let end = tail.lastIndex(ofSignature: 0x0605_4B50), end + 22 <= tail.count else {
      throw source.truncated("the list of its files, which stands at its end, is missing")
    }
    var count = tail.integer(end + 10, 2)
    var size = tail.integer(end + 12, 4)
    var start = tail.integer(end + 16, 4)
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
      guard end >= 20, tail.integer(end - 20, 4) == 0x0706_4B50 else { throw Self.damaged(source) }
      let place = tail.integer(end - 12, 8)
      guard place <= file.size - 56 else { throw Self.damaged(source) }
      let large = try Self.bytes(file, from: place, to: place + 56)
      guard large.count == 56, large.integer(0, 4) == 0x0606_4B50 else { throw Self.damaged(source) }
      (count, size, start) = (large.integer(32, 8), large.integer(40, 8), large.integer(48, 8))
    }
    guard count <= Self.mostEntries, (0...(64 << 20)).contains(size), start >= 0, start <= file.size - size else {
      throw count > Self.mostEntries
        ? ExchangeError(
          .tooLarge, "“\(source.name)” holds \(count) files; at most \(Self.mostEntries) are looked at.",
          fix: "Unpack it, and import the file that is meant.") : Self.damaged(source)
    }
    let directory = try Self.bytes(file, from: start, to: start + size)
    var place = 0
    for _ in 0..<count {
      guard let entry = Self.entry(directory, &place) else { throw Self.damaged(source) }
      entries.append(entry)
    }
  }

  private static func entry(_ bytes: [UInt8], _ place: inout Int) -> Entry? {
    guard place + 46 <= bytes.count, bytes.integer(place, 4) == 0x0201_4B50 else { return nil }
    let flags = bytes.integer(place + 8, 2)
    var compressed = bytes.integer(place + 20, 4)
    var size = bytes.integer(place + 24, 4)
    let name = place + 46..<place + 46 + bytes.integer(place + 28, 2)
    let extra = name.upperBound..<name.upperBound + bytes.integer(place + 30, 2)
    let next = extra.upperBound + bytes.integer(place + 32, 2)
    guard next <= bytes.count else { return nil }
    // Sizes beyond 32 bits stand in an extra field.
    var field = extra.lowerBound
    while field + 4 <= extra.upperBound {
      let length = bytes.integer(field + 2, 2)
      guard field + 4 + length <= extra.upperBound else { break }
      if bytes.integer(field, 2) == 1 {
        var value = field + 4
        if size == 0xFFFF_FFFF, value + 8 <= field + 4 + length {
          size = bytes.integer(value, 8)
          value += 8
        }
        if compressed == 0xFFFF_FFFF, value + 8 <= field + 4 + length { compressed = bytes.integer(value, 8) }
      }
      field += 4 + length
    }
    place = next
    guard size >= 0, compressed >= 0 else { return nil }
    return Entry(
      rawName: Array(bytes[name]), isUTF8: flags & 0x800 != 0, isEncrypted: flags & 1 != 0,
      compressedSize: compressed, size: size)
  }

  /// The bytes that all files together would take; `Int.max` where that is more than can be counted.
  var totalSize: Int {
    entries.reduce(0) { sum, entry in
      let (total, isOver) = sum.addingReportingOverflow(entry.size)
      return isOver ? .max : total
    }
  }

  /// - Throws: `ExchangeError` when unpacking would take more than `most` bytes, or more than `ratio` times the archive's
  ///   own where that matters.
  func checkSize(_ source: SourceFile, most: Int, ratio: Int = 1000) throws(ExchangeError) {
    let total = totalSize
    let isBomb = total > 256 << 20 && total / ratio > source.size
    guard total > most || isBomb else { return }
    let megabytes = total == .max ? "no end of" : "\(total >> 20)"
    throw ExchangeError(
      .tooLarge,
      "“\(source.name)” of \(source.size) bytes would unpack to \(megabytes) MB, more than the \(most >> 20) MB allowed"
        + (isBomb ? " for what is so strongly compressed." : "."),
      fix: "If it comes from somebody you trust, unpack it yourself and import the file that is meant.")
  }

  private static func bytes(_ file: OpenFile, from start: Int, to end: Int) throws(ExchangeError) -> [UInt8] {
    guard start >= 0, end > start, start < file.size else { return [] }
    var buffer = [UInt8](repeating: 0, count: min(end, file.size) - start)
    var failure: ExchangeError?
    let count = buffer.withUnsafeMutableBytes { bytes -> Int in
      do throws(ExchangeError) {
        return try file.read(into: bytes, at: start)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return Array(buffer[..<count])
  }

  private static func damaged(_ source: SourceFile) -> ExchangeError {
    ExchangeError(
      .damaged, "“\(source.name)” is no readable ZIP archive: the list of its files is damaged.",
      fix: "Fetch or export it again.")
  }
}

extension [UInt8] {
  /// A number of so many bytes, the least first; 0 beyond the end, and the greatest `Int` for one beyond it.
  fileprivate func integer(_ offset: Int, _ length: Int) -> Int {
    guard offset >= 0, offset + length <= count else { return 0 }
    let value = self[offset..<offset + length].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value) ?? .max
  }

  /// Where the last of a signature of four bytes begins.
  fileprivate func lastIndex(ofSignature signature: Int) -> Int? {
    guard count >= 22 else { return nil }
    return (0...count - 22).reversed().first { integer($0, 4) == signature }
  }
}
