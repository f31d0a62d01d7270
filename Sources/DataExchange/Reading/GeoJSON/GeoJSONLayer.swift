import FeatureTables
import GeometryKernel
import Projections
import WorkControl

/// Reads a GeoJSON file: a collection of features, one feature, a bare geometry, or features one after the other.
///
/// Memory is what the columns need and some blocks of the file. What a member before or after the features needs, or a
/// single feature, is held whole while it is read.
struct GeoJSONLayer {
  private let source: SourceFile
  private let file: OpenFile
  private let blockSize: Int
  private let workers: Workers
  private let window: TextBlock
  private let parser: JSONParser
  private var members = GeoJSONMembers()

  /// - Throws: `ExchangeError` when the file cannot be opened.
  init(_ source: SourceFile, blockSize: Int = FeatureStream.blockSize, workers: Workers) throws {
    self.source = source
    self.blockSize = blockSize
    self.workers = workers
    file = try OpenFile(source)
    window = TextBlock(file)
    parser = try JSONParser()
  }

  /// Reads all features; `nil` for JSON that is not GeoJSON.
  ///
  /// - Parameter said: the reference system that the user stated, if so.
  /// - Throws: `ExchangeError`; `Cancelled`.
  mutating func read(_ wanted: String?, saying said: ReferenceSystem?) throws -> RawLayer? {
    let start = try startOfText()
    if try byte(at: start) == 0x1E { return try layer(readAll(from: start, .blank), wanted, said) }
    var stream: FeatureStream?
    var stop = try readMembers(from: start, isFirst: true)
    while case .features(let place) = stop {
      let features = try stream ?? FeatureStream(file, source, .comma, blockSize: blockSize, workers: workers)
      stream = features
      stop = try readMembers(from: features.read(from: place), isFirst: false)
    }
    if members.isFeatureOrShape { return try layer(readAll(from: start, .blank), wanted, said) }
    guard members.isCollection else { return nil }
    guard let stream else {
      throw ExchangeError(
        .unknownFormat,
        "“\(source.name)” is a collection without features: its member “features” is missing or no list.",
        fix: "Export it again as GeoJSON.")
    }
    return try layer(stream, wanted, said)
  }

  // MARK: The outermost object

  private enum Stop {
    /// Behind the bracket that begins the features.
    case features(at: Int)
    /// Nothing more to read here.
    case end
  }

  /// Behind the mark that some programs put before UTF-8.
  private func startOfText() throws -> Int {
    try window.load(3, at: 0)
    return window.text.elementsEqual([0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The first byte from a place on that is no blank.
  private func byte(at place: Int) throws -> UInt8? {
    try window.load(4096, at: place)
    return window.text.first { !isSpace($0) }
  }

  /// Reads members until the features begin, or the object ends, or it is clear that there is no collection.
  ///
  /// - Parameter isFirst: whether the object begins at the place, or goes on behind one of its values.
  private mutating func readMembers(from place: Int, isFirst: Bool) throws -> Stop {
    var place = place
    var size = Self.windowSize
    var isFirst = isFirst
    while true {
      try window.load(size, at: place)
      var scanner = JSONScanner(window.text)
      do {
        while true {
          guard let stop = try readMember(&scanner, isFirst: isFirst) else {
            // What was read once is not read again.
            place = window.start + scanner.position
            isFirst = false
            break
          }
          return stop
        }
        size = Self.windowSize
      } catch JSONScanner.Stop.fault(let at, let what) {
        throw source.malformed(what, at: file.position(ofByte: window.start + at))
      } catch JSONScanner.Stop.endOfText {
        if window.isLast { throw source.truncated("its last object is not closed") }
        size *= 2
      }
    }
  }

  private static let windowSize = 1 << 16

  /// Reads one member with what stands before it; `nil` when there may be more.
  private mutating func readMember(_ scanner: inout JSONScanner, isFirst: Bool) throws -> Stop? {
    scanner.skipSpace()
    if isFirst {
      try scanner.skip(UInt8(ascii: "{"), or: "an object is missing here")
      scanner.skipSpace()
    }
    if scanner.next == UInt8(ascii: "}") {
      try scanner.skip(UInt8(ascii: "}"), or: "")
      try checkEnd(scanner)
      return .end
    }
    if !isFirst {
      try scanner.skip(UInt8(ascii: ","), or: "a comma or } is missing here")
      scanner.skipSpace()
    }
    guard scanner.next == UInt8(ascii: "\"") else {
      if scanner.next == nil { throw JSONScanner.Stop.endOfText }
      throw JSONScanner.Stop.fault(at: scanner.position, "a name in quotes is missing here")
    }
    let nameStart = scanner.position + 1
    try scanner.skipText()
    let name = UnsafeBufferPointer(rebasing: window.text[nameStart..<scanner.position - 1])
    scanner.skipSpace()
    try scanner.skip(UInt8(ascii: ":"), or: "a colon is missing between a name and its value")
    scanner.skipSpace()
    if name.isSpelt("features"), members.mayBeCollection, scanner.next == UInt8(ascii: "[") {
      return .features(at: window.start + scanner.position + 1)
    }
    let valueStart = scanner.position
    try scanner.skipValue()
    // A number or word at the end of the window may go on.
    if scanner.next == nil { throw JSONScanner.Stop.endOfText }
    if GeoJSONMembers.matter(name) {
      let text = [UInt8](window.text[valueStart..<scanner.position])
      let padded = text + [UInt8](repeating: 0, count: JSONParser.padding)
      let name = String(decoding: name, as: UTF8.self)
      padded.withUnsafeBufferPointer {
        guard let tape = try? parser.parse(UnsafeBufferPointer(rebasing: $0[..<text.count])) else { return }
        members.take(name, tape, JSONTape.root)
      }
      if !members.mayBeCollection { return .end }
    }
    return nil
  }

  /// Nothing but blanks may follow the outermost object; where another begins, it is for `readAll` to see.
  private func checkEnd(_ end: JSONScanner) throws {
    guard members.isCollection else { return }
    var place = window.start + end.position
    while place < file.size {
      try window.load(Self.windowSize, at: place)
      if let other = window.text.firstIndex(where: { !isSpace($0) }) {
        throw source.malformed(
          "something follows the end of the collection", at: file.position(ofByte: window.start + other))
      }
      place = window.end
    }
  }

  // MARK: The layer

  private func readAll(from start: Int, _ separator: FeatureStream.Separator) throws -> FeatureStream {
    let stream = try FeatureStream(file, source, separator, blockSize: blockSize, workers: workers)
    _ = try stream.read(from: start)
    return stream
  }

  private func layer(
    _ stream: FeatureStream, _ wanted: String?, _ said: ReferenceSystem?
  ) throws -> RawLayer {
    let name =
      members.isCollection ? members.name.flatMap { $0.isEmpty ? nil : $0 } ?? source.baseName : source.baseName
    if let wanted, wanted.lowercased() != name.lowercased() { throw source.layerMissing(wanted, among: [name]) }
    var batch = stream.takeBatch()
    let system =
      said == nil ? try members.referenceSystem.resolved(source) : try? members.referenceSystem.resolved(source)
    let oddities = Self.oddities(batch, stream)
    var names = ColumnNames()
    var fields: [Field] = []
    var columns: [Column] = []
    for (position, property) in batch.properties.finish(rows: batch.rows).enumerated() {
      fields.append(Field(names.take(property.name, position: position + 1), property.type))
      columns.append(property.column)
    }
    if !names.contains("id"), let ids = batch.identifiers() {
      fields.insert(Field(names.take("id", position: 0), ids.type), at: 0)
      columns.insert(ids.column, at: 0)
    }
    return RawLayer(
      name: name, fields: fields, columns: columns, geometry: batch.finishShapes(), referenceSystem: system,
      description: members.description, unreadableRows: batch.shapes.unreadable,
      notes: names.notes + batch.shapes.notes + oddities)
  }

  private static func oddities(_ batch: FeatureBatch, _ stream: FeatureStream) -> [String] {
    var notes: [String] = []
    if batch.strangers > 0 {
      let are =
        batch.strangers == 1
        ? "entry of the features is no object; it was" : "entries of the features are no objects; they were"
      notes.append("\(batch.strangers) \(are) left out.")
    }
    if stream.lostNumbers > 0 {
      let are = stream.lostNumbers == 1 ? "number is not finite; it is" : "numbers are not finite; they are"
      notes.append("\(stream.lostNumbers) \(are) null.")
    }
    let wide = stream.wideNumbers + batch.properties.wideNumbers
    if wide > 0 {
      let are =
        wide == 1 ? "whole number is too long for 64 bits; it is" : "whole numbers are too long for 64 bits; they are"
      notes.append("\(wide) \(are) kept to 16 digits. Codes of that length must stand in quotes.")
    }
    return notes
  }
}
