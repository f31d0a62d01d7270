import GeometryKernel
import SpatialIndexes
import WorkControl

/// How points join a network.
public struct Snapping: Sendable, Equatable {
  /// Metres, included: farther than this from a street a point is off the network.
  public var limit: Double
  /// Whether points join at nodes only, as the accessibility libraries have it; for comparison with them.
  public var toNodes: Bool
  /// Whether the straight stretch from the point to its street counts, at walking speed.
  public var countsApproach: Bool
  /// A part shorter than this share of the main one is passed over where a longer one is within the limit.
  public var isolatedShare: Double

  public init(limit: Double = 100, toNodes: Bool = false, countsApproach: Bool = true, isolatedShare: Double = 0.1) {
    self.limit = limit
    self.toNodes = toNodes
    self.countsApproach = countsApproach
    self.isolatedShare = isolatedShare
  }
}

extension EdgeTree {
  /// Joins points to the nearest position on a street that the mode may use.
  ///
  /// A small isolated part is passed over where a larger one is within the limit, and the status says so. Of equally
  /// near streets the one with the smallest number is taken. Rows of lines and areas join at their first vertex. What is
  /// beyond the limit is told how far the next street is.
  ///
  /// - Parameter travel: Over the network that the tree was made from.
  /// - Throws: `Cancelled`.
  /// - Complexity: O(points · log edges).
  public func snap(
    _ points: GeometryArray, to travel: TravelGraph, _ snapping: Snapping = Snapping(), workers: Workers = .one
  ) throws -> SnappedPoints {
    if snapping.toNodes { return try travel.nodes(snapping, workers).snap(points, snapping, workers) }
    let firstSmall = travel.firstSmallComponent(below: snapping.isolatedShare)
    // In an order along the map, so that neighbours find the same part of the tree in the cache.
    let order = points.hilbertOrder()
    let runs = workers.runs(of: order.count, atLeast: 4096)
    let parts = try workers.map(pieces: runs.count) { piece in
      snap(points, order[runs[piece]], travel, snapping, firstSmall)
    }
    var result = SnappedPoints(count: points.count, countsApproach: snapping.countsApproach)
    for (run, part) in zip(runs, parts) { result.set(part, at: order[run]) }
    return result
  }

  private func snap(
    _ points: GeometryArray, _ rows: ArraySlice<Int32>, _ travel: TravelGraph, _ snapping: Snapping, _ firstSmall: Int
  ) -> SnappedPoints {
    var result = SnappedPoints(count: rows.count, countsApproach: snapping.countsApproach)
    let limit = squaredLimit(of: snapping.limit)
    let hasSmall = firstSmall < travel.components.count
    // Held here: read through `travel` they would have it copied for each point, buffer by buffer.
    let (graph, components) = (travel.graph, travel.nodeComponents)
    withView(graph) { tree in
      points.withView { points in
        travel.directions.withUnsafeBufferPointer { directions in
          func isSmall(_ edge: Int) -> Bool {
            hasSmall && Int(components[Int(tree.streets.fromNodes[edge])]) >= firstSmall
          }
          var last = NearestPosition(squaredDistance: limit)
          for (i, row) in rows.enumerated() {
            guard let position = points.firstPosition(at: Int(row)) else { continue }
            let x = points.xs[position]
            let y = points.ys[position]
            var large = NearestPosition(squaredDistance: limit)
            // What was nearest to the neighbour bounds the search from the start.
            if last.edge >= 0 { tree.streets.approach(Int(last.edge), from: Int(last.vertex), x, y, &large) }
            tree.search(x: x, y: y, &large) { !directions[$0].isEmpty && !isSmall($0) }
            var small = NearestPosition(squaredDistance: large.squaredDistance)
            if hasSmall { tree.search(x: x, y: y, &small) { !directions[$0].isEmpty && isSmall($0) } }
            if large.edge >= 0 {
              let isPassed = small.edge >= 0 && small.squaredDistance < large.squaredDistance
              result.set(i, large, graph, isPassed ? .joinedBeyondIsolated : .joined)
              last = large
            } else if small.edge >= 0 {
              result.set(i, small, graph, .joinedIsolated)
            } else {
              var any = NearestPosition(squaredDistance: .infinity)
              tree.search(x: x, y: y, &any) { !directions[$0].isEmpty }
              result.distances[i] = any.squaredDistance.squareRoot()
              result.statuses[i] = .offNetwork
            }
          }
        }
      }
    }
    return result
  }
}

extension SnappedPoints {
  fileprivate mutating func set(_ i: Int, _ found: NearestPosition, _ graph: StreetGraph, _ status: Status) {
    edges[i] = found.edge
    fractions[i] = graph.fraction(found)
    distances[i] = found.squaredDistance.squareRoot()
    statuses[i] = status
  }
}

extension GeometryView {
  /// The first coordinate of a row, if there is one and it is finite.
  func firstPosition(at row: Int) -> Int? {
    guard let i = coordinates(at: row).first, xs[i].isFinite, ys[i].isFinite else { return nil }
    return i
  }
}

extension TravelGraph {
  /// The first part that is much shorter than the main one, as are all behind it; never the main one itself, their
  /// number where none is. O(log parts).
  func firstSmallComponent(below share: Double) -> Int {
    let bound = share * Double(components.first?.length ?? 0)
    var (low, high) = (min(1, components.count), components.count)
    while low < high {
      let middle = (low + high) / 2
      if Double(components[middle].length) < bound { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension GeometryArray {
  /// The rows that have a position, in an order along the map. O(rows).
  fileprivate func hilbertOrder() -> [Int32] {
    withView { view in
      var rows: [Int32] = []
      var xs: [Double] = []
      var ys: [Double] = []
      rows.reserveCapacity(count)
      xs.reserveCapacity(count)
      ys.reserveCapacity(count)
      for row in 0..<count {
        guard let i = view.firstPosition(at: row) else { continue }
        rows.append(Int32(row))
        xs.append(view.xs[i])
        ys.append(view.ys[i])
      }
      return SpatialIndexes.hilbertOrder(xs, ys).map { rows[Int($0)] }
    }
  }
}
