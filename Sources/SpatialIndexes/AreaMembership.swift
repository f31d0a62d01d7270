import GeometryKernel

/// Which positions lie in a given row's area: for callers who know the row, and ask about many positions at once.
///
/// Areas are closed. Rows in which a coordinate is not finite hold nothing.
public struct AreaMembership: Sendable {
  private let geometry: GeometryArray
  private let bands: AreaBands

  /// O(vertices).
  public init(_ areas: GeometryArray) {
    geometry = areas
    bands = areas.withView { AreaBands($0) }
  }

  /// One answer for each position. O(positions × segments at their heights).
  public func contains(xs: [Double], ys: [Double], row: Int) -> [Bool] {
    geometry.withView { view in
      bands.withView(view) { bands in
        (0..<min(xs.count, ys.count)).map { bands.contains(x: xs[$0], y: ys[$0], row: row) }
      }
    }
  }
}
