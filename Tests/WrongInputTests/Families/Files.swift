/// Files that are missing, broken or something else than they seem.
extension Family {
  private static let point = #"{"type":"Point","coordinates":[117.1,36.7]}"#

  static let files = Family(
    name: "files",
    cases: [
      WrongInput(
        "a file that is misspelt", "import \"stpos.geojson\" as stops", status: 3,
        prepare: { try $0.geoJSON("stops.geojson", [point]) }),
      WrongInput("a file in a folder that is not there", "import \"data/stops.geojson\" as stops", status: 3),
      WrongInput(
        "a folder", "import \"data\" as stops", status: 3,
        prepare: {
          try $0.makeFolder("data")
          try $0.geoJSON("data/stops.geojson", [point])
        }),
      WrongInput("a device", "import \"/dev/null\" as stops", status: 3),
      WrongInput(
        "a file without a byte", "import \"stops.geojson\" as stops", status: 3,
        prepare: { try $0.write("stops.geojson", "") }),
      WrongInput(
        "a GeoJSON file that is cut off", "import \"stops.geojson\" as stops", status: 3,
        prepare: {
          try $0.geoJSON("stops.geojson", [point, point])
          try $0.cut("stops.geojson", to: 0.6)
        }),
      WrongInput(
        "a GeoJSON file with a comma too many", "import \"stops.geojson\" as stops", status: 3,
        prepare: { try $0.write("stops.geojson", "{\"type\":\"FeatureCollection\",\n\"features\":[,]}") }),
      WrongInput(
        "JSON of another kind", "import \"stops.json\" as stops", status: 3,
        prepare: { try $0.write("stops.json", #"{"stops":[{"lng":117.1,"lat":36.7}]}"#) }),
      WrongInput(
        "a GeoPackage that is cut off", "import \"clinics.gpkg\" as c", status: 3,
        prepare: {
          try $0.make("export clinics to \"clinics.gpkg\"")
          try $0.cut("clinics.gpkg", to: 0.5)
        }),
      WrongInput(
        "text named like a GeoPackage", "import \"stops.gpkg\" as stops", status: 3,
        prepare: { try $0.write("stops.gpkg", "name,lng,lat\n北站,117.1,36.7\n") }),
      WrongInput(
        "a web page named like GeoJSON", "import \"stops.geojson\" as stops", status: 3,
        prepare: { try $0.write("stops.geojson", "<!DOCTYPE html><html><body>404</body></html>") }),
      WrongInput(
        "a picture named like a table", "import \"stops.csv\" as stops", status: 3,
        prepare: { try $0.write("stops.csv", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]) }),
      WrongInput(
        "bytes without sense named like a table", "import \"stops.csv\" as stops", status: 3,
        prepare: { try $0.write("stops.csv", (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }) }),
      WrongInput(
        "a shapefile without its table", "import \"clinics.shp\" as c", status: 3,
        prepare: {
          try $0.make("export clinics to \"clinics.shp\"")
          try $0.remove("clinics.dbf")
        }),
      WrongInput(
        "a shapefile without its index", "import \"clinics.shp\" as c", status: 3,
        prepare: {
          try $0.make("export clinics to \"clinics.shp\"")
          try $0.remove("clinics.shx")
        }),
      WrongInput(
        "a shapefile that is cut off", "import \"clinics.shp\" as c", status: 3,
        prepare: {
          try $0.make("export clinics to \"clinics.shp\"")
          try $0.cut("clinics.shp", to: 0.5)
        }),
      WrongInput(
        "a shapefile without its reference system", "import \"clinics.shp\" as c", status: 3,
        prepare: {
          try $0.make("export clinics to \"clinics.shp\"")
          try $0.remove("clinics.prj")
        }),
      WrongInput(
        "a part of a shapefile", "import \"clinics.dbf\" as c", status: 3,
        prepare: { try $0.make("export clinics to \"clinics.shp\"") }),
      WrongInput(
        "a layer of the file that is misspelt", "import \"two.gpkg\" layer \"clincs\" as c", status: 3,
        prepare: { try $0.make("export clinics, schools to \"two.gpkg\"") }),
      WrongInput(
        "a file of several layers", "import \"two.gpkg\" as c", status: 3,
        prepare: { try $0.make("export clinics, schools to \"two.gpkg\"") }),
      WrongInput(
        "an encoding nobody knows", "import \"a.csv\" encoding klingon as a", status: 3,
        prepare: { try $0.write("a.csv", "lng,lat\n117.1,36.7\n") }),
      WrongInput(
        "GBK where UTF-8 is claimed", "import \"a.csv\" encoding utf8 as a", status: 3,
        prepare: {
          try $0.write("a.csv", Array("name,lng,lat\n".utf8) + [0xBC, 0xC3, 0xC4, 0xCF] + Array(",117.1,36.7\n".utf8))
        }),
      WrongInput(
        "a table without coordinates", "import \"a.csv\" as a", status: 3,
        prepare: { try $0.write("a.csv", "name,address\n北站,济南市天桥区\n") }),
      WrongInput(
        "a table of headings alone", "import \"a.csv\" as a\na | take 1", status: 0,
        prepare: { try $0.write("a.csv", "name,lng,lat\n") }),
      WrongInput(
        "a row with a cell too many", "import \"a.csv\" as a", status: 0,
        prepare: { try $0.write("a.csv", "name,lng,lat\n北站,117.1,36.7,extra\n西站,117.2,36.8\n") }),
      WrongInput(
        "a quote without its end", "import \"a.csv\" as a", status: 3,
        prepare: { try $0.write("a.csv", "name,lng,lat\n\"北站,117.1,36.7\n西站,117.2,36.8\n") }),
      WrongInput(
        "an ending that no format has", "import \"stops.xyzzy\" as stops", status: 3,
        prepare: { try $0.write("stops.xyzzy", "hello\n") }),
    ])
}
