/// The streets of the pilot area round the metro stations 崔寨 and 黄河会展中心: synthetic, a plan that could be.
///
/// Nine columns and ten rows of main streets, lanes and paths in the blocks between them, more where more people live;
/// a canal with three bridges for everybody and one with steps, an expressway that four streets pass under and one
/// footbridge passes over, dead ends, one-way streets, and a footpath that meets nothing. Streets that join share a
/// vertex; what passes over another does not.
struct RoadLayer {
  private var features: [DrawnLayer.Feature] = []
  private var random = SplitMix64(seed: 0x524F_4144)
  private let grid: PilotGrid
  private let population: [[Int]]
  private var laneCount = 0
  private var pathCount = 0

  private typealias Place = PilotGrid.Place

  init(residents: Residents) {
    grid = PilotGrid(&random)
    population = grid.count(residents.groups.flatMap(\.places))
    addColumns()
    addRows()
    addExpressway()
    addCanalPaths()
    for row in 0..<population.count { for column in 0..<population[row].count { addBlock(row, column) } }
  }

  var layer: DrawnLayer {
    DrawnLayer(
      name: "roads", titleChinese: "崔寨试点道路网", titleEnglish: "Streets of the Cuizhai pilot area",
      description: """
        Streets, lanes and paths of 3.3 km by 3.7 km round the metro stations 崔寨 and 黄河会展中心, made up so that a walk \
        can be measured where the synthetic residents and clinics are: a grid of main streets, a canal with few bridges, \
        an expressway, dead ends and one-way streets. None is a real street. Streets that join share a vertex.
        """,
      source: "synthetic", uncertainty: "synthetic: made up in place and number",
      columns: [
        .name, .nameEnglish, .init("highway", .text, "class of street, as OpenStreetMap's values of highway"),
        .init("oneway", .text, "yes where wheels go in the direction of the line only, otherwise no"),
      ],
      network: .init(classColumn: "highway", onewayColumn: "oneway"), features: features)
  }

  private mutating func add(
    _ name: String, _ english: String, _ highway: String, oneway: Bool = false, _ places: [Place]
  ) {
    features.append(
      .init(
        geometry: .line(places.map(\.position)),
        values: [.text(name), .text(english), .text(highway), oneway ? "yes" : "no"],
        provenance: .init("synthetic", .synthetic, "a plan drawn round residents")))
  }

  // MARK: Main streets

  private static let columnClasses = [
    "secondary", "tertiary", "primary", "tertiary", "secondary", "tertiary", "primary", "tertiary", "secondary",
  ]
  private static let rowClasses = [
    "secondary", "tertiary", "primary", "tertiary", "secondary", "tertiary", "tertiary", "primary", "tertiary",
    "secondary",
  ]
  /// Columns that cross the canal, and those that pass under the expressway.
  private static let bridges = [0, 2, 6]
  private static let underpasses = [0, 2, 4, 6, 8]

  private mutating func addColumns() {
    for (column, highway) in Self.columnClasses.enumerated() {
      let first = Self.underpasses.contains(column) ? 0 : 1
      let last = PilotGrid.rows.count - 1
      let number = column + 1
      // A pair of one-way streets either side of the middle.
      let oneway = column == 3 || column == 5
      if Self.bridges.contains(column) {
        add("规划纵\(number)路", "Planned Road NS-\(number)", highway, columnPlaces(column, first...last))
        continue
      }
      let south = columnPlaces(column, first...PilotGrid.canalRow)
      add(
        "规划纵\(number)路南段", "Planned Road NS-\(number) South", highway, oneway: oneway,
        column == 5 ? south.reversed() : south)
      add(
        "规划纵\(number)路北段", "Planned Road NS-\(number) North", highway,
        columnPlaces(column, PilotGrid.canalRow + 1...last))
    }
  }

  private func columnPlaces(_ column: Int, _ rows: ClosedRange<Int>) -> [Place] {
    var places: [Place] = []
    for row in rows {
      places.append(grid.corner(row, column))
      if row == rows.upperBound { continue }
      switch row {
      case 0: places += [-60, 60].map { ramp(column, $0) }
      case PilotGrid.canalRow: places += [-40, 40].map { bank(column, $0) }
      default: places.append(grid.columnGate(row, column))
      }
    }
    return places
  }

  /// A place on a column beside the expressway.
  private func ramp(_ column: Int, _ offset: Double) -> Place {
    Place(x: PilotGrid.columns[column], y: PilotGrid.expressway + offset)
  }

  /// A place on a bank of the canal, at a column.
  private func bank(_ column: Int, _ offset: Double) -> Place {
    Place(x: PilotGrid.columns[column], y: PilotGrid.canal + offset)
  }

  private mutating func addRows() {
    for (row, highway) in Self.rowClasses.enumerated() {
      var places = [grid.corner(row, 0)]
      for column in 1..<PilotGrid.columns.count {
        places += [grid.rowGate(row, column - 1), grid.corner(row, column)]
      }
      add("规划横\(row + 1)路", "Planned Road EW-\(row + 1)", highway, places)
    }
  }

  private mutating func addExpressway() {
    let y = PilotGrid.expressway
    let ends = (PilotGrid.columns[0] - 50, PilotGrid.columns[8] + 50)
    // Right-hand traffic: eastbound is the southern one; ramps leave and join 250 m before and behind their street.
    let junctions = [2, 6].map { PilotGrid.columns[$0] }
    let stops = [ends.0] + junctions.flatMap { [$0 - 250, $0 + 250] } + [ends.1]
    add(
      "规划快速路东行", "Planned Expressway Eastbound", "motorway", oneway: true,
      stops.map { Place(x: $0, y: y - 15) })
    add(
      "规划快速路西行", "Planned Expressway Westbound", "motorway", oneway: true,
      stops.reversed().map { Place(x: $0, y: y + 15) })
    for column in [2, 6] {
      let x = PilotGrid.columns[column]
      for (side, english, sign) in [("东", "Eastbound", -1.0), ("西", "Westbound", 1.0)] {
        let street = ramp(column, 60 * sign)
        let exit = Place(x: x + 250 * sign, y: y + 15 * sign)
        let entry = Place(x: x - 250 * sign, y: y + 15 * sign)
        let bend = y + 50 * sign
        add(
          "规划纵\(column + 1)路\(side)行出口", "Exit \(english) NS-\(column + 1)", "motorway_link", oneway: true,
          [exit, Place(x: x + 120 * sign, y: bend), street])
        add(
          "规划纵\(column + 1)路\(side)行入口", "Entry \(english) NS-\(column + 1)", "motorway_link", oneway: true,
          [street, Place(x: x - 120 * sign, y: bend), entry])
      }
    }
    // Between the fifth and sixth column people on foot go over it, by steps.
    let south = grid.rowGate(0, 5)
    let north = grid.rowGate(1, 5)
    let x = south.x
    addFootbridge("快速路", "Expressway", Place(x: x, y: y - 50), Place(x: x, y: y + 50))
    addPath([south, Place(x: x, y: y - 50)])
    addPath([Place(x: x, y: y + 50), north])
  }

  /// Steps, a bridge and steps again.
  private mutating func addFootbridge(_ name: String, _ english: String, _ south: Place, _ north: Place) {
    add("\(name)人行桥南梯道", "\(english) Footbridge South Steps", "steps", [south, south.moved(0, 15)])
    add("\(name)人行桥", "\(english) Footbridge", "footway", [south.moved(0, 15), north.moved(0, -15)])
    add("\(name)人行桥北梯道", "\(english) Footbridge North Steps", "steps", [north.moved(0, -15), north])
  }

  private mutating func addCanalPaths() {
    let row = PilotGrid.canalRow
    let joints = [0, 2, 4, 6]
    for (name, english, offset) in [
      ("中心渠南岸步道", "Canal South Bank Path", -40.0), ("中心渠北岸步道", "Canal North Bank Path", 40),
    ] {
      add(name, english, "footway", joints.map { bank($0, offset) })
    }
    addFootbridge("中心渠", "Canal", bank(4, -40), bank(4, 40))
    addPath([grid.corner(row, 4), bank(4, -40)])
    addPath([bank(4, 40), grid.corner(row + 1, 4)])
  }

  // MARK: Blocks

  private mutating func addLane(_ places: [Place], oneway: Bool = false) {
    laneCount += 1
    add("街坊路\(laneCount)", "Block Lane \(laneCount)", "residential", oneway: oneway, places)
  }

  private mutating func addPath(_ places: [Place]) {
    pathCount += 1
    add("步行小路\(pathCount)", "Footpath \(pathCount)", "footway", places)
  }

  private mutating func addBlock(_ row: Int, _ column: Int) {
    let people = population[row][column]
    let south = grid.rowGate(row, column)
    let north = grid.rowGate(row + 1, column)
    if row == 0 || row == PilotGrid.canalRow {
      // What lies between ends short of it.
      let depth = row == 0 ? 180.0 : 85
      if people > 0, !(row == 0 && column == 5) {
        addLane([south, south.moved(-8, depth)])
        addLane([north, north.moved(8, -depth)])
      }
      return
    }
    let west = grid.columnGate(row, column)
    let east = grid.columnGate(row, column + 1)
    let middle = Place(
      x: (west.x + east.x + south.x + north.x) / 4, y: (west.y + east.y + south.y + north.y) / 4)
    switch (people, random.below(4)) {
    case (3..., let kind) where people >= 6 || kind < 2:
      addLane([west, middle, east], oneway: kind == 0)
      addLane([south, middle, north])
      if people >= 12 { addCourtyards(west, east, south, north, middle) }
    case (3..., _), (1..., 0...1):
      addLane([west, middle, east])
      addPath([south, middle, north])
    case (1..., 2):
      // A dead end with a path out at its head.
      addLane([south, middle])
      addPath([middle, east])
    case (1..., _), (_, 0):
      addLane([south, middle])
      if people == 0 { break }
      addLane([north, north.moved(0, -110)])
    case (_, 1):
      addPath([west, middle, east])
      addPath([south, middle, north])
    default: break
    }
    // One path that no street meets, nearer to some homes than any street.
    if row == 3, column == 4 { addPath([middle.moved(-130, 90), middle.moved(-95, 75), middle.moved(-60, 95)]) }
  }

  /// Paths through two of the quarters of a block where many live.
  private mutating func addCourtyards(
    _ west: Place, _ east: Place, _ south: Place, _ north: Place, _ middle: Place
  ) {
    addPath([south, Place(x: (west.x + middle.x) / 2, y: (south.y + middle.y) / 2), west])
    addPath([north, Place(x: (east.x + middle.x) / 2, y: (north.y + middle.y) / 2), east])
  }
}
