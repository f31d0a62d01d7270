import GeometryKernel
import StreetNetworks

/// A street map drawn in letters: a letter is a place, columns are 50 m and rows 100 m apart, so that
///
///     A---B
///
/// is a street of 200 m. What is drawn between letters is for the reader; streets are named by their places.
public struct Drawing: Sendable {
  private var places: [Character: (x: Double, y: Double)] = [:]
  public private(set) var lines = GeometryArray()
  public private(set) var access: [StreetAccess] = []
  public private(set) var classes: [UInt8] = []
  public private(set) var classNames = [""]

  /// - Parameter streets: `AB` is a street, `ABC` one with a vertex, `A>B` a one-way for wheels; `AB:steps` has a class.
  public init(_ map: String, _ streets: String...) {
    for (row, line) in map.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for (column, letter) in line.enumerated() where letter.isLetter {
        places[letter] = (Double(column) * 50, Double(-row) * 100)
      }
    }
    var builder = GeometryArrayBuilder()
    for street in streets {
      let halves = street.split(separator: ":")
      let name = halves.count > 1 ? String(halves[1]) : ""
      if !classNames.contains(name) { classNames.append(name) }
      classes.append(UInt8(classNames.firstIndex(of: name) ?? 0))
      access.append(street.contains(">") ? .oneWay : .all)
      builder.beginRow(.lineString)
      builder.beginPart(.line)
      builder.beginRing()
      for letter in halves[0] {
        if let place = places[letter] { builder.addCoordinate(x: place.x, y: place.y) }
      }
      builder.endRow()
    }
    lines = builder.finish()
  }

  public var attributes: StreetAttributes { StreetAttributes(classNames: classNames, classes: classes, access: access) }

  public func graph(_ builder: StreetGraphBuilder = StreetGraphBuilder()) throws -> StreetGraph {
    try builder.build(lines, attributes).0
  }

  /// Points at places, moved by metres.
  public func points(_ letters: String, dx: Double = 0, dy: Double = 0) -> GeometryArray {
    let found = letters.map { places[$0] ?? (.nan, .nan) }
    return GeometryArray(pointsX: found.map { $0.x + dx }, y: found.map { $0.y + dy })
  }

  /// The area around places in the order of the letters.
  public func area(_ letters: String) -> GeometryArray {
    let ring = (letters + letters.prefix(1)).compactMap { places[$0] }
    var builder = GeometryArrayBuilder()
    builder.beginRow(.polygon)
    builder.beginPart(.area)
    builder.addRing(xs: ring.map(\.x), ys: ring.map(\.y))
    builder.endRow()
    return builder.finish()
  }
}
