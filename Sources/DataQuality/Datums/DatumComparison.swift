import GeometryKernel
import Projections
import WorkControl

/// Whether the coordinates of a layer are counted from the datum that it declares, judged by a layer whose places are
/// known.
///
/// Under each hypothesis (WGS 84, GCJ-02, BD-09) the layer comes to lie elsewhere, by 500 m and more in most of China.
/// Where it belongs, places of the same name come close to each other, and vertices to the outlines of the reference.
public struct DatumComparison: Sendable {
  public enum Verdict: Sendable, Hashable {
    case found(Datum)
    /// Why nothing can be said.
    case unclear(String)
  }

  /// What was compared: `24 places of the same name`, `3180 vertices with outlines`.
  public let matter: String
  public let pairCount: Int
  /// The median distance in metres under each hypothesis, in the order of `Datum.allCases`; empty without pairs.
  public let medians: [Double]
  public let verdict: Verdict
  public let declared: Datum

  private let layer: String
  private let reference: String
  private let isProjected: Bool

  /// - Returns: `nil` where one of the layers has no geometry, no reference system, or no place in China.
  /// - Throws: `ReferenceSystemError`, `Cancelled`. O((v + w) log w) for v and w vertices, of which some thousand are
  ///   looked at one by one.
  public static func of(
    _ layer: CheckedLayer, with reference: CheckedLayer, byNamesOnly: Bool = false, workers: Workers = .one
  ) throws -> DatumComparison? {
    guard let system = layer.referenceSystem, let from = reference.referenceSystem, let geometry = layer.geometry,
      let known = reference.geometry
    else { return nil }
    let knownDegrees = try CoordinateTransform(from: from, to: .wgs84).apply(to: known, workers: workers).geometry
    let extent = knownDegrees.extent
    guard !extent.isEmpty, china.contains(x: extent.centerX, y: extent.centerY) else { return nil }
    let plane = DatumPlane(around: extent)
    var evidence: Evidence?
    if !byNamesOnly {
      evidence = try outlines(
        DatumPlane.degrees(geometry, in: system), try plane.placed(knownDegrees, from: .wgs84), plane,
        workers.monitor)
    }
    if evidence == nil || evidence?.verdict.isUnclear == true {
      try workers.monitor.report("comparing names", fraction: nil, done: 0)
      let pairs = NamePairs(layer.table, reference.table)
      let middles = try DatumPlane.degrees(
        GeometryArray(
          pointsX: pairs.partners.map { layer.xs[$0.row] }, y: pairs.partners.map { layer.ys[$0.row] }), in: system)
      let knownMiddles = try CoordinateTransform(from: from, to: plane.system).apply(
        to: GeometryArray(pointsX: reference.xs, y: reference.ys)
      ).geometry
      let names = try names(pairs, middles, knownMiddles, plane)
      if evidence == nil || !names.verdict.isUnclear { evidence = names }
    }
    guard let evidence else { return nil }
    return DatumComparison(
      matter: evidence.matter, pairCount: evidence.pairCount, medians: evidence.medians, verdict: evidence.verdict,
      declared: Datum(declaredBy: system), layer: layer.name, reference: reference.name,
      isProjected: !system.isGeographic && !system.isShifted)
  }

  private static let china = Box(minX: 73, minY: 3, maxX: 136, maxY: 54)

  // MARK: Evidence

  /// Farther than any shift: whatever is there is something else.
  private static let limit = 2500.0
  private static let vertexLimit = 3000

  /// Distances of vertices to lines; of the layer's to the reference's or the other way round, whichever has more that
  /// find something near under some hypothesis: the outline of a city lies on those of its districts, but not these on
  /// that.
  private static func outlines(
    _ degrees: GeometryArray, _ known: GeometryArray, _ plane: DatumPlane, _ monitor: WorkMonitor
  ) throws -> Evidence? {
    try monitor.report("comparing outlines", fraction: nil, done: 0)
    let vertices = degrees.vertexSample(atMost: vertexLimit)
    let knownVertices = known.vertexSample(atMost: vertexLimit)
    guard vertices.count > 0, knownVertices.count > 0 else { return nil }
    let knownLines = OutlineDistances(known)
    var there: [[Double]] = []
    var back: [[Double]] = []
    for datum in Datum.allCases {
      try monitor.check()
      there.append(knownLines.distances(to: try plane.placed(vertices, from: datum), within: limit))
      back.append(
        OutlineDistances(try plane.placed(degrees, from: datum)).distances(to: knownVertices, within: limit))
    }
    let candidates = [there, back].map { Evidence.near($0) }
    let shares = [
      Double(candidates[0][0].count) / Double(vertices.count),
      Double(candidates[1][0].count) / Double(knownVertices.count),
    ]
    let distances = shares[1] > shares[0] ? candidates[1] : candidates[0]
    return Evidence(distances, matter: "vertices with outlines", least: 30)
  }

  /// Distances between places of one name, to the nearest where several have it.
  ///
  /// - Parameter middles: Of the rows that have partners, in their order.
  private static func names(
    _ pairs: NamePairs, _ middles: GeometryArray, _ known: GeometryArray, _ plane: DatumPlane
  ) throws -> Evidence {
    var distances: [[Double]] = []
    for datum in Datum.allCases {
      let placed = try plane.placed(middles, from: datum)
      distances.append(
        pairs.partners.enumerated().map { pair, partners in
          partners.others.map { other in
            let (dx, dy) = (placed.xs[pair] - known.xs[other], placed.ys[pair] - known.ys[other])
            return (dx * dx + dy * dy).squareRoot()
          }.filter(\.isFinite).min() ?? .infinity
        })
    }
    return Evidence(Evidence.near(distances), matter: "places of the same name", least: 4)
  }
}

// MARK: - Words

extension DatumComparison {
  public var isFound: Bool { !verdict.isUnclear }

  public var isContradiction: Bool {
    if case .found(let datum) = verdict { datum != declared } else { false }
  }

  /// What was found, and what to write.
  public var sentence: String {
    var sentence = "\(layer) compared with \(reference) by \(pairCount) \(matter)"
    if !medians.isEmpty {
      let each = zip(Datum.allCases, medians).map { "\(Self.metres($1)) as \($0.rawValue)" }
      sentence += ": median distance " + each.joined(separator: ", ")
    }
    switch verdict {
    case .unclear(let reason):
      return sentence
        + "; whether it is \(Datum.allCases.map(\.rawValue).joined(separator: ", ")) cannot be told: \(reason)"
        + (pairCount > 0
          ? "" : "; check it against a layer with places of the same names, or with the same streets or outlines")
    case .found(declared):
      return sentence + "; it is \(declared.rawValue), as it says"
    case .found(let datum):
      sentence += "; it is \(datum.rawValue), though it says \(declared.rawValue)"
      return sentence
        + (isProjected
          ? ": it was projected from \(datum.rawValue) as if that were \(declared.rawValue); import the layer that it was "
            + "made from with crs \(datum.word)"
          : ": import it again with crs \(datum.word)")
    }
  }

  private static func metres(_ value: Double) -> String {
    value <= limit ? "\(Int(value.rounded())) m" : "over \(Int(limit)) m"
  }
}
