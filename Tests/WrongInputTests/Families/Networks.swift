/// Street networks that are none, and modes that nobody travels by.
extension Family {
  private static let lines = [
    #"{"type":"LineString","coordinates":[[117.1,36.7],[117.11,36.7]]}"#,
    #"{"type":"LineString","coordinates":[[117.1,36.71],[117.11,36.71]]}"#,
    #"{"type":"LineString","coordinates":[[117.1,36.72],[117.11,36.72]]}"#,
  ]
  private static let point = #"{"type":"Point","coordinates":[117.1,36.7]}"#

  /// Lines 1 km apart with a column of texts.
  private static func streets(_ column: String, _ values: [String], stray: String? = nil) -> String {
    let features = values.enumerated().map { row, value in
      let line = "[[117.1,\(36.7 + Double(row) / 100)],[117.11,\(36.7 + Double(row) / 100)]]"
      return #"{"type":"Feature","properties":{"\#(column)":"\#(value)"},"geometry":"#
        + #"{"type":"LineString","coordinates":\#(line)}}"#
    }
    let more = stray.map { [#"{"type":"Feature","properties":{},"geometry":\#($0)}"#] } ?? []
    return #"{"type":"FeatureCollection","features":["# + (features + more).joined(separator: ",\n") + "]}\n"
  }

  /// A header block of PBF, and the beginning of a block of data.
  private static let cutStreetMap: [UInt8] =
    [0, 0, 0, 13, 10, 9] + Array("OSMHeader".utf8) + [24, 2, 10, 0] + [0, 0, 0, 11, 10, 7] + Array("OSMData".utf8)
    + [24, 100, 10]

  static let networks = Family(
    name: "networks",
    cases: [
      WrongInput(
        "points for streets", "import \"stops.geojson\" as roads network", status: 3,
        prepare: { try $0.geoJSON("stops.geojson", [point, point]) }),
      WrongInput(
        "no streets at all", "import \"none.geojson\" as roads network", status: 3,
        prepare: { try $0.geoJSON("none.geojson", []) }),
      WrongInput(
        "streets that never meet", "import \"lines.geojson\" as roads network", status: 0,
        prepare: { try $0.geoJSON("lines.geojson", lines) }),
      WrongInput(
        "a class of streets that is no column", "import \"lines.geojson\" as roads network class field highway",
        status: 3, prepare: { try $0.geoJSON("lines.geojson", lines) }),
      WrongInput(
        "a column of dates for a speed",
        "import \"lines.geojson\" as roads network speed field since", status: 3,
        prepare: {
          try $0.write(
            "lines.geojson",
            #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"since":"2020-01-01"},"#
              + #""geometry":\#(lines[0])}]}"#)
        }),
      WrongInput(
        "a tolerance below zero", "import \"lines.geojson\" as roads network tolerance -1 m",
        prepare: { try $0.geoJSON("lines.geojson", lines) }),
      WrongInput(
        "a tolerance of minutes", "import \"lines.geojson\" as roads network tolerance 1 min",
        prepare: { try $0.geoJSON("lines.geojson", lines) }),
      WrongInput("planar without a network", "import \"lines.geojson\" as roads planar"),
      WrongInput(
        "ferries of a line layer", "import \"lines.geojson\" as roads network with ferries",
        prepare: { try $0.geoJSON("lines.geojson", lines) }),
      WrongInput(
        "heights of flat lines", "import \"lines.geojson\" as roads network with heights", status: 3,
        prepare: { try $0.geoJSON("lines.geojson", lines) }),
      WrongInput(
        "a street map that is cut off", "import \"city.osm.pbf\" as roads network", status: 3,
        prepare: { try $0.write("city.osm.pbf", cutStreetMap) }),
      WrongInput(
        "a web page named like a street map", "import \"city.osm.pbf\" as roads network", status: 3,
        prepare: { try $0.write("city.osm.pbf", "<!DOCTYPE html><html><body>404</body></html>") }),
      WrongInput(
        "bytes without sense named like a street map", "import \"city.osm.pbf\" as roads network", status: 3,
        prepare: { try $0.write("city.osm.pbf", (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }) }),
      WrongInput(
        "a tolerance for a street map", "import \"city.osm\" as roads network tolerance 1 m",
        prepare: { try $0.write("city.osm", "<osm></osm>") }),
      WrongInput(
        "a reference system for a street map", "import \"city.osm\" crs epsg:4548 as roads network",
        prepare: { try $0.write("city.osm", "<osm></osm>") }),
      WrongInput(
        "an encoding for a street map", "import \"city.osm\" encoding \"gbk\" as roads network",
        prepare: { try $0.write("city.osm", "<osm></osm>") }),
      WrongInput(
        "a street map without a street", "import \"city.osm\" as roads network", status: 3,
        prepare: { try $0.write("city.osm", "<?xml version='1.0'?><osm version=\"0.6\"></osm>") }),
      WrongInput(
        "streets whose class nobody names", "import \"lines.geojson\" as roads network planar", status: 0,
        prepare: { try $0.write("lines.geojson", streets("highway", ["primary", "steps"])) }),
      WrongInput(
        "streets whose class nobody names, in Chinese", "import \"lines.geojson\" as roads network", status: 0,
        prepare: { try $0.write("lines.geojson", streets("道路等级", ["主干路", "支路"])) }),
      WrongInput(
        "streets whose type is their class", "import \"lines.geojson\" as roads network", status: 0,
        prepare: { try $0.write("lines.geojson", streets("Type", ["primary", "alley", "steps"])) }),
      WrongInput(
        "streets whose type is not their class", "import \"lines.geojson\" as roads network", status: 0,
        prepare: { try $0.write("lines.geojson", streets("type", ["asphalt", "gravel"])) }),
      WrongInput(
        "speeds beyond reason",
        "import \"lines.geojson\" as roads network speed field speed", status: 0,
        prepare: {
          try $0.write(
            "lines.geojson",
            #"{"type":"FeatureCollection","features":["#
              + [0.0, 0.05, 30, 3000].enumerated().map { row, speed in
                #"{"type":"Feature","properties":{"speed":\#(speed)},"geometry":\#(lines[row % 3])}"#
              }.joined(separator: ",") + "]}")
        }),
      WrongInput(
        "a street in the Gulf of Guinea",
        "import \"lines.geojson\" as roads network class field highway", status: 0,
        prepare: {
          try $0.write(
            "lines.geojson",
            streets(
              "highway", Array(repeating: "primary", count: 20),
              stray: #"{"type":"LineString","coordinates":[[0,0],[0.01,0]]}"#))
        }),
      WrongInput(
        "streets of two countries", "import \"lines.geojson\" as roads network class field highway", status: 0,
        prepare: {
          try $0.write(
            "lines.geojson",
            streets("highway", ["primary"], stray: #"{"type":"LineString","coordinates":[[-9.1,38.7],[-9.1,38.71]]}"#)
          )
        }),
      WrongInput(
        "a street drawn twice", "import \"lines.geojson\" as roads network", status: 0,
        prepare: { try $0.geoJSON("lines.geojson", [lines[0], lines[0]]) }),
      WrongInput(
        "a network of which nobody is near",
        """
        import "lines.geojson" as far network
        clinics | nearest 1 schools as s by walk | summarize n = count() by s.reason
        """, status: 0,
        prepare: {
          try $0.geoJSON("lines.geojson", [#"{"type":"LineString","coordinates":[[7.41,43.73],[7.42,43.73]]}"#])
        }),
      WrongInput(
        "classes that no street is of",
        "mode 轮椅 like walk speed 3 km/h speed 1 km/h on pth without step, steps, nosuchthing", status: 0),
      WrongInput("the default speed again", "set walk speed = 4 km/h\nset walk speed = auto\ndescribe walk", status: 0),
      WrongInput("the default snap and detour again", "set snap = auto\nset detour = auto", status: 0),
      WrongInput("a speed of a word", "set walk speed = fast"),
      WrongInput("a speed of light", "set walk speed = 301 km/h"),
      WrongInput("the highest speed", "set drive speed = 300 km/h", status: 0),
      WrongInput("a snap across the world", "set snap = 1000000 km"),
      WrongInput(
        "a network of a layer that was saved",
        """
        save roads as r2
        set network = r2
        """),
      WrongInput("a speed of nothing", "set walk speed = 0 km/h"),
      WrongInput("a speed below zero", "set cycle speed = -5 km/h"),
      WrongInput("a speed without a unit", "set walk speed = 5"),
      WrongInput("a mode like one that is not there", "mode wheelchair like wlak speed 3 km/h"),
      WrongInput("a mode like nothing", "mode wheelchair speed 3 km/h"),
      WrongInput("a mode at the speed of a length", "mode wheelchair like walk speed 3 km"),
      WrongInput("a network that is not there", "set network = roadz"),
      WrongInput("a network that is a layer of points", "set network = clinics"),
      WrongInput("a detour shorter than the straight line", "set detour = 0.5"),
      WrongInput("a snap in minutes", "set snap = 5 min"),
      WrongInput(
        "a mode that may use no street",
        """
        import "lines.geojson" as streets network class field id
        mode nobody like walk without `1`, `2`, `3`
        clinics | within 5 min by nobody of schools
        """, status: 3, prepare: { try $0.geoJSON("lines.geojson", lines) }),
      WrongInput(
        "several networks to choose from",
        """
        import "lines.geojson" as a network
        import "lines.geojson" as b network
        clinics | within 5 min by walk of schools
        """, prepare: { try $0.geoJSON("lines.geojson", lines) }),
      WrongInput(
        "a stored network whose lines were changed", "clinics | within 1 m by walk of schools", status: 0,
        store: "plan.sqlite",
        prepare: { folder in
          try folder.geoJSON("lines.geojson", lines)
          try folder.make("import \"lines.geojson\" as roads network", store: "plan.sqlite")
          try SQLite.run("UPDATE roads SET id = id", folder["plan.sqlite"])
        }),
      WrongInput(
        "a stored network that is damaged", "describe roads", status: 3, store: "plan.sqlite",
        prepare: { folder in
          try folder.geoJSON("lines.geojson", lines)
          try folder.make("import \"lines.geojson\" as roads network", store: "plan.sqlite")
          try SQLite.run(
            "UPDATE catchment_graphs SET bytes = substr(bytes, 1, length(bytes) - 1)", folder["plan.sqlite"])
        }),
    ])
}
