/// A map drawn as arcs between named junctions, so that neighbours share their border by construction.
///
/// The text has one item a line: `@ NAME lon,lat` places a junction, `name FROM lon,lat … TO` draws an arc between two
/// junctions through the nodes given, and `~` before it says that the arc flows, as rivers and expressways do; other
/// arcs get the roughness of a border. Each arc is refined once, in its own direction, and every area that it bounds
/// takes the same vertices, forwards or backwards: areas tile without gap or overlap.
struct ArcMap {
  /// A mistake in the text of a map.
  enum Mistake: Error, Hashable {
    case malformed(line: String)
    case unknown(name: String)
    case arcsDoNotMeet(at: String)
  }

  private struct Arc {
    let from: String
    let to: String
    let vertices: [Position]
  }

  private let arcs: [String: Arc]

  init(_ text: String) throws(Mistake) {
    var junctions: [String: Node] = [:]
    var arcs: [String: Arc] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      var words = line.split(separator: " ").map(String.init)
      let flows = words.first == "~"
      if flows { words.removeFirst() }
      guard words.count > 2 else { throw .malformed(line: String(line)) }
      if words[0] == "@" {
        junctions[words[1]] = try Node(words[2])
        continue
      }
      let from = words[1]
      let to = words[words.count - 1]
      guard let first = junctions[from] else { throw .unknown(name: from) }
      guard let last = junctions[to] else { throw .unknown(name: to) }
      var nodes = [first]
      for word in words[2..<(words.count - 1)] { nodes.append(try Node(word)) }
      nodes.append(last)
      arcs[words[0]] = Arc(
        from: from, to: to, vertices: refined(nodes, roughness: flows ? 0 : 0.36, seed: hash(words[0])))
    }
    self.arcs = arcs
  }

  /// The ring that the arcs make, named in the order in which they follow each other round the area.
  func outline(_ names: String) throws(Mistake) -> Outline {
    let names = names.split(separator: " ").map(String.init)
    var chain: [Arc] = []
    for name in names {
      guard let arc = arcs[name] else { throw .unknown(name: name) }
      chain.append(arc)
    }
    guard let first = chain.first, let last = chain.last else { throw .malformed(line: "no arcs") }
    // The first arc runs forwards when it begins where the last one touches it.
    let forwards = chain.count < 3 ? true : first.from == last.from || first.from == last.to
    var junction = forwards ? first.from : first.to
    let start = junction
    var ring: [Position] = []
    for arc in chain {
      if arc.from == junction {
        ring += arc.vertices.dropLast()
        junction = arc.to
      } else if arc.to == junction {
        ring += arc.vertices.reversed().dropLast()
        junction = arc.from
      } else {
        throw .arcsDoNotMeet(at: junction)
      }
    }
    guard junction == start else { throw .arcsDoNotMeet(at: junction) }
    return Outline(ring)
  }
}

/// A node as it was drawn, in degrees.
private struct Node {
  var longitude: Double
  var latitude: Double

  init(longitude: Double, latitude: Double) {
    self.longitude = longitude
    self.latitude = latitude
  }

  init(_ word: String) throws(ArcMap.Mistake) {
    let parts = word.split(separator: ",").compactMap { Double($0) }
    guard parts.count == 2 else { throw .malformed(line: word) }
    self.init(longitude: parts[0], latitude: parts[1])
  }
}

/// A uniform Catmull–Rom spline through the nodes, four steps from node to node, then roughened between them by
/// displacing midpoints, the middle one first, sideways by up to half the roughness times the stretch they halve.
private func refined(_ nodes: [Node], roughness: Double, seed: UInt64) -> [Position] {
  var random = SplitMix64(seed: seed)
  var vertices: [Position] = []
  for i in 0..<(nodes.count - 1) {
    let (a, b) = (nodes[max(i - 1, 0)], nodes[i])
    let (c, d) = (nodes[i + 1], nodes[min(i + 2, nodes.count - 1)])
    var stretch = (0...4).map { step in
      let t = Double(step) / 4
      return Node(
        longitude: catmullRom(a.longitude, b.longitude, c.longitude, d.longitude, at: t),
        latitude: catmullRom(a.latitude, b.latitude, c.latitude, d.latitude, at: t))
    }
    if roughness > 0 {
      for (from, to) in [(0, 4), (0, 2), (2, 4)] {
        let shift = (random.unit() - 0.5) * roughness
        let east = stretch[to].longitude - stretch[from].longitude
        let north = stretch[to].latitude - stretch[from].latitude
        // A degree of longitude is 0.8 of one of latitude here.
        stretch[(from + to) / 2].longitude -= shift * north / 0.8
        stretch[(from + to) / 2].latitude += shift * east * 0.8
      }
    }
    vertices += stretch.dropLast().map { Position($0.longitude, $0.latitude) }
  }
  let end = nodes[nodes.count - 1]
  vertices.append(Position(end.longitude, end.latitude))
  return vertices
}

/// FNV-1a, so that an arc's roughness depends on its name alone.
private func hash(_ name: String) -> UInt64 {
  name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

private func catmullRom(_ a: Double, _ b: Double, _ c: Double, _ d: Double, at t: Double) -> Double {
  let linear = (c - a) * t
  let square = (2 * a - 5 * b + 4 * c - d) * t * t
  let cube = (3 * b - a - 3 * c + d) * t * t * t
  return b + 0.5 * (linear + square + cube)
}
