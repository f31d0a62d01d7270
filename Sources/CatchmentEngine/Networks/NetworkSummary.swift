import DataCatalog
import GeometryKernel
import Projections
import StreetNetworks

/// What a planner has to know of a street network before trusting it.
struct NetworkSummary {
  private let network: LayerNetwork
  private var graph: StreetGraph { network.network.graph }
  private var report: BuildReport { network.record.report }

  init(_ network: LayerNetwork) { self.network = network }

  // MARK: On import

  /// Sentences: what the network is, and whatever looks wrong.
  func notes() -> [String] {
    var notes = ["street network: \(size), in \(network.referenceSystem.identifier); \(parts)"]
    notes += network.record.notes
    notes += suspicions().map { finding in
      finding.place.isEmpty ? finding.what : "\(finding.what) (\(finding.which)\(finding.place))"
    }
    return notes
  }

  private var size: String {
    "\(kilometres(graph.totalLength)) in \(counted(graph.edgeCount, "edge")) between \(counted(graph.nodeCount, "node"))"
  }

  private var parts: String {
    let count = graph.components.count
    return count == 1 ? "all of one part" : "\(count) parts, the longest has \(share(graph.mainShare)) of the length"
  }

  // MARK: In describe

  func facts() -> [[String]] {
    [
      ["streets", size], ["parts", parts], ["dead ends", "\(graph.deadEndCount)"], ["joined", joined],
      ["lengths taken in", network.referenceSystem.identifier],
    ]
  }

  private var joined: String {
    guard let joining = network.record.joining else { return "at the nodes that the ways name" }
    var text = "at shared vertices"
    if joining.tolerance > 0 { text += " within \(metres(joining.tolerance))" }
    if joining.isPlanar { text += ", and where they cross (\(counted(report.crossingCount, "place")))" }
    if joining.bridging > 0 {
      text += "; \(counted(network.record.bridgedCount, "gap")) up to \(metres(joining.bridging)) closed"
    }
    let moved = report.joinedCount
    return moved > 0 ? text + "; \(counted(moved, "vertex", "vertices")) moved for it" : text
  }

  func blocks() -> [(headings: [String], rows: [[String]])] {
    var blocks: [(headings: [String], rows: [[String]])] = []
    if graph.classNames != [""] {
      let lengths = zip(graph.classNames, graph.lengthsByClass).sorted { (-$0.1, $0.0) < (-$1.1, $1.0) }
      let whole = graph.totalLength
      blocks.append(
        (
          ["class", "length", "share"],
          lengths.filter { $0.1 > 0 }.map { [$0.0.isEmpty ? "–" : $0.0, kilometres($0.1), share($0.1 / whole)] }
        ))
    }
    let findings = suspicions()
    if !findings.isEmpty { blocks.append((["worth a look", "where"], findings.map { [$0.what, $0.place] })) }
    return blocks
  }

  // MARK: Suspicions

  private struct Finding {
    var what: String
    /// `117.12345, 36.54321`, or several of them.
    var place = ""
    /// Of several: `first: `
    var which = ""
  }

  private func suspicions() -> [Finding] {
    var found: [Finding] = network.record.spread.map { [finding($0)] } ?? []
    if graph.components.count > 1, graph.mainShare < 0.5 {
      found.append(
        Finding(
          what:
            "most streets do not hang together: if they should, import again with a larger tolerance (tolerance 1 m), "
            + "or with planar where lines cross without a shared vertex"))
      return found + others()
    }
    for (part, component) in graph.components.enumerated().dropFirst() {
      let length = Double(component.length) / 100
      guard length > 0.01 * graph.totalLength else { break }
      found.append(
        Finding(
          what:
            "a part of \(kilometres(length)), \(share(length / graph.totalLength)), hangs together with nothing else",
          place: place(ofPart: part)))
    }
    return found + others()
  }

  private func others() -> [Finding] {
    var found: [Finding] = []
    if network.record.nearMissCount > 0 {
      let limit = metres(StreetGraphBuilder().nearMiss)
      found.append(
        Finding(
          what:
            "\(counted(network.record.nearMissCount, "dead end")) within \(limit) of a street that it does not meet",
          place: places(report.nearMisses), which: "the widest: "))
    }
    if network.record.bridgedCount > 0 {
      found.append(
        Finding(
          what: "\(counted(network.record.bridgedCount, "gap")) closed as asked, up to "
            + metres(report.bridged.map(\.width).max() ?? 0),
          place: places(report.bridged), which: "the widest: "))
    }
    if report.skippedRowCount > 0 {
      found.append(
        Finding(what: "\(counted(report.skippedRowCount, "row")) without a line of finite coordinates: no street"))
    }
    if report.duplicateCount > 0 {
      found.append(
        Finding(
          what: "\(counted(report.duplicateCount, "street")) drawn twice", place: places(ofEdges: graph.duplicates()),
          which: "first: "))
    }
    if report.zeroLengthCount > 0 {
      found.append(Finding(what: "\(counted(report.zeroLengthCount, "stretch", "stretches")) without length"))
    }
    if report.missingNodeCount > 0 {
      found.append(Finding(what: "\(counted(report.missingNodeCount, "node")) of ways that the file does not have"))
    }
    return found
  }

  private func finding(_ spread: NetworkSpread) -> Finding {
    let error = spread.largestError.map { "may be off by up to \(rounded(max($0 * 100, 0.1), $0 < 0.1 ? 10 : 1)) %" }
    let what =
      "lines lie from \(degrees(spread.west, spread.east, "east", "west")) and from "
      + "\(degrees(spread.south, spread.north, "north", "south")): lengths are measured in "
      + "\(network.referenceSystem.identifier) and \(error ?? "cannot be relied on")"
    guard let stray = spread.stray else {
      return Finding(what: what + ": import it in parts, or set crs to a system made for all of it")
    }
    return Finding(
      what: what + ": leave the stray lines out",
      place: (stray.row.map { "row \($0) at " } ?? "") + position(stray.longitude, stray.latitude), which: "first: ")
  }

  /// `0° to 117.1° east`, `10° west to 5° east`
  private func degrees(_ from: Double, _ to: Double, _ positive: String, _ negative: String) -> String {
    func text(_ value: Double) -> String { "\(rounded(abs(value), 10))°" }
    let names = [from, to].map { $0 < 0 ? negative : positive }
    return names[0] == names[1] || from == 0
      ? "\(text(from)) to \(text(to)) \(names[1])" : "\(text(from)) \(names[0]) to \(text(to)) \(names[1])"
  }

  private func place(ofPart part: Int) -> String {
    graph.nodeComponents.firstIndex(of: Int32(part)).map { places(ofNodes: [$0]) } ?? ""
  }

  /// Where edges begin.
  private func places(ofEdges edges: [Int]) -> String {
    places(ofNodes: edges.prefix(3).map { Int(graph.fromNodes[$0]) })
  }

  private func places(ofNodes nodes: [Int]) -> String {
    guard let toDegrees = try? CoordinateTransform(from: network.referenceSystem, to: .wgs84) else { return "" }
    return nodes.compactMap { node in
      (try? toDegrees.apply(x: graph.nodeXs[node], y: graph.nodeYs[node])).map { position($0.x, $0.y) }
    }.joined(separator: "; ")
  }

  private func places(_ gaps: [BuildReport.Gap]) -> String {
    gaps.prefix(3).map { position($0.x, $0.y) }.joined(separator: "; ")
  }

  // MARK: Wording

  private func counted(_ count: Int, _ one: String, _ several: String? = nil) -> String {
    "\(count) \(count == 1 ? one : several ?? one + "s")"
  }

  private func position(_ x: Double, _ y: Double) -> String { "\(rounded(x, 1e5)), \(rounded(y, 1e5))" }

  private func kilometres(_ metres: Double) -> String { "\(rounded(metres / 1000, metres < 100_000 ? 100 : 10)) km" }

  private func metres(_ value: Double) -> String { "\(rounded(value, 100)) m" }

  private func share(_ value: Double) -> String { "\(rounded(value * 100, 10)) %" }

  private func rounded(_ value: Double, _ scale: Double) -> String {
    let number = (value * scale).rounded() / scale
    return number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
  }
}
