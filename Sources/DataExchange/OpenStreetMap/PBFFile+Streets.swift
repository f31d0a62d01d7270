import WorkControl

extension PBFFile: StreetMapSource {
  /// One thread a block; what a block gives does not depend on the others.
  func ways(_ filter: StreetFilter, _ workers: Workers) throws -> StreetMapWays {
    let parts = try workers.map(pieces: blockCount) { block in
      try report("ways", 0, block, workers.monitor)
      var ways = StreetMapWays()
      try withBlock(block) { bytes in try PBFBlock(bytes).readWays(filter, into: &ways) }
      return ways
    }
    var ways = StreetMapWays()
    for part in parts { ways.append(part) }
    return ways
  }

  func positions(of nodes: [Int64], _ workers: Workers) throws -> StreetMapPositions {
    let parts = try workers.map(pieces: blockCount) { block in
      try report("nodes", 0.5, block, workers.monitor)
      var found: [(place: Int32, longitude: Double, latitude: Double)] = []
      try withBlock(block) { bytes in
        var search = AscendingSearch(nodes)
        try PBFBlock(bytes).readNodes { id, longitude, latitude in
          if let place = search.find(id) { found.append((Int32(place), longitude, latitude)) }
        }
      }
      return found
    }
    var positions = StreetMapPositions(count: nodes.count)
    for part in parts {
      for (place, longitude, latitude) in part { positions.set(Int(place), longitude, latitude) }
    }
    return positions
  }

  /// Ways are half of the work, nodes the other.
  private func report(_ what: String, _ before: Double, _ block: Int, _ monitor: WorkMonitor) throws(Cancelled) {
    try monitor.report(
      "reading the \(what) of \(source.name)", fraction: before + Double(block) / Double(2 * blockCount), done: block)
  }
}

/// A PrimitiveBlock: texts, and groups of nodes, ways and relations that refer to them by number.
private struct PBFBlock {
  private var texts: [UnsafeRawBufferPointer] = []
  private var groups: [UnsafeRawBufferPointer] = []
  /// Nanodegrees.
  private var granularity: Int64 = 100
  private var latitudeOffset: Int64 = 0
  private var longitudeOffset: Int64 = 0

  init(_ bytes: UnsafeRawBufferPointer) throws {
    var message = ProtobufMessage(bytes)
    while let field = try message.nextField() {
      switch field {
      case 1:
        var table = ProtobufMessage(try message.content())
        while try table.nextField() != nil { texts.append(try table.content()) }
      case 2: groups.append(try message.content())
      case 17: granularity = Int64(bitPattern: try message.number())
      case 19: latitudeOffset = Int64(bitPattern: try message.number())
      case 20: longitudeOffset = Int64(bitPattern: try message.number())
      default: try message.skip()
      }
    }
  }

  private func text(_ number: UInt64) throws -> String {
    guard number < UInt64(texts.count) else { throw ProtobufMessage.Malformed() }
    return String(decoding: texts[Int(number)], as: UTF8.self)
  }

  // MARK: Ways

  func readWays(_ filter: StreetFilter, into ways: inout StreetMapWays) throws {
    var keys = KeyNumbers(count: texts.count)
    for group in groups {
      var message = ProtobufMessage(group)
      while let field = try message.nextField() {
        guard field == 3 else {
          try message.skip()
          continue
        }
        try readWay(message.content(), filter, &keys, into: &ways)
      }
    }
  }

  private func readWay(
    _ bytes: UnsafeRawBufferPointer, _ filter: StreetFilter, _ keys: inout KeyNumbers, into ways: inout StreetMapWays
  ) throws {
    var id: Int64 = 0
    var keyNumbers = ProtobufMessage(UnsafeRawBufferPointer(start: nil, count: 0))
    var valueNumbers = keyNumbers
    var references = keyNumbers
    var message = ProtobufMessage(bytes)
    while let field = try message.nextField() {
      switch field {
      case 1: id = Int64(bitPattern: try message.number())
      case 2: keyNumbers = ProtobufMessage(try message.content())
      case 3: valueNumbers = ProtobufMessage(try message.content())
      case 8: references = ProtobufMessage(try message.content())
      default: try message.skip()
      }
    }
    var tags = StreetTags()
    while !keyNumbers.isAtEnd {
      let key = try keyNumbers.packed()
      let value = try valueNumbers.packed()
      let tag = try keys.tag(key) { try text(key) }
      if let tag { tags[tag] = try text(value) }
    }
    guard ways.takes(tags, filter) else { return }
    var node: Int64 = 0
    while !references.isAtEnd {
      node &+= try references.packedSigned()
      ways.nodes.append(node)
    }
    ways.endWay(id, tags)
  }

  /// Which texts are keys that matter here, found out once for each.
  private struct KeyNumbers {
    private enum Known {
      case not, tag(StreetTag)
    }
    private var known: [Known?]

    init(count: Int) { known = Array(repeating: nil, count: count) }

    mutating func tag(_ number: UInt64, _ text: () throws -> String) throws -> StreetTag? {
      guard number < UInt64(known.count) else { throw ProtobufMessage.Malformed() }
      if let known = known[Int(number)] {
        if case .tag(let tag) = known { return tag }
        return nil
      }
      let tag = StreetTag(rawValue: try text())
      known[Int(number)] = tag.map { .tag($0) } ?? .not
      return tag
    }
  }

  // MARK: Nodes

  func readNodes(_ body: (_ id: Int64, _ longitude: Double, _ latitude: Double) -> Void) throws {
    for group in groups {
      var message = ProtobufMessage(group)
      while let field = try message.nextField() {
        switch field {
        case 1: try readNode(message.content(), body)
        case 2: try readDenseNodes(message.content(), body)
        default: try message.skip()
        }
      }
    }
  }

  private func readNode(
    _ bytes: UnsafeRawBufferPointer, _ body: (_ id: Int64, _ longitude: Double, _ latitude: Double) -> Void
  ) throws {
    var (id, latitude, longitude): (Int64, Int64, Int64) = (0, 0, 0)
    var message = ProtobufMessage(bytes)
    while let field = try message.nextField() {
      switch field {
      case 1: id = try message.signed()
      case 8: latitude = try message.signed()
      case 9: longitude = try message.signed()
      default: try message.skip()
      }
    }
    body(id, degrees(longitude, longitudeOffset), degrees(latitude, latitudeOffset))
  }

  private func readDenseNodes(
    _ bytes: UnsafeRawBufferPointer, _ body: (_ id: Int64, _ longitude: Double, _ latitude: Double) -> Void
  ) throws {
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    var (ids, latitudes, longitudes) = (
      ProtobufMessage(nothing), ProtobufMessage(nothing), ProtobufMessage(nothing)
    )
    var message = ProtobufMessage(bytes)
    while let field = try message.nextField() {
      switch field {
      case 1: ids = ProtobufMessage(try message.content())
      case 8: latitudes = ProtobufMessage(try message.content())
      case 9: longitudes = ProtobufMessage(try message.content())
      default: try message.skip()
      }
    }
    var (id, latitude, longitude): (Int64, Int64, Int64) = (0, 0, 0)
    while !ids.isAtEnd {
      id &+= try ids.packedSigned()
      latitude &+= try latitudes.packedSigned()
      longitude &+= try longitudes.packedSigned()
      body(id, degrees(longitude, longitudeOffset), degrees(latitude, latitudeOffset))
    }
  }

  /// Positions are whole nanodegrees.
  private func degrees(_ value: Int64, _ offset: Int64) -> Double {
    Double(value &* granularity &+ offset) / 1e9
  }
}
