import GeometryKernel
import WorkControl

/// Where rows join a network: a point at one position; a line or an area wherever its outline meets a street, or at the
/// points by which it is entered.
public struct NetworkEntries: Sendable {
  /// Metres; what a street and an outline are apart by rounding only. Drawings of one line differ by more than that.
  public static let touching = 0.001

  /// At least one for each row, those of a row together.
  public let positions: SnappedPoints
  /// The points that join the streets at these positions.
  public let points: GeometryArray
  /// The first position of each row, one more than there are rows; `nil` where position `i` is that of row `i`.
  public let starts: [Int32]?
  /// The row of each position; `nil` as above.
  public let owners: [Int32]?

  public var rowCount: Int { starts.map { $0.count - 1 } ?? positions.count }

  /// The positions of a row. O(1).
  public func range(of row: Int) -> Range<Int> {
    guard let starts else { return row..<row + 1 }
    return Int(starts[row])..<Int(starts[row + 1])
  }

  /// Some neighbouring rows, numbered from 0. O(positions).
  public func slice(_ rows: Range<Int>) -> NetworkEntries {
    let run = starts.map { Int($0[rows.lowerBound])..<Int($0[rows.upperBound]) } ?? rows
    let (first, firstRow) = (Int32(truncatingIfNeeded: run.lowerBound), Int32(truncatingIfNeeded: rows.lowerBound))
    return NetworkEntries(
      positions: positions.slice(run), points: points.slice(run),
      starts: starts.map { $0[rows.lowerBound...rows.upperBound].map { $0 - first } },
      owners: owners.map { $0[run].map { $0 - firstRow } })
  }

  /// The row of a position. O(1).
  public func owner(of position: Int) -> Int { owners.map { Int($0[position]) } ?? position }

  /// How the nearest of a row's positions joins the network, and how far from it; of several the first. O(positions).
  public func joint(of row: Int) -> (status: SnappedPoints.Status, distance: Double) {
    var best = positions.statuses[range(of: row).lowerBound]
    var distance = positions.distances[range(of: row).lowerBound]
    for position in range(of: row).dropFirst() {
      let status = positions.statuses[position]
      if (status.rawValue, positions.distances[position]) < (best.rawValue, distance) {
        (best, distance) = (status, positions.distances[position])
      }
    }
    return (best, distance)
  }
}

/// Points by which rows are entered.
public struct Entrances: Sendable {
  public let points: GeometryArray
  /// The row that each belongs to, −1 for none.
  public let owners: [Int32]

  public init(_ points: GeometryArray, owners: [Int32]) {
    self.points = points
    self.owners = owners
  }

  /// The points of each row.
  fileprivate func ofRows(_ count: Int) -> [[Int32]] {
    var gates: [[Int32]] = Array(repeating: [], count: count)
    for (gate, owner) in owners.enumerated() where owner >= 0 { gates[Int(owner)].append(Int32(gate)) }
    return gates
  }
}

extension EdgeTree {
  /// Joins rows of any kinds to the streets that a mode may use.
  ///
  /// A row with entrances joins where these do. Of others a point joins as `snap` has it, and each of several points; a
  /// line or an area at every position where it, or its outline, meets a street, and where it meets none at the street
  /// nearest to it.
  ///
  /// - Parameter travel: Over the network that the tree was made from.
  /// - Throws: `Cancelled`.
  /// - Complexity: O(vertices · log edges).
  public func entries(
    of rows: GeometryArray, by entrances: Entrances? = nil, to travel: TravelGraph, _ snapping: Snapping = Snapping(),
    workers: Workers = .one
  ) throws -> NetworkEntries {
    let arePoints = rows.isPointsLayout || (0..<rows.count).allSatisfy { [.point, .null].contains(rows.kind(at: $0)) }
    if entrances == nil && arePoints {
      return NetworkEntries(
        positions: try snap(rows, to: travel, snapping, workers: workers), points: rows, starts: nil, owners: nil)
    }
    let gates = entrances?.ofRows(rows.count) ?? []
    let runs = workers.runs(of: rows.count, atLeast: 64)
    let parts = try workers.map(pieces: runs.count) { piece in
      var requests = Requests()
      for row in runs[piece] {
        try workers.monitor.check()
        if let entrances, !gates[row].isEmpty {
          for gate in gates[row] { requests.append(entrances.points, entrances.points.coordinates(at: Int(gate))) }
        } else {
          // A collection by what it is made of.
          for part in rows.parts(at: row) where rows.dimension(ofPart: part) == .point {
            for ring in rows.rings(ofPart: part) { requests.append(rows, rows.coordinates(ofRing: ring)) }
          }
          if rows.parts(at: row).contains(where: { rows.dimension(ofPart: $0) != .point }) {
            for position in outlinePositions(of: rows, row, travel, snapping) {
              requests.found.append((requests.xs.count, position))
              requests.append(rows, 0..<0)
            }
          }
        }
        if requests.xs.count == Int(requests.starts[requests.starts.count - 1]) { requests.append(rows, 0..<0) }
        requests.starts.append(Int32(requests.xs.count))
      }
      return requests
    }
    var all = Requests()
    for part in parts { all.append(part) }
    var points = GeometryArray(pointsX: all.xs, y: all.ys)
    var positions = try snap(points, to: travel, snapping, workers: workers)
    for (i, position) in all.found { positions.set(i, position, travel.graph, snapping, &all) }
    points = GeometryArray(pointsX: all.xs, y: all.ys)
    var owners: [Int32] = []
    for row in 0..<rows.count {
      owners += repeatElement(Int32(row), count: Int(all.starts[row + 1] - all.starts[row]))
    }
    return NetworkEntries(positions: positions, points: points, starts: all.starts, owners: owners)
  }

  private func outlinePositions(
    of rows: GeometryArray, _ row: Int, _ travel: TravelGraph, _ snapping: Snapping
  ) -> [OutlinePosition] {
    let firstSmall = travel.firstSmallComponent(below: snapping.isolatedShare)
    // Read through `travel` they would have it copied for each segment, buffer by buffer.
    let (graph, directions, components) = (travel.graph, travel.directions, travel.nodeComponents)
    return withView(graph) { tree in
      func isOpen(_ edge: Int) -> Bool { !directions[edge].isEmpty }
      func isSmall(_ edge: Int) -> Bool { Int(components[Int(tree.streets.fromNodes[edge])]) >= firstSmall }
      return rows.withView { view in
        let outline = Outline(view, row)
        let met = outline.meetings(tree, accepts: isOpen)
        if !met.isEmpty {
          return met.map {
            OutlinePosition($0, isSmall(Int($0.edge)) ? .joinedIsolated : .joined)
          }
        }
        let limit = squaredLimit(of: snapping.limit)
        func joined(_ found: [NearestPosition], _ status: SnappedPoints.Status) -> [OutlinePosition] {
          found.map { OutlinePosition($0, status, on: outline.closest(to: graph.position(of: $0))) }
        }
        let large = outline.beside(tree, limit) { isOpen($0) && !isSmall($0) }
        if !large.isEmpty { return joined(large, .joined) }
        let small = outline.beside(tree, limit, accepts: isOpen)
        if !small.isEmpty { return joined(small, .joinedIsolated) }
        let far = outline.nearest(tree, .infinity, accepts: isOpen)
        return [OutlinePosition(far, outline.segments.isEmpty ? .noGeometry : .offNetwork)]
      }
    }
  }
}

/// A position that an outline has found for itself.
private struct OutlinePosition: Sendable {
  let position: NearestPosition
  let status: SnappedPoints.Status
  /// The place on the outline from which a street is reached; `nil` where they meet.
  let place: (x: Double, y: Double)?

  init(_ position: NearestPosition, _ status: SnappedPoints.Status, on place: (x: Double, y: Double)? = nil) {
    self.position = position
    self.status = status
    self.place = place
  }
}

/// The points that are to be snapped, and the positions that need not be.
private struct Requests: Sendable {
  var xs: [Double] = []
  var ys: [Double] = []
  var starts: [Int32] = [0]
  var found: [(index: Int, position: OutlinePosition)] = []

  /// The first of some coordinates; nothing where there are none.
  mutating func append(_ points: GeometryArray, _ coordinates: Range<Int>) {
    xs.append(coordinates.first.map { points.xs[$0] } ?? .nan)
    ys.append(coordinates.first.map { points.ys[$0] } ?? .nan)
  }

  mutating func append(_ other: Requests) {
    let base = xs.count
    xs += other.xs
    ys += other.ys
    starts += other.starts.dropFirst().map { Int32(base) + $0 }
    found += other.found.map { (base + $0.index, $0.position) }
  }
}

extension SnappedPoints {
  fileprivate mutating func set(
    _ i: Int, _ found: OutlinePosition, _ graph: StreetGraph, _ snapping: Snapping, _ requests: inout Requests
  ) {
    let position = found.position
    statuses[i] = found.status
    distances[i] = found.status == .noGeometry ? .nan : position.squaredDistance.squareRoot()
    guard position.edge >= 0, found.status != .offNetwork else { return }
    edges[i] = position.edge
    let fraction = graph.fraction(position)
    fractions[i] = snapping.toNodes ? fraction.rounded() : fraction
    let street = graph.position(on: Int(position.edge), at: fractions[i])
    (requests.xs[i], requests.ys[i]) = found.place ?? street
    if let place = found.place { distances[i] = distance(place, street) }
  }
}
