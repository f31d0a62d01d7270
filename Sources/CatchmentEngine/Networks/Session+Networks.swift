import DataCatalog
import DataExchange
import FeatureTables
import GeometryKernel
import Projections
import QueryLanguage
import QueryPlanning
import StreetNetworks
import WorkControl

extension Session {
  /// A file read as streets.
  struct ReadStreets {
    var layer: ImportedLayer
    /// Of OpenStreetMap.
    var ways: StreetWays?
    /// One for each coordinate of the layer's lines, empty where none were asked for.
    var heights: [Float] = []
  }

  /// Reads a file whose lines are to be streets: OpenStreetMap by its ways, anything else as a layer.
  func readStreets(
    _ clause: ImportClause, _ network: NetworkClause, _ options: ImportOptions
  ) throws -> ReadStreets {
    let path = resolved(clause.path)
    if FileReader.isStreetMap(path), !options.rows.isWhole {
      throw Diagnostic(
        .networkOption, at: network.range, "a street network is made of all streets of an OpenStreetMap file",
        fix: "leave out where, within box and limit")
    }
    guard FileReader.isStreetMap(path) else {
      if network.hasFerries {
        throw Diagnostic(
          .networkOption, at: network.range, "only OpenStreetMap files tell ferries from streets",
          fix: "leave out with ferries")
      }
      let source = try LayerSource(path)
      let layer = try source.read(options, workers: execution.workers, monitor: monitor)
      let heights =
        try network.hasHeights
        ? source.heights(options, at: layer.table.geometry ?? GeometryArray(), monitor: monitor) : []
      return ReadStreets(layer: layer, heights: heights)
    }
    if let needless = clause.needlessForStreetMaps {
      throw Diagnostic(
        .networkOption, at: network.range, "OpenStreetMap files are in degrees of WGS 84 and in UTF-8, always",
        fix: "leave out \(needless)")
    }
    if let needless = network.needlessForStreetMaps ?? clause.layer.map({ "layer \"\($0)\"" }) {
      throw Diagnostic(
        .networkOption, at: network.range,
        "OpenStreetMap says itself what \(needless) would: its ways name the nodes at which they meet",
        fix: "leave out \(needless)")
    }
    let (layer, ways) = try FileReader.readStreets(
      path, ferries: network.hasFerries, workers: execution.workers, monitor: monitor)
    return ReadStreets(layer: layer, ways: ways)
  }

  /// Makes the network of a layer that was read.
  func attachNetwork(
    to layer: inout StoredLayer, _ streets: ReadStreets, _ network: NetworkClause, _ notes: inout [Diagnostic]
  ) throws {
    let workers = Workers(execution.workers, monitor: monitor)
    guard let ways = streets.ways else {
      var joining = NetworkJoining(
        classField: network.classField?.text, onewayField: network.onewayField?.text,
        speedField: network.speedField?.text, isPlanar: network.isPlanar)
      if let written = network.tolerance { joining.tolerance = try length(written, "tolerance 0.5 m", &notes) }
      if let written = network.bridging { joining.bridging = try length(written, "bridging 2 m", &notes) }
      return try diagnosing(at: network.range) {
        try layer.attachNetwork(
          joining, heights: streets.heights, in: relations.forcedSystem, workers: workers)
      }
    }
    try diagnosing(at: network.range) {
      try layer.attachNetwork(of: ways, in: relations.forcedSystem, workers: workers)
    }
  }

  private func length(
    _ written: Expression, _ example: String, _ notes: inout [Diagnostic]
  ) throws -> Double {
    try quantity(written, .length, "a length from 0 m to 1000 km", "write \(example)", &notes) { 0...1e6 ~= $0 }
  }

  /// A constant quantity that must be of a dimension and in range.
  func quantity(
    _ written: Expression, _ dimension: Dimension, _ due: String, _ fix: String, _ notes: inout [Diagnostic],
    where isAllowed: (Double) -> Bool
  ) throws -> Double {
    let bound = try binding(&notes) { $0.bindConstant(written) }
    let value: Double? =
      switch bound.kind {
      case .constant(.number(let number)): number
      case .constant(.integer(let number)): Double(number)
      default: nil
      }
    guard let value, bound.type.dimension == dimension, isAllowed(value) else {
      throw Diagnostic(.settingValue, at: written.range, "\(due) is due here", fix: fix)
    }
    return value
  }

  // MARK: Modes

  /// `mode wheelchair like walk speed 3 km/h without steps`
  func define(_ clause: ModeClause, _ notes: inout [Diagnostic]) throws -> Outcome {
    guard var mode = relations.modes.named(clause.base.text) else { throw noMode(clause.base) }
    mode.name = clause.name.text
    for speed in clause.speeds {
      let value = try speedValue(speed.value, &notes)
      if speed.classes.isEmpty { try diagnosing(at: speed.value.range) { try mode.setSpeed(value) } }
      for name in speed.classes {
        mode.speeds[name.text] = value
        mode.barred.remove(name.text)
      }
    }
    mode.barred.formUnion(clause.barred.map(\.text))
    noteUnknownClasses(clause, &notes)
    relations.modes.define(mode)
    return .defined("\(mode.name) is a mode now: \(mode.speedText)")
  }

  /// `set walk speed = 4.8 km/h`
  func setSpeed(_ name: Identifier, _ value: Expression, _ notes: inout [Diagnostic]) throws -> Outcome {
    guard let mode = relations.modes.named(name.text) else { throw noMode(name) }
    let speed = try speedValue(value, &notes)
    try diagnosing(at: value.range) { try relations.modes.setSpeed(speed, of: mode.name) }
    return .done("\(mode.name): \(relations.modes.named(mode.name)?.speedText ?? "")")
  }

  /// `set walk speed = auto`
  func resetSpeed(_ name: Identifier) throws -> Outcome {
    guard let mode = relations.modes.named(name.text) else { throw noMode(name) }
    relations.modes.resetSpeed(of: mode.name)
    return .done("\(mode.name): \(relations.modes.named(mode.name)?.speedText ?? "")")
  }

  private func speedValue(_ written: Expression, _ notes: inout [Diagnostic]) throws -> Double {
    try quantity(
      written, .speed, "a speed from 0.1 to 300 km/h", "write a speed such as 4.8 km/h", &notes,
      where: TravelMode.isSpeed)
  }

  func noMode(_ name: Identifier) -> Diagnostic {
    let names = relations.modes.names
    let similar = nearestNames(to: name.text, in: names)
    return Diagnostic(
      .unknownMode, at: name.range, "no mode \"\(name.text)\"",
      fix: (similar.first.map { "did you mean \($0)? " } ?? "") + "modes: \(names.joined(separator: ", "))")
  }

  /// `describe modes`
  func modesPage() -> Page {
    Page([
      .table(
        headings: ["mode", "speed", "on", "not on"],
        rows: relations.modes.all.map { mode in
          [
            mode.name, mode.otherSpeed.map(TravelMode.text) ?? "–", mode.classSpeedsText,
            mode.barred.sorted().joined(separator: ", "),
          ]
        })
    ])
  }

  /// `describe walk`
  func describe(_ mode: TravelMode) -> Page {
    var facts = [["speed", mode.otherSpeed.map(TravelMode.text) ?? "only on the streets listed"]]
    if !mode.speeds.isEmpty { facts.append(["on", mode.classSpeedsText]) }
    if mode.usesStreetSpeeds {
      facts.append(["", "the speed of a street, where it is known, goes before that of its class"])
    }
    if mode.followsSlopes {
      facts.append(["uphill", "slower where the streets have heights: Tobler's hiking function over this speed"])
    }
    facts.append(["not on", mode.barred.sorted().joined(separator: ", ")])
    facts.append(["open to", "what is open to \(mode.trafficText)"])
    facts.append(["to the street", "straight, on foot at \(TravelMode.text(mode.approachSpeed))"])
    return Page([.heading(mode.name), .table(headings: [], rows: facts.filter { !$0[1].isEmpty })])
  }
}

extension ImportClause {
  /// What says otherwise how a file of OpenStreetMap is to be read.
  fileprivate var needlessForStreetMaps: String? {
    if let referenceSystem { return "crs \(referenceSystem.text)" }
    return encoding.map { "encoding \($0)" }
  }
}

extension NetworkClause {
  /// The first option that a file of OpenStreetMap has no use for.
  fileprivate var needlessForStreetMaps: String? {
    if classField != nil { return "class field" }
    if onewayField != nil { return "oneway field" }
    if speedField != nil { return "speed field" }
    if tolerance != nil { return "tolerance" }
    if bridging != nil { return "bridging" }
    if isPlanar { return "planar" }
    return hasHeights ? "with heights" : nil
  }
}

extension TravelMode {
  var speedText: String {
    [otherSpeed.map(Self.text), speeds.isEmpty ? nil : classSpeedsText, barred.isEmpty ? nil : notText]
      .compactMap { $0 }.joined(separator: "; ")
  }

  private var notText: String { "not on \(barred.sorted().joined(separator: ", "))" }

  /// `12 km/h on track; 5 km/h on footway, pedestrian`, fastest first.
  fileprivate var classSpeedsText: String {
    Set(speeds.values).sorted(by: >).map { speed in
      "\(Self.text(speed)) on \(speeds.filter { $0.value == speed }.keys.sorted().joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  fileprivate var trafficText: String {
    switch traffic {
    case .foot: "walkers"
    case .bicycle: "bicycles"
    case .motor: "cars"
    }
  }

  /// `4.8 km/h`
  fileprivate static func text(_ speed: Double) -> String {
    let rounded = (speed * 36).rounded() / 10
    return rounded == rounded.rounded() ? "\(Int(rounded)) km/h" : "\(rounded) km/h"
  }
}
