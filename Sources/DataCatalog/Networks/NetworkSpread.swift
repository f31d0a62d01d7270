import Foundation
import GeometryKernel
import Projections

/// How far a network spreads that is wider or higher than one system can measure.
public struct NetworkSpread: Sendable, Equatable, Codable {
  /// Degrees.
  public var west: Double
  public var south: Double
  public var east: Double
  public var north: Double
  /// By how much lengths may be off among most lines: 0.37 for 37 %; `nil` where the system does not reach them.
  public var largestError: Double?
  /// The first line that lies apart from most, where few do.
  public var stray: Stray?

  public struct Stray: Sendable, Equatable, Codable {
    /// Counted from 1; `nil` for a node of a street map.
    public var row: Int?
    /// Degrees, of its position farthest from most lines.
    public var longitude: Double
    public var latitude: Double
  }

  /// Degrees: what is wider or higher is not measured well, or a line of it is in the wrong place.
  private static let (width, height) = (6.0, 10.0)
  /// Of this share of the rows or more nobody says that they are astray.
  private static let mostStrays = 0.1

  /// `nil` for what is not too wide. O(vertices), and O(rows · log rows) for what is.
  ///
  /// - Parameters:
  ///   - places: Lines, or the nodes of a street map, in degrees.
  ///   - system: In which they are measured.
  init?(of places: GeometryArray, measuredIn system: ReferenceSystem, areRows: Bool) {
    let extent = places.extent
    guard extent.maxX - extent.minX > Self.width || extent.maxY - extent.minY > Self.height else { return nil }
    (west, south, east, north) = (extent.minX, extent.minY, extent.maxX, extent.maxY)
    let firsts = (0..<places.count).compactMap { places.coordinates(at: $0).first { places.xs[$0].isFinite } }
    guard !firsts.isEmpty else { return nil }
    let middle = (x: Self.median(firsts.map { places.xs[$0] }), y: Self.median(firsts.map { places.ys[$0] }))
    // What most lines fill, and the first row with a position outside of where these may be.
    var box = Box.empty
    var strays = 0
    for row in 0..<places.count {
      let far = places.coordinates(at: row).first { i in
        abs(places.xs[i] - middle.x) > Self.width / 2 || abs(places.ys[i] - middle.y) > Self.height / 2
      }
      if let far {
        strays += 1
        if stray == nil {
          stray = Stray(row: areRows ? row + 1 : nil, longitude: places.xs[far], latitude: places.ys[far])
        }
      } else {
        for i in places.coordinates(at: row) where places.xs[i].isFinite {
          box.formUnion(x: places.xs[i], y: places.ys[i])
        }
      }
    }
    if Double(strays) > Self.mostStrays * Double(places.count) {
      stray = nil
      box = extent
    }
    largestError = Self.largestError(of: system, in: box)
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// How much longer or shorter than on the ground a system draws a short stretch, at the corners and the middle of a
  /// box in degrees.
  private static func largestError(of system: ReferenceSystem, in box: Box) -> Double? {
    guard !box.isEmpty, let transform = try? CoordinateTransform(from: .wgs84, to: system) else { return nil }
    var largest = 0.0
    let step = 0.001
    for (x, y) in [
      (box.minX, box.minY), (box.minX, box.maxY), (box.maxX, box.minY), (box.maxX, box.maxY),
      (box.centerX, box.centerY),
    ] {
      // A step to the middle stays where there is a projection.
      let end = y + (y < box.centerY ? step : -step)
      guard let a = try? transform.apply(x: x, y: y), let b = try? transform.apply(x: x, y: end) else { return nil }
      let drawn = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
      let error = abs(drawn / (step * metresPerDegree(latitude: y)) - 1)
      guard error.isFinite else { return nil }
      largest = max(largest, error)
    }
    return largest
  }

  /// Of a meridian on WGS 84, to a millionth (Snyder 1987, USGS Professional Paper 1395, p. 25).
  private static func metresPerDegree(latitude: Double) -> Double {
    let angle = latitude * .pi / 180
    return 111_132.954 - 559.822 * cos(2 * angle) + 1.175 * cos(4 * angle)
  }
}
