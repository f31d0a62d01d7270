import Foundation

/// A small street map, drawn in degrees and written in either format of OpenStreetMap.
struct StreetMap {
  struct Way {
    var id: Int64
    var nodes: [Int64]
    var tags: [(String, String)]
  }
  /// Ids with longitude and latitude in units of 1e-7 degrees.
  var nodes: [(id: Int64, longitude: Int64, latitude: Int64)]
  var ways: [Way]

  var xml: String {
    var text = "<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">\n<!-- a <way id=\"1\"> that is none -->\n"
    for node in nodes {
      text += "<node id=\"\(node.id)\" lat='\(Double(node.latitude) / 1e7)' lon=\"\(Double(node.longitude) / 1e7)\"/>\n"
    }
    for way in ways {
      text += "<way id=\"\(way.id)\">"
      for node in way.nodes { text += "<nd ref=\"\(node)\"/>" }
      for (key, value) in way.tags {
        let escaped = value.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing(">", with: "&#62;")
        text += "\n <tag k=\"\(key)\" v=\"\(escaped)\" />"
      }
      text += "</way>\n"
    }
    return text + "</osm>\n"
  }

  /// Uncompressed blobs: a header, the ways in a block of their own before the nodes, the nodes half dense.
  var pbf: [UInt8] {
    var header = Message()
    header.add(4, "OsmSchema-V0.6")
    header.add(4, "DenseNodes")
    return Self.blob("OSMHeader", header) + Self.blob("OSMData", wayBlock) + Self.blob("OSMData", nodeBlock)
  }

  private var wayBlock: Message {
    var texts = [""]
    func number(_ text: String) -> UInt64 {
      if let known = texts.firstIndex(of: text) { return UInt64(known) }
      texts.append(text)
      return UInt64(texts.count - 1)
    }
    var group = Message()
    for way in ways {
      var message = Message()
      message.add(1, UInt64(bitPattern: way.id))
      message.addPacked(2, way.tags.map { number($0.0) })
      message.addPacked(3, way.tags.map { number($0.1) })
      message.addPacked(8, Self.differences(way.nodes))
      group.add(3, message)
    }
    var table = Message()
    for text in texts { table.add(1, text) }
    var block = Message()
    block.add(1, table)
    block.add(2, group)
    return block
  }

  private var nodeBlock: Message {
    let half = nodes.count / 2
    var plain = Message()
    for node in nodes[..<half] {
      var message = Message()
      message.add(1, Self.zigzag(node.id))
      message.add(8, Self.zigzag(node.latitude))
      message.add(9, Self.zigzag(node.longitude))
      plain.add(1, message)
    }
    var dense = Message()
    dense.addPacked(1, Self.differences(nodes[half...].map(\.id)))
    dense.addPacked(8, Self.differences(nodes[half...].map(\.latitude)))
    dense.addPacked(9, Self.differences(nodes[half...].map(\.longitude)))
    var group = Message()
    group.add(2, dense)
    var block = Message()
    block.add(1, Message())
    block.add(2, plain)
    block.add(2, group)
    return block
  }

  private static func blob(_ type: String, _ content: Message) -> [UInt8] {
    var blob = Message()
    blob.add(1, content)
    var header = Message()
    header.add(1, type)
    header.add(3, UInt64(blob.bytes.count))
    let length = header.bytes.count
    return [0, 0, UInt8(length >> 8), UInt8(length & 255)] + header.bytes + blob.bytes
  }

  private static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }

  private static func differences(_ values: [Int64]) -> [UInt64] {
    values.indices.map { zigzag($0 == 0 ? values[0] : values[$0] - values[$0 - 1]) }
  }

  /// A message of Protocol Buffers.
  private struct Message {
    var bytes: [UInt8] = []

    mutating func add(_ field: UInt64, _ value: UInt64) { bytes += Self.varint(field << 3) + Self.varint(value) }
    mutating func add(_ field: UInt64, _ text: String) { add(field, Array(text.utf8)) }
    mutating func add(_ field: UInt64, _ message: Message) { add(field, message.bytes) }
    mutating func addPacked(_ field: UInt64, _ values: [UInt64]) { add(field, values.flatMap(Self.varint)) }

    private mutating func add(_ field: UInt64, _ content: [UInt8]) {
      bytes += Self.varint(field << 3 | 2) + Self.varint(UInt64(content.count)) + content
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
      value < 128 ? [UInt8(value)] : [UInt8(value & 127) | 128] + varint(value >> 7)
    }
  }
}
