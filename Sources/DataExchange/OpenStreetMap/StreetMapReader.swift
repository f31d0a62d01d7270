import FeatureTables
import GeometryKernel
import Projections
import StreetNetworks
import WorkControl

/// Streets of OpenStreetMap as they are made into a network: ways that name their nodes.
///
/// Ways meet where they name the same node and nowhere else, so that a bridge does not join what it crosses, even where
/// two nodes lie at one place.
public struct StreetWays: Sendable {
  /// Each node that a way names and the file has, once, ascending.
  public let nodes: [Int64]
  /// Degrees.
  public let longitudes: [Double]
  public let latitudes: [Double]
  /// Offsets into `wayNodes`, one more than there are rows.
  public let wayStarts: [Int32]
  public let wayNodes: [Int64]
  /// A row for each way.
  public let attributes: StreetAttributes
}

extension FileReader {
  /// Whether a file is one of OpenStreetMap, by its name: `.osm.pbf`, `.pbf` or `.osm`.
  public static func isStreetMap(_ path: String) -> Bool {
    ["pbf", "osm"].contains(SourceFile.fileExtension(SourceFile.lastComponent(path)))
  }

  /// Reads the streets of an OpenStreetMap file: a row for each way that somebody may travel on, and what a network is
  /// made of. The file is read twice; memory is what the streets need.
  ///
  /// - Parameter ferries: Takes in ferries, as class `ferry`.
  /// - Throws: `ExchangeError`; `Cancelled`. O(bytes of the file).
  public static func readStreets(
    _ path: String, ferries: Bool, workers: Int? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> (layer: ImportedLayer, ways: StreetWays) {
    let source = try SourceFile(path)
    try monitor.report("reading \(source.name)", fraction: nil, done: 0)
    let file: any StreetMapSource = source.content == .xml ? try OSMXMLFile(source) : try PBFFile(source)
    let workers = Workers(workers, monitor: monitor)
    let ways = try file.ways(StreetFilter(ferries: ferries), workers)
    try monitor.report("reading the nodes of \(source.name)", fraction: 0.5, done: ways.ids.count)
    let nodes = Array(Set(ways.nodes)).sorted()
    guard ways.nodes.count < 1 << 29 else {
      throw ExchangeError(
        .damaged, "“\(source.name)” has more than 500 million vertices of streets.",
        fix: "Make an extract of the region that is asked about.")
    }
    let positions = try file.positions(of: nodes, workers)
    let found = nodes.indices.filter { !positions.longitudes[$0].isNaN }
    let table = StreetMapTable(ways, nodes, positions)
    var checks = LayerChecks(fileName: source.name, options: ImportOptions())
    let layer = try checks.apply(to: table.rows(name: source.baseName), path: path, monitor: monitor)
    let streets = StreetWays(
      nodes: found.map { nodes[$0] }, longitudes: found.map { positions.longitudes[$0] },
      latitudes: found.map { positions.latitudes[$0] }, wayStarts: ways.starts, wayNodes: ways.nodes,
      attributes: table.attributes())
    return (layer, streets)
  }
}

/// Ways as rows.
private struct StreetMapTable {
  let ways: StreetMapWays
  let nodes: [Int64]
  let positions: StreetMapPositions

  init(_ ways: StreetMapWays, _ nodes: [Int64], _ positions: StreetMapPositions) {
    self.ways = ways
    self.nodes = nodes
    self.positions = positions
  }

  /// The columns of text, behind `osm_id` and `class`; the limit of speed comes after them.
  private static let texts: [StreetTag] = [
    .name, .ref, .oneway, .surface, .bridge, .tunnel, .layer, .access, .foot, .bicycle, .motorVehicle,
  ]

  func rows(name: String) -> RawLayer {
    var fields = [Field("osm_id", .integer), Field("class", .text)]
    var columns = [Column(.integer(ways.ids)), column { $0.streetClass }]
    for tag in Self.texts {
      fields.append(Field(tag.rawValue, .text))
      columns.append(column { $0[tag] })
    }
    fields.append(Field("maxspeed", .number(.preferred(for: .speed))))
    let limits = ways.tags.map { $0.speedLimit ?? .nan }
    columns.append(Column(.number(limits.map { $0.isNaN ? 0 : $0 }), validity: limits.map { !$0.isNaN }))
    var notes: [String] = []
    if !ways.leftOut.isEmpty {
      let kinds = ways.leftOut.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
      let shown = kinds.prefix(6).map { "\($0.key) \($0.value)" } + (kinds.count > 6 ? ["…"] : [])
      let hint = ways.leftOut[StreetTags.ferry] == nil ? "" : "; write with ferries to take those"
      notes.append(
        "\(rowsText(ways.leftOut.values.reduce(0, +))) left out, on which nobody walks or drives: "
          + "\(shown.joined(separator: ", "))\(hint).")
    }
    return RawLayer(
      name: name, fields: fields, columns: columns, geometry: lines(), referenceSystem: .wgs84,
      description: "streets of OpenStreetMap, © OpenStreetMap contributors, ODbL", notes: notes)
  }

  private func column(_ value: (StreetTags) -> String?) -> Column {
    var column = ColumnBuilder(.text, reservingRows: ways.ids.count)
    for tags in ways.tags {
      if let text = value(tags) { column.append(text) } else { column.appendNull() }
    }
    return column.finish()
  }

  /// A way through nodes that the file does not have is a line of several parts.
  private func lines() -> GeometryArray {
    var search = AscendingSearch(nodes)
    var lines = GeometryArrayBuilder(reservingRows: ways.ids.count)
    for way in ways.ids.indices {
      var parts: [[Int]] = [[]]
      for node in ways.nodes[Int(ways.starts[way])..<Int(ways.starts[way + 1])] {
        if let place = search.find(node), !positions.longitudes[place].isNaN {
          parts[parts.count - 1].append(place)
        } else {
          parts.append([])
        }
      }
      parts.removeAll { $0.count < 2 }
      guard !parts.isEmpty else {
        lines.appendNull()
        continue
      }
      lines.beginRow(parts.count == 1 ? .lineString : .multiLineString)
      for part in parts {
        lines.beginPart(.line)
        lines.beginRing()
        for place in part { lines.addCoordinate(x: positions.longitudes[place], y: positions.latitudes[place]) }
      }
      lines.endRow()
    }
    return lines.finish()
  }

  func attributes() -> StreetAttributes {
    let names = Set(ways.tags.compactMap(\.streetClass)).sorted()
    var numbers: [String: UInt8] = [:]
    for (number, name) in names.enumerated() { numbers[name] = UInt8(truncatingIfNeeded: number) }
    return StreetAttributes(
      classNames: names.isEmpty ? [""] : names, classes: ways.tags.map { numbers[$0.streetClass ?? ""] ?? 0 },
      access: ways.tags.map(\.access), speeds: ways.tags.map(\.speed))
  }
}
