/// Coordinates and geometries that cannot be meant.
extension Family {
  static let coordinates = Family(
    name: "coordinates",
    cases: [
      WrongInput(
        "longitude and latitude exchanged", "import \"a.csv\" as a", status: 3,
        prepare: { try $0.write("a.csv", "name,lng,lat\n北站,36.7,117.1\n西站,36.8,117.2\n") }),
      WrongInput(
        "latitude first in GeoJSON", "import \"a.geojson\" as a", status: 3,
        prepare: {
          try $0.geoJSON("a.geojson", (1...3).map { #"{"type":"Point","coordinates":[36.7,117.\#($0)]}"# })
        }),
      WrongInput(
        "a reference system nobody knows", "import \"a.csv\" crs epsg:99999 as a", status: 3,
        prepare: { try $0.write("a.csv", "lng,lat\n117.1,36.7\n") }),
      WrongInput(
        "a reference system that is a word", "import \"a.csv\" crs jinan as a", status: 3,
        prepare: { try $0.write("a.csv", "lng,lat\n117.1,36.7\n") }),
      WrongInput(
        "metres without a reference system", "import \"a.csv\" as a", status: 3,
        prepare: { try $0.write("a.csv", "name,x,y\n北站,509000,4063000\n") }),
      WrongInput(
        "eastings with the zone's number in a zone without", "import \"a.csv\" crs epsg:4548 as a", status: 0,
        prepare: { try $0.write("a.csv", "name,x,y\n北站,39509000,4063000\n西站,39510000,4064000\n") }),
      WrongInput(
        "metres in GeoJSON", "import \"a.geojson\" as a", status: 3,
        prepare: { try $0.geoJSON("a.geojson", [#"{"type":"Point","coordinates":[509000,4063000]}"#]) }),
      WrongInput(
        "degrees declared as metres", "import \"a.csv\" crs epsg:4548 as a", status: 0,
        prepare: { try $0.write("a.csv", "name,x,y\n北站,117.1,36.7\n西站,117.2,36.8\n") }),
      WrongInput(
        "words for numbers", "import \"a.csv\" as a", status: 0,
        prepare: { try $0.write("a.csv", "name,lng,lat\n北站,117.1,36.7\n西站,east,north\n") }),
      WrongInput(
        "words for all numbers", "import \"a.csv\" as a", status: 3,
        prepare: { try $0.write("a.csv", "name,lng,lat\n北站,here,there\n西站,east,north\n") }),
      WrongInput(
        "not a number, infinite and zero", "import \"a.csv\" as a\na | within 1 km of point(117.1, 36.7)", status: 0,
        prepare: {
          try $0.write("a.csv", "name,lng,lat\n北站,117.1,36.7\n甲,nan,36.7\n乙,inf,36.7\n丙,0,0\n丁,,\n")
        }),
      WrongInput("a position off the globe", "point(200, 95) | nearest 1 clinics as c"),
      WrongInput("a position with latitude first", "point(36.83, 117.10) | nearest 1 clinics as c"),
      WrongInput("a position on the other side of the world", "point(-60, -36) | within 5 km of clinics", status: 0),
    ])

  private static let square =
    #"{"type":"Polygon","coordinates":[[[117.1,36.7],[117.2,36.7],[117.2,36.8],[117.1,36.8],[117.1,36.7]]]}"#
  private static let bowTie =
    #"{"type":"Polygon","coordinates":[[[117.1,36.7],[117.2,36.8],[117.2,36.7],[117.1,36.8],[117.1,36.7]]]}"#
  private static let point = #"{"type":"Point","coordinates":[117.15,36.75]}"#

  static let geometries = Family(
    name: "geometries",
    cases: [
      WrongInput(
        "an area like a bow tie", "import \"a.geojson\" as a", status: 0,
        prepare: { try $0.geoJSON("a.geojson", [square, bowTie]) }),
      WrongInput(
        "a bow tie to cut out with", "import \"a.geojson\" as a\ndistricts | clip to a", status: 3,
        prepare: { try $0.geoJSON("a.geojson", [square, bowTie]) }),
      WrongInput(
        "a bow tie to be cut", "import \"a.geojson\" as a\na | clip to districts", status: 3,
        prepare: { try $0.geoJSON("a.geojson", [square, bowTie]) }),
      WrongInput(
        "a bow tie that is repaired",
        "import \"a.geojson\" as a repair\na | clip to districts | select id, size = area()", status: 0,
        prepare: { try $0.geoJSON("a.geojson", [square, bowTie]) }),
      WrongInput(
        "a bow tie to measure", "import \"a.geojson\" as a\na | coverage by clinics within 1 km as c", status: 3,
        prepare: { try $0.geoJSON("a.geojson", [square, bowTie]) }),
      WrongInput(
        "no geometry", "import \"a.geojson\" as a\na | nearest 1 clinics as c | select id, c.reason", status: 0,
        prepare: { try $0.geoJSON("a.geojson", ["null", point]) }),
      WrongInput(
        "an empty geometry", "import \"a.geojson\" as a\na | nearest 1 clinics as c | select id, c.reason", status: 0,
        prepare: { try $0.geoJSON("a.geojson", [#"{"type":"Polygon","coordinates":[]}"#, square]) }),
      WrongInput(
        "no geometry at all", "import \"a.geojson\" as a", status: 0,
        prepare: { try $0.geoJSON("a.geojson", ["null", "null"]) }),
      WrongInput(
        "areas and points in one layer", "import \"a.geojson\" as a\nclinics | count a as n", status: 0,
        prepare: { try $0.geoJSON("a.geojson", [square, point]) }),
      WrongInput(
        "areas wanted of a layer that mixes",
        "import \"a.geojson\" as a\na | coverage by clinics within 1 km as c | select id, c.share, c.reason", status: 0,
        prepare: { try $0.geoJSON("a.geojson", [square, point]) }),
      WrongInput(
        "a ring that is not closed", "import \"a.geojson\" as a\na | select id, size = area()", status: 0,
        prepare: {
          try $0.geoJSON(
            "a.geojson", [#"{"type":"Polygon","coordinates":[[[117.1,36.7],[117.2,36.7],[117.2,36.8]]]}"#, square])
        }),
      WrongInput(
        "mixed kinds to a shapefile", "import \"a.geojson\" as a\nexport a to \"a.shp\"", status: 3,
        prepare: { try $0.geoJSON("a.geojson", [square, point]) }),
    ])
}
