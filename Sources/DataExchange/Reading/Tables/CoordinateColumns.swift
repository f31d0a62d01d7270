import Projections

/// Which columns of a table say where its rows are.
enum CoordinateColumns: Equatable {
  /// Two columns of numbers, and the reference system that their names tell, if they do.
  case position(x: Int, y: Int, referenceSystem: ReferenceSystem?)
  /// One column of well-known text.
  case wellKnownText(Int)

  /// Names that go together, the surest first.
  private static let pairs: [(x: String, y: String)] = [
    ("longitude", "latitude"), ("lng", "lat"), ("lon", "lat"), ("long", "lat"), ("经度", "纬度"), ("东经", "北纬"),
    ("经度坐标", "纬度坐标"), ("经", "纬"), ("x", "y"), ("easting", "northing"), ("east", "north"),
    ("point_x", "point_y"), ("x坐标", "y坐标"), ("坐标x", "坐标y"), ("横坐标", "纵坐标"), ("东坐标", "北坐标"),
    ("coord_x", "coord_y"), ("coordx", "coordy"), ("xcoord", "ycoord"), ("x_coord", "y_coord"),
  ]
  private static let textNames = ["wkt", "_wkt", "the_geom", "geom", "geometry", "wkt_geom", "几何", "图形"]

  /// Longitude and latitude may carry the name of their system: `lng_gcj02`. WGS 84 is taken before the shifted ones.
  private static let suffixes: [(text: String, system: ReferenceSystem?)] = [
    ("", nil), ("wgs84", .wgs84), ("84", .wgs84), ("gcj02", .gcj02), ("高德", .gcj02), ("腾讯", .gcj02), ("bd09", .bd09),
    ("百度", .bd09),
  ]

  /// Finds them by their names, in either case of letters; `nil` when there are none.
  ///
  /// Well-known text goes before coordinates, which may be no more than the centre of a shape. Blanks, low lines and
  /// brackets in names do not matter: `经度（GCJ-02）` is `经度gcj02`.
  ///
  /// - Parameter isWellKnownText: whether a column with such a name holds what it says.
  init?(names: [String], isWellKnownText: (Int) -> Bool) {
    let written = names.map { $0.lowercased() }
    for name in Self.textNames {
      if let index = written.firstIndex(of: name), isWellKnownText(index) {
        self = .wellKnownText(index)
        return
      }
    }
    let plain = names.map(Self.plain)
    for suffix in Self.suffixes {
      for pair in Self.pairs {
        let (x, y) = (Self.plain(pair.x), Self.plain(pair.y))
        let isPrefix = suffix.system != nil
        guard let first = plain.firstIndex(where: { $0 == x + suffix.text || (isPrefix && $0 == suffix.text + x) }),
          let second = plain.firstIndex(where: { $0 == y + suffix.text || (isPrefix && $0 == suffix.text + y) })
        else { continue }
        self = .position(x: first, y: second, referenceSystem: suffix.system)
        return
      }
    }
    return nil
  }

  /// A name in small letters, of letters and digits alone, without the name of a unit behind it.
  private static func plain(_ name: String) -> String {
    let letters = name.lowercased().unicodeScalars.filter {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    var text = String(String.UnicodeScalarView(letters))
    for unit in ["deg", "degrees", "degree", "度数"] where text.count > unit.count + 1 && text.hasSuffix(unit) {
      text.removeLast(unit.count)
    }
    return text
  }

  /// Whether such a name can only mean degrees.
  static func meansDegrees(_ name: String) -> Bool {
    ["longitude", "lng", "lon", "long", "经度", "东经", "经度坐标", "经"].contains(plain(name))
  }

  var columns: [Int] {
    switch self {
    case .position(let x, let y, _): [x, y]
    case .wellKnownText(let column): [column]
    }
  }
}

extension CoordinateColumns {
  /// Finds them by what they hold, where names say nothing: one column of longitudes and one of latitudes, none other
  /// that could be either, nearly all of them with some decimals.
  ///
  /// Within China the two cannot be mistaken for one another; elsewhere the longitude has to be beyond ±90 somewhere.
  init?(contentOf table: CellTable) {
    let spans = table.columns.indices.compactMap { Span(of: table.columns[$0], at: $0) }
    if spans.count == 2 {
      let east = spans.filter { $0.isWithin(73...136) }
      let north = spans.filter { $0.isWithin(3...54) }
      if east.count == 1, north.count == 1, east[0].column != north[0].column {
        self = .position(x: east[0].column, y: north[0].column, referenceSystem: nil)
        return
      }
      let wide = spans.filter { !$0.isWithin(-90...90) }
      let low = spans.filter { $0.isWithin(-90...90) }
      if wide.count == 1, low.count == 1 {
        self = .position(x: wide[0].column, y: low[0].column, referenceSystem: nil)
        return
      }
    }
    let shapes = table.columns.indices.filter { index in
      table.columns[index].validity.contains(true) && WellKnownText.isHeld(by: table.columns[index])
    }
    guard spans.isEmpty, shapes.count == 1 else { return nil }
    self = .wellKnownText(shapes[0])
  }

  /// Between which values a column of degrees lies.
  private struct Span {
    let column: Int
    private var least = Double.infinity
    private var greatest = -Double.infinity

    /// `nil` for a column that is nothing of the kind.
    init?(of cells: CellColumn, at column: Int) {
      self.column = column
      let numbers = cells.numbers()
      var filled = 0
      var fine = 0
      var readable = 0
      for row in 0..<cells.count where cells.validity[row] {
        filled += 1
        let number = numbers[row]
        guard number.isFinite, abs(number) <= 180 else { continue }
        readable += 1
        if abs(number * 1000 - (number * 1000).rounded()) > 1e-6 { fine += 1 }
        least = min(least, number)
        greatest = max(greatest, number)
      }
      // A few cells may be wrong; nearly all have four decimals at least, which no other measure within ±180 has.
      guard filled > 0, readable * 10 >= filled * 9, fine * 4 >= readable * 3 else { return nil }
    }

    func isWithin(_ range: ClosedRange<Double>) -> Bool { range.contains(least) && range.contains(greatest) }
  }
}
