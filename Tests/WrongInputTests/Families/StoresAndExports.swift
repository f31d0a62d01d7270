import Foundation

/// Stores that cannot be used and places where nothing can be written.
extension Family {
  static let stores = Family(
    name: "stores",
    cases: [
      WrongInput(
        "text for a store", "layers", status: 3, store: "plan.sqlite",
        prepare: { try $0.write("plan.sqlite", String(repeating: "not a database ", count: 100)) }),
      WrongInput(
        "a store that is cut off", "layers", status: 3, store: "plan.sqlite",
        prepare: {
          try $0.make("let a = clinics\nsave a as mine", store: "plan.sqlite")
          try $0.cut("plan.sqlite", to: 0.3)
        }),
      WrongInput(
        "a store from a newer version", "layers", status: 3, store: "plan.sqlite",
        prepare: { folder in
          try folder.make("layers", store: "plan.sqlite")
          try SQLite.run(
            "UPDATE catchment_store SET format_version = 7, created_by = 'Catchment 9.1'", folder["plan.sqlite"])
        }),
      WrongInput(
        "a folder for a store", "layers", status: 3, store: "plan",
        prepare: { try $0.makeFolder("plan") }),
      WrongInput("a store in a folder that is not there", "layers", status: 3, store: "plans/plan.sqlite"),
      WrongInput(
        "a GeoPackage for a store", "layers", status: 3, store: "clinics.gpkg",
        prepare: { try $0.make("export clinics to \"clinics.gpkg\"") }),
      WrongInput(
        "a database of something else", "layers", status: 3, store: "notes.sqlite",
        prepare: { try SQLite.run("CREATE TABLE notes (text)", $0["notes.sqlite"]) }),
      WrongInput(
        "a name that the store keeps for itself", "let a = clinics\nsave a as geometry_columns", status: 2,
        store: "plan.sqlite"),
    ])

  static let exports = Family(
    name: "exports",
    cases: [
      WrongInput(
        "a folder in the way", "export parks to \"parks.geojson\"", status: 3,
        prepare: { try $0.makeFolder("parks.geojson") }),
      WrongInput(
        "a file for a folder", "export parks to \"a/parks.geojson\"", status: 3,
        prepare: { try $0.write("a", "a file") }),
      WrongInput("a folder where nobody may write", "export parks to \"/proc/self/parks.geojson\"", status: 3),
      WrongInput("a folder without a format", "export parks, clinics to \"out/\"", status: 3),
      WrongInput(
        "something that is no file", "export parks to \"pipe.geojson\"", status: 3,
        prepare: { mkfifo($0["pipe.geojson"], 0o600) }),
      WrongInput(
        "a name that is too long", "export parks to \"\(String(repeating: "长", count: 100)).geojson\"", status: 3),
      WrongInput(
        "rows without places as GeoJSON", "parks | summarize n = count() | export to \"n.geojson\"", status: 0),
      WrongInput(
        "rows without places as a shapefile", "parks | summarize n = count() | export to \"n.shp\"", status: 3),
    ])

  /// What becomes known only while rows are computed.
  static let answers = Family(
    name: "answers",
    cases: [
      WrongInput("a sum that is too large", "values (a = 9223372036854775807) | derive b = a + 1", status: 3),
      WrongInput("a product that is too large", "values (a = 9223372036854775807) | derive b = a * 2", status: 3),
      WrongInput(
        "a total that is too large", "values (a = 9223372036854775807), (1) | summarize s = sum(a)", status: 3),
      WrongInput("division by zero", "values (a = 1), (0) | derive b = 10 / a", status: 0),
      WrongInput("cells that are too many", "start_up_area | grid 1 cm", status: 2),
      WrongInput("hexagons that are too many", "districts | hexagons 10 cm", status: 2),
      WrongInput(
        "coverage of areas without people",
        "parks | coverage by clinics within 500 m of (residents | take 1) weighted by pop as c | select name, c.share, c.reason",
        status: 0),
      WrongInput("a buffer that eats the area", "parks | buffer -50 km | select name, size = area()", status: 0),
      WrongInput(
        "nothing is near", "places | nearest 1 clinics as c within 1 m | select name, c.name, c.reason", status: 0),
      WrongInput(
        "facilities that are none",
        "subdistricts | coverage by (clinics | where false) within 1 km as c | select name, c.share", status: 0),
      WrongInput("an assertion that does not hold", "assert parks: area() > 20 km2 as \"wide enough\"", status: 1),
      WrongInput("an assertion about nothing", "assert (parks | where false): area() > 1 km2", status: 0),
    ])
}
