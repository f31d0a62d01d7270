import Glibc

/// A DWG drawing of AutoCAD 2000: where its objects are (Open Design Specification for .dwg files, chapters 3, 10 and 23).
struct DrawingFile {
  let source: SourceFile
  let bytes: [UInt8]
  /// By the specification's own numbers: 30 is ANSI_1252, 39 is ANSI_936.
  let codePage: Int
  /// What the file holds: handles, and where each object begins, in bytes.
  private(set) var objects: [(handle: UInt64, offset: Int)] = []
  /// Kinds from 500 on are told by the file: the name in DXF, and whether it is something drawn.
  private(set) var classes: [Int: (name: String, isEntity: Bool)] = [:]

  /// Reads the file and the list of its objects. O(bytes).
  ///
  /// - Throws: `ExchangeError` for a file that is cut off or damaged.
  init(_ source: SourceFile) throws(ExchangeError) {
    self.source = source
    bytes = try Self.content(source)
    do {
      var head = try BitReader(bytes, 19 * 8..<max(19, bytes.count) * 8)
      codePage = try head.rawShort()
      var sections: [UInt8: (start: Int, size: Int)] = [:]
      for _ in 0..<(try head.rawLong()) {
        sections[try head.byte()] = (try head.rawLong(), try head.rawLong())
      }
      guard let map = sections[2] else { throw BitReader.Malformed() }
      try readObjects(from: map.start)
      // Names of what is left out are all that they tell: those behind a damaged one are not known.
      if let start = sections[1]?.start { try? readClasses(from: start) }
    } catch let error as ExchangeError {
      throw error
    } catch {
      throw source.damagedDrawing("it ends before what its head promises")
    }
  }

  private static func content(_ source: SourceFile) throws(ExchangeError) -> [UInt8] {
    let file = try OpenFile(source)
    var bytes = [UInt8](repeating: 0, count: file.size)
    let result: Result<Int, ExchangeError> = bytes.withUnsafeMutableBytes { buffer in
      do throws(ExchangeError) { return .success(try file.read(into: buffer, at: 0)) } catch { return .failure(error) }
    }
    _ = try result.get()
    return bytes
  }

  /// The object map: pages of differences of handles and places, up to an empty one.
  private mutating func readObjects(from start: Int) throws {
    var start = start
    while true {
      var head = try BitReader(bytes, start * 8..<max(start, bytes.count) * 8)
      let size = Int(try head.byte()) << 8 | Int(try head.byte())
      guard size > 2 else { return }
      var page = try BitReader(bytes, (start + 2) * 8..<(start + size) * 8)
      var tail = try BitReader(bytes, (start + size) * 8..<(start + size + 2) * 8)
      let sum = Int(try tail.byte()) << 8 | Int(try tail.byte())
      guard Self.checksum(bytes[start..<start + size]) == sum else {
        throw source.damagedDrawing("the list of its objects is damaged")
      }
      var (handle, offset) = (UInt64(0), 0)
      while page.rest > 0 {
        handle &+= try page.modular()
        offset &+= try page.signedModular()
        objects.append((handle, offset))
      }
      start += size + 2
    }
  }

  private mutating func readClasses(from start: Int) throws {
    // Sixteen bytes mark the beginning of the section.
    var data = try BitReader(bytes, (start + 16) * 8..<max(start + 16, bytes.count) * 8)
    let size = try data.rawLong()
    data = try BitReader(bytes, data.position..<data.position + size * 8)
    while data.rest >= 8 {
      let number = try data.short()
      _ = try data.short()
      _ = try data.text()
      _ = try data.text()
      let name = String(decoding: try data.text(), as: UTF8.self)
      _ = try data.bit()
      classes[number] = (name, try data.short() == 0x1F2)
    }
  }

  // MARK: Checksums

  /// CRC-16 of polynomial 0xA001 from 0xC0C1 on (chapter 2, “CRC”).
  static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
    var sum: UInt16 = 0xC0C1
    for byte in bytes { sum = sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
    return Int(sum)
  }

  private static let table: [UInt16] = (0..<256).map { index in
    (0..<8).reduce(UInt16(index)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xA001 }
  }
}

extension SourceFile {
  /// - Parameter what: is wrong with it.
  func damagedDrawing(_ what: String) -> ExchangeError {
    ExchangeError(
      .damaged, "“\(name)” cannot be read as a DWG drawing: \(what).",
      fix: "Nothing was imported. Fetch it again, or save it as DXF (R2000 or later) and import that.")
  }
}
