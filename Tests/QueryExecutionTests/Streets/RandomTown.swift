import GeometryKernel
import StreetNetworks
import TestSupport

/// A lattice of streets of 100 m, some missing and some one-way for wheels, with homes and clinics beside them; and every
/// distance in it by Floyd and Warshall, in metres.
struct RandomTown {
  static let side = 6
  private(set) var lines = GeometryArrayBuilder()
  private(set) var access: [StreetAccess] = []
  let homes: GeometryArray
  let clinics: GeometryArray
  private var edges: [(from: Int, to: Int, isOneWay: Bool)] = []

  init(_ random: inout SplitMix64, homes: Int, clinics: Int) {
    let side = Self.side
    for node in 0..<side * side {
      for (next, exists) in [(node + 1, node % side < side - 1), (node + side, node / side < side - 1)] {
        guard exists, random.unit() < 0.7 else { continue }
        let isOneWay = random.unit() < 0.3
        let isTurned = random.unit() < 0.5
        edges.append(isTurned ? (next, node, isOneWay) : (node, next, isOneWay))
      }
    }
    for edge in edges {
      lines.beginRow(.lineString)
      lines.beginPart(.line)
      lines.beginRing()
      for node in [edge.from, edge.to] { lines.addCoordinate(x: Self.place(node).x, y: Self.place(node).y) }
      lines.endRow()
      access.append(edge.isOneWay ? .oneWay : .all)
    }
    func points(_ count: Int) -> GeometryArray {
      let extent = 100 * Double(side - 1)
      return GeometryArray(
        pointsX: (0..<count).map { _ in random.unit() * extent }, y: (0..<count).map { _ in random.unit() * extent })
    }
    self.homes = points(homes)
    self.clinics = points(clinics)
  }

  private static func place(_ node: Int) -> (x: Double, y: Double) {
    (100 * Double(node % side), 100 * Double(node / side))
  }

  func graph() throws -> StreetGraph {
    var lines = lines
    return try StreetGraphBuilder().build(
      lines.finish(), StreetAttributes(classNames: [""], classes: access.map { _ in 0 }, access: access)
    ).0
  }

  /// Metres from each home to each clinic, or back; infinite where no way leads.
  func distances(wheels: Bool, fromClinics: Bool) -> [[Double]] {
    let count = Self.side * Self.side
    var ways = [[Double]](repeating: [Double](repeating: .infinity, count: count), count: count)
    for node in 0..<count { ways[node][node] = 0 }
    for edge in edges {
      ways[edge.from][edge.to] = 100
      if !(wheels && edge.isOneWay) { ways[edge.to][edge.from] = 100 }
    }
    for via in 0..<count {
      for a in 0..<count { for b in 0..<count { ways[a][b] = min(ways[a][b], ways[a][via] + ways[via][b]) } }
    }
    let (starts, ends) = fromClinics ? (clinics, homes) : (homes, clinics)
    let from = (0..<starts.count).map { joint(starts.xs[$0], starts.ys[$0]) }
    let to = (0..<ends.count).map { joint(ends.xs[$0], ends.ys[$0]) }
    let table = from.map { a in to.map { b in way(a, b, ways, wheels: wheels) } }
    guard fromClinics else { return table }
    return (0..<homes.count).map { home in (0..<clinics.count).map { table[$0][home] } }
  }

  private typealias Joint = (edge: Int, along: Double, away: Double)

  /// The nearest street by a look at all.
  private func joint(_ x: Double, _ y: Double) -> Joint {
    var best: Joint = (-1, 0, .infinity)
    for (i, edge) in edges.enumerated() {
      let (a, b) = (Self.place(edge.from), Self.place(edge.to))
      let along = min(max(((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / 100, 0), 100)
      let (px, py) = (a.x + along / 100 * (b.x - a.x), a.y + along / 100 * (b.y - a.y))
      let away = ((x - px) * (x - px) + (y - py) * (y - py)).squareRoot()
      if away < best.away { best = (i, along, away) }
    }
    return best
  }

  private func way(_ a: Joint, _ b: Joint, _ ways: [[Double]], wheels: Bool) -> Double {
    let (first, last) = (edges[a.edge], edges[b.edge])
    let isFirstOneWay = wheels && first.isOneWay
    let isLastOneWay = wheels && last.isOneWay
    var exits = [(first.to, 100 - a.along)]
    if !isFirstOneWay || a.along == 0 { exits.append((first.from, a.along)) }
    var entries = [(last.from, b.along)]
    if !isLastOneWay || b.along == 100 { entries.append((last.to, 100 - b.along)) }
    var best = Double.infinity
    for exit in exits { for entry in entries { best = min(best, exit.1 + ways[exit.0][entry.0] + entry.1) } }
    if a.edge == b.edge, b.along >= a.along || !isFirstOneWay { best = min(best, abs(a.along - b.along)) }
    return a.away + best + b.away
  }
}

extension SplitMix64 {
  /// From 0 to below 1.
  fileprivate mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
