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
      var tags = XMLTags(bytes)
      var count = 0
      while let tag = try tags.next(in: source) {
        body(tag)
        count += 1
        if count % 65536 == 0 {
          try monitor.report(
            "reading \(source.name)", fraction: Double(tags.offset) / Double(bytes.count), done: count)
        }
      }
    }
  }
}
