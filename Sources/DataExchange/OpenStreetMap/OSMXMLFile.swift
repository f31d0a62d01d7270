import Foundation
import WorkControl

/// An OpenStreetMap file in XML: elements `node`, and `way` with `nd` and `tag` inside
/// (wiki.openstreetmap.org/wiki/OSM_XML).
struct OSMXMLFile: StreetMapSource {
  let source: SourceFile
  /// Mapped, so that pages come and go as they are read.
  private let bytes: Data

  /// - Throws: `ExchangeError` for a file that cannot be read, is cut off, or is XML of another kind.
  init(_ source: SourceFile) throws(ExchangeError) {
    self.source = source
    do { bytes = try Data(contentsOf: URL(fileURLWithPath: source.path), options: .alwaysMapped) } catch {
      throw ExchangeError(.unreadable, "“\(source.path)” cannot be read.")
    }
    guard String(decoding: bytes.prefix(4096), as: UTF8.self).contains("<osm") else {
      throw ExchangeError(
        .notWhatItClaims, "“\(source.name)” is no OpenStreetMap file: it has no element “osm”.",
        fix: "Fetch it again; a page of a website may have been saved in its place.")
    }
    guard String(decoding: bytes.suffix(256), as: UTF8.self).contains("</osm>") else {
      throw source.truncated("its element “osm” is not closed")
    }
  }

  func ways(_ filter: StreetFilter, _ workers: Workers) throws -> StreetMapWays {
    var ways = StreetMapWays()
    var id: Int64?
    var tags = StreetTags()
    var nodes: [Int64] = []
    try forEachTag(workers.monitor) { tag in
      switch tag.name {
      case "way":
        id = tag["id"].flatMap { Int64($0) }
        tags = StreetTags()
        nodes.removeAll(keepingCapacity: true)
      case "nd" where id != nil: if let node = tag["ref"].flatMap({ Int64($0) }) { nodes.append(node) }
      case "tag" where id != nil: if let key = tag["k"].flatMap(StreetTag.init) { tags[key] = tag["v"] }
      case "/way":
        if let id, ways.takes(tags, filter) {
          ways.nodes += nodes
          ways.endWay(id, tags)
        }
        id = nil
      default: break
      }
    }
    return ways
  }

  func positions(of nodes: [Int64], _ workers: Workers) throws -> StreetMapPositions {
    var positions = StreetMapPositions(count: nodes.count)
    var search = AscendingSearch(nodes)
    try forEachTag(workers.monitor) { tag in
      guard tag.name == "node", let id = tag["id"].flatMap({ Int64($0) }), let place = search.find(id),
        let longitude = tag["lon"].flatMap({ Double($0) }), let latitude = tag["lat"].flatMap({ Double($0) })
      else { return }
      positions.set(place, longitude, latitude)
    }
    return positions
  }

  private func forEachTag(_ monitor: WorkMonitor, _ body: (XMLTag) -> Void) throws {
    try bytes.withUnsafeBytes { bytes in
      var offset = 0
      var count = 0
      while let start = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[(start + 1)...])
        if rest.starts(with: "!--".utf8) {
          offset = start + 4
          while offset < bytes.count, !bytes[offset...].starts(with: "-->".utf8) { offset += 1 }
          continue
        }
        guard let tag = XMLTag(rest) else {
          throw ExchangeError(
            .damaged, "“\(source.name)” is damaged: byte \(start + 1) begins a tag without end.",
            fix: "Nothing was imported. Fetch the file again.")
        }
        body(tag)
        offset = start + 1 + tag.length
        count += 1
        if count % 65536 == 0 {
          try monitor.report(
            "reading \(source.name)", fraction: Double(offset) / Double(bytes.count), done: count)
        }
      }
    }
  }
}

/// A tag of XML, behind its `<`.
private struct XMLTag {
  /// `/way` for an end.
  let name: String
  /// With the `>`.
  let length: Int
  private let bytes: UnsafeRawBufferPointer

  /// `nil` where the tag does not end.
  init?(_ rest: UnsafeRawBufferPointer) {
    var quote: UInt8?
    var end = 0
    while end < rest.count, quote != nil || rest[end] != UInt8(ascii: ">") {
      let byte = rest[end]
      if quote == byte { quote = nil } else if quote == nil, byte == 0x22 || byte == 0x27 { quote = byte }
      end += 1
    }
    guard end < rest.count else { return nil }
    let nameEnd = rest[..<end].firstIndex { $0 <= 0x20 || ($0 == UInt8(ascii: "/") && $0 != rest[0]) } ?? end
    name = String(decoding: rest[..<nameEnd], as: UTF8.self)
    length = end + 1
    bytes = UnsafeRawBufferPointer(rebasing: rest[nameEnd..<end])
  }

  /// The value of an attribute.
  subscript(key: String) -> String? {
    var offset = 0
    while let sign = bytes[offset...].firstIndex(of: UInt8(ascii: "=")) {
      let name = bytes[offset..<sign].drop { $0 <= 0x20 }.prefix { $0 > 0x20 }
      guard let open = bytes[(sign + 1)...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
        let close = bytes[(open + 1)...].firstIndex(of: bytes[open])
      else { return nil }
      if name.elementsEqual(key.utf8) {
        let text = String(decoding: bytes[(open + 1)..<close], as: UTF8.self)
        return text.contains("&") ? Self.withoutEntities(text) : text
      }
      offset = close + 1
    }
    return nil
  }

  private static func withoutEntities(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let sign = rest.firstIndex(of: "&"), let end = rest[sign...].firstIndex(of: ";") {
      result += rest[..<sign]
      let name = rest[rest.index(after: sign)..<end]
      let code =
        name.hasPrefix("#x")
        ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      if let scalar = code.flatMap(Unicode.Scalar.init) {
        result.unicodeScalars.append(scalar)
      } else {
        result += ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"][name] ?? "&\(name);"
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
