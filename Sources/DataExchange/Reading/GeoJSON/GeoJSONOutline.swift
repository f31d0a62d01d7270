/// Walks over the members of a file's outermost object, and stops where features begin.
///
/// A member is held whole while it is read, all but the features.
struct GeoJSONOutline {
  private(set) var members = GeoJSONMembers()
  /// Behind the mark that some programs put before UTF-8.
  let start: Int
  /// True when the features come each behind a byte of their own (RFC 8142), and there is no outermost object.
  let isRecordSequence: Bool

  private let source: SourceFile
  private let file: OpenFile
  private let window: TextBlock
  private let parser: JSONParser
  private var place: Int
  private var isBeforeObject = true

  private static let windowSize = 1 << 16
  private static let longestMember = 1 << 28

  init(_ file: OpenFile, _ source: SourceFile) throws(ExchangeError) {
    self.file = file
    self.source = source
    window = TextBlock(file)
    parser = try JSONParser()
    try window.load(Self.windowSize, at: 0)
    start = window.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    isRecordSequence = window.bytes[start...].first { !isSpace($0) } == 0x1E
    place = start
  }

  /// Goes on behind the features, at the byte behind their bracket.
  mutating func resume(at place: Int) { self.place = place }

  /// The place behind the bracket that begins the next features; `nil` when the object has ended, or cannot be a
  /// collection.
  ///
  /// - Throws: `ExchangeError` for what is no JSON.
  mutating func nextFeatures() throws -> Int? {
    var size = Self.windowSize
    while true {
      try window.load(size, at: place)
      var scanner = JSONScanner(window.bytes)
      do {
        while true {
          if let features = try readMember(&scanner) { return window.start + features }
          if isOver { return nil }
          place = window.start + scanner.position
          isBeforeObject = false
        }
      } catch JSONScanner.Stop.fault(let at, let what) {
        throw source.malformed(what, at: file.position(ofByte: window.start + at))
      } catch JSONScanner.Stop.endOfText {
        if window.isLast { throw source.truncated("its last object is not closed") }
        // A member that the whole window does not hold needs a larger one.
        size = place == window.start ? size * 2 : Self.windowSize
        guard size <= Self.longestMember else {
          throw ExchangeError(
            .tooLarge,
            "“\(source.name)” holds a member of more than \(Self.longestMember >> 20) MB beside its features.",
            fix: "It may be damaged, or no GeoJSON. Export it again.")
        }
      }
    }
  }

  /// Whether nothing more is to be read here.
  private var isOver = false

  /// Reads one member with what stands before it; where features begin, in the window, if it is theirs.
  private mutating func readMember(_ scanner: inout JSONScanner) throws -> Int? {
    scanner.skipSpace()
    if isBeforeObject {
      try scanner.skip(UInt8(ascii: "{"), or: "an object is missing here")
      scanner.skipSpace()
    }
    if scanner.next == UInt8(ascii: "}") {
      isOver = true
      try checkEnd(from: window.start + scanner.position + 1)
      return nil
    }
    if !isBeforeObject {
      try scanner.skip(UInt8(ascii: ","), or: "a comma or } is missing here")
      scanner.skipSpace()
    }
    let nameStart = scanner.position + 1
    try scanner.skipName()
    let name = UnsafeBufferPointer(rebasing: window.bytes[nameStart..<scanner.position - 1])
    try scanner.skipColon()
    scanner.skipSpace()
    if name.isSpelt("features"), members.mayBeCollection, scanner.next == UInt8(ascii: "[") {
      isBeforeObject = false
      return scanner.position + 1
    }
    let valueStart = scanner.position
    try scanner.skipValue()
    if GeoJSONMembers.matter(name) {
      let name = String(decoding: name, as: UTF8.self)
      guard take(name, window.bytes[valueStart..<scanner.position]) else {
        throw source.malformed(
          "the member \"\(name)\" cannot be read", at: file.position(ofByte: window.start + valueStart))
      }
      // A feature or a shape may say its reference system behind its type.
      isOver = !members.mayBeCollection && !members.isFeatureOrShape
    }
    return nil
  }

  /// False where the value is nothing that JSON allows.
  private mutating func take(_ name: String, _ value: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let padded = [UInt8](value) + [UInt8](repeating: 0, count: JSONParser.padding)
    return padded.withUnsafeBufferPointer {
      guard let tape = try? parser.parse(UnsafeBufferPointer(rebasing: $0[..<value.count])) else { return false }
      members.take(name, tape, JSONTape.root)
      return true
    }
  }

  /// Nothing but blanks may follow a collection; where another feature follows one, there is more to read.
  private func checkEnd(from end: Int) throws {
    guard members.isCollection else { return }
    var place = end
    while place < file.size {
      try window.load(Self.windowSize, at: place)
      if let other = window.bytes.firstIndex(where: { !isSpace($0) }) {
        throw source.malformed(
          "something follows the end of the collection", at: file.position(ofByte: window.start + other))
      }
      place = window.end
    }
  }
}
