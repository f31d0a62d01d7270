/// Street networks that are none, and modes that nobody travels by.
extension Family {
  private static let lines = [
    #"{"type":"LineString","coordinates":[[117.1,36.7],[117.11,36.7]]}"#,
    #"{"type":"LineString","coordinates":[[117.1,36.71],[117.11,36.71]]}"#,
    #"{"type":"LineString","coordinates":[[117.1,36.72],[117.11,36.72]]}"#,
  ]
  private static let point = #"{"type":"Point","coordinates":[117.1,36.7]}"#

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
