import CGDAL
import Glibc

/// An OpenStreetMap file in PBF: blobs one after another, each a block of nodes, ways or relations
/// (wiki.openstreetmap.org/wiki/PBF_Format).
struct PBFFile: Sendable {
  let source: SourceFile
  private let file: OpenFile
  /// Where in the file the blobs with data are.
  private let blobs: [Range<Int>]

  /// What the format allows at most, in bytes.
  private static let largestHeader = 64 << 10
  private static let largestBlob = 32 << 20

  /// - Throws: `ExchangeError` for a file that is something else, is cut off, or needs what is not read here.
  init(_ source: SourceFile) throws(ExchangeError) {
    self.source = source
    file = try OpenFile(source)
    var blobs: [Range<Int>] = []
    var header: Range<Int>?
    var start = 0
    while start < file.size {
      let (type, range) = try Self.blob(file, source, at: start)
      if type == "OSMHeader" { header = header ?? range }
      if type == "OSMData" { blobs.append(range) }
      start = range.upperBound
    }
    self.blobs = blobs
    guard let header else { throw source.noStreetMap }
    try checkFeatures(header)
  }

  var blockCount: Int { blobs.count }

  private static func blob(
    _ file: OpenFile, _ source: SourceFile, at start: Int
  ) throws(ExchangeError) -> (type: String, Range<Int>) {
    let length = try bytes(file, source, start..<start + 4).reduce(0) { $0 << 8 | Int($1) }
    guard length > 0, length <= largestHeader else { throw source.noStreetMap }
    let heading = try bytes(file, source, start + 4..<start + 4 + length)
    var type = ""
    var size = -1
    do {
      try heading.withUnsafeBytes { bytes in
        var message = ProtobufMessage(bytes)
        while let field = try message.nextField() {
          switch field {
          case 1: type = String(decoding: try message.content(), as: UTF8.self)
          case 3: size = Int(truncatingIfNeeded: try message.number())
          default: try message.skip()
          }
        }
      }
    } catch { throw source.noStreetMap }
    guard size >= 0, size <= largestBlob, !type.isEmpty else { throw source.noStreetMap }
    let begin = start + 4 + length
    guard begin + size <= file.size else {
      throw source.truncated("a block promises \(size) bytes and \(file.size - begin) are left")
    }
    return (type, begin..<begin + size)
  }

  private static func bytes(
    _ file: OpenFile, _ source: SourceFile, _ range: Range<Int>
  ) throws(ExchangeError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    let result: Result<Int, ExchangeError> = bytes.withUnsafeMutableBytes { buffer in
      do throws(ExchangeError) { return .success(try file.read(into: buffer, at: range.lowerBound)) } catch {
        return .failure(error)
      }
    }
    guard try result.get() == range.count else { throw source.truncated("it ends inside a block") }
    return bytes
  }

  /// Files of histories and of later versions say what a reader must know.
  private func checkFeatures(_ header: Range<Int>) throws(ExchangeError) {
    var unknown: String?
    do {
      try withContent(header) { bytes in
        var message = ProtobufMessage(bytes)
        while let field = try message.nextField() {
          guard field == 4 else {
            try message.skip()
            continue
          }
          let feature = String(decoding: try message.content(), as: UTF8.self)
          if !["OsmSchema-V0.6", "DenseNodes"].contains(feature) { unknown = feature }
        }
      }
    } catch { throw damaged(error) }
    if let unknown {
      throw ExchangeError(
        .unknownFormat, "“\(source.name)” needs a reader that knows “\(unknown)”.",
        fix: "Make a plain extract of it: osmium cat in.osm.pbf -o out.osm.pbf")
    }
  }

  /// Runs `body` on the content of a block. Safe on several threads.
  ///
  /// - Throws: `ExchangeError` for a block that is damaged.
  func withBlock(_ number: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws(ExchangeError) {
    do { try withContent(blobs[number], body) } catch { throw damaged(error) }
  }

  private func damaged(_ error: any Error) -> ExchangeError {
    (error as? ExchangeError)
      ?? ExchangeError(
        .damaged, "“\(source.name)” is damaged: a block is not what it says.",
        fix: "Nothing was imported. Fetch the file again.")
  }

  private func withContent(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try Self.bytes(file, source, range).withUnsafeBytes { blob in
      var message = ProtobufMessage(blob)
      var size = 0
      while let field = try message.nextField() {
        switch field {
        case 1: return try body(message.content())
        case 2: size = Int(truncatingIfNeeded: try message.number())
        case 3:
          guard size > 0, size <= Self.largestBlob else { throw ProtobufMessage.Malformed() }
          return try inflated(message.content(), size, body)
        case 4...7:
          throw ExchangeError(
            .unknownFormat, "“\(source.name)” is not compressed with zlib, as extracts are.",
            fix: "Write it anew: osmium cat in.osm.pbf -o out.osm.pbf")
        default: try message.skip()
        }
      }
      throw ProtobufMessage.Malformed()
    }
  }

  /// RFC 1950, by the zlib or libdeflate that GDAL was built with (`CPLZLibInflate`).
  private func inflated(
    _ bytes: UnsafeRawBufferPointer, _ size: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
      var count = 0
      guard CPLZLibInflate(bytes.baseAddress, bytes.count, buffer.baseAddress, size, &count) != nil, count == size
      else {
        throw ProtobufMessage.Malformed()
      }
      try body(UnsafeRawBufferPointer(buffer))
    }
  }
}

extension SourceFile {
  fileprivate var noStreetMap: ExchangeError {
    ExchangeError(
      .notWhatItClaims, "“\(name)” is no OpenStreetMap file in PBF.",
      fix: "Fetch it again; a page of a website may have been saved in its place.")
  }
}
