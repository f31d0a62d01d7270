import Projections

/// Which columns of a text table say where its rows are.
enum CoordinateColumns {
  /// Two columns of numbers, and the reference system that their names tell, if they do.
  case position(x: Int, y: Int, referenceSystem: ReferenceSystem?)
  /// One column of well-known text.
  case wellKnownText(Int)

  /// Names that go together, the surest first.
  private static let pairs: [(x: String, y: String)] = [
    ("longitude", "latitude"), ("lng", "lat"), ("lon", "lat"), ("long", "lat"), ("经度", "纬度"), ("东经", "北纬"),
    ("x", "y"), ("easting", "northing"), ("east", "north"), ("point_x", "point_y"), ("x坐标", "y坐标"),
    ("coord_x", "coord_y"), ("xcoord", "ycoord"),
  ]
  private static let textNames = ["wkt", "_wkt", "the_geom", "geom", "geometry", "wkt_geom"]

  /// Longitude and latitude may carry the name of their system: `lng_gcj02`. WGS 84 is taken before the shifted ones.
  private static let suffixes: [(text: String, system: ReferenceSystem?)] = [
    ("", nil), ("_wgs84", .wgs84), ("_gcj02", .gcj02), ("_bd09", .bd09), ("(wgs84)", .wgs84), ("(gcj02)", .gcj02),
    ("(bd09)", .bd09),
  ]

  /// Finds them by their names, in either case of letters; `nil` when there are none.
  ///
  /// Well-known text goes before coordinates, which may be no more than the centre of a shape.
  ///
  /// - Parameter isWellKnownText: whether a column with such a name holds what it says.
  init?(names: [String], isWellKnownText: (Int) -> Bool) {
    let names = names.map { $0.lowercased() }
    for name in Self.textNames {
      if let index = names.firstIndex(of: name), isWellKnownText(index) {
        self = .wellKnownText(index)
        return
      }
    }
    for suffix in Self.suffixes {
      for pair in Self.pairs {
        if let x = names.firstIndex(of: pair.x + suffix.text), let y = names.firstIndex(of: pair.y + suffix.text) {
          self = .position(x: x, y: y, referenceSystem: suffix.system)
          return
        }
      }
    }
    return nil
  }

  var columns: [Int] {
    switch self {
    case .position(let x, let y, _): [x, y]
    case .wellKnownText(let column): [column]
    }
  }
}
