/// Statements that ask for what is not there.
extension Family {
  static let statements = Family(
    name: "statements",
    cases: [
      WrongInput("export to an unknown ending", "export parks to \"parks.docx\"", status: 3),
      WrongInput("export to no ending", "export parks to \"parks\"", status: 3),
      WrongInput("export as an unknown format", "export parks to \"out/\" as word"),
      WrongInput("export of several layers to GeoJSON", "export parks, clinics to \"both.geojson\"", status: 3),
      WrongInput("export of a layer twice", "export parks, parks to \"both.gpkg\"", status: 3),
      WrongInput("export in the middle", "parks | export to \"a.geojson\" | take 1"),
      WrongInput("export of an unknown name", "export prks to \"a.geojson\""),
      WrongInput("export without a file", "export parks"),
      WrongInput("export in a system nobody knows", "export parks to \"a.gpkg\" crs epsg:99999", status: 3),
      WrongInput(
        "a file whose name is no name in a query", "import \"2021 年 (新) a-b.csv\"\nlayers_of_nothing", status: 2,
        prepare: { try $0.write("2021 年 (新) a-b.csv", "lng,lat\n117.1,36.7\n") }),
      WrongInput("an unknown setting", "set speed_of_walk = 5 km/h"),
      WrongInput("a speed of a mode that is not there", "set walking speed = 5 km/h"),
      WrongInput("a system in degrees to measure in", "set crs = epsg:4326"),
      WrongInput("a system that is a word", "set crs = jinan"),
      WrongInput("a date that is a number", "set date = 5"),
      WrongInput("a language that is not spoken here", "set language = fr"),
      WrongInput("no workers", "set workers = 0"),
      WrongInput("workers with a unit", "set workers = 2 km"),
      WrongInput("save of an unknown name", "save nothing"),
      WrongInput(
        "save under a name that is taken", "let a = parks\nsave a as Parks\nlet b = clinics\nsave b as parks", status: 0
      ),
      WrongInput("describe of an unknown name", "describe prks"),
      WrongInput("help on an unknown word", "help neerest"),
      WrongInput(
        "a parameter of another kind", "param reach = 500 m\nresidents | within reach of clinics",
        set: ["reach": "15 min"]),
      WrongInput(
        "a parameter without a unit", "param reach = 500 m\nresidents | within reach of clinics",
        set: ["reach": "800"]),
      WrongInput(
        "a parameter that is no value", "param reach = 500 m\nresidents | within reach of clinics",
        set: ["reach": "far away"]),
      WrongInput("a parameter without a default", "param reach\nresidents | within reach of clinics"),
      WrongInput("a parameter from a layer", "param n = parks"),
      WrongInput("SQL that is wrong", "sql \"selec 1\" | take 1"),
      WrongInput("SQL that would write", "sql \"drop table parks\" | take 1"),
      WrongInput("SQL of an unknown table", "sql \"select * from prks\" | take 1"),
      WrongInput(
        "import over an embedded layer", "import \"a.csv\" as parks\nparks | take 1", status: 0,
        prepare: { try $0.write("a.csv", "name,lng,lat\n北站,117.1,36.7\n") }),
      WrongInput(
        "two files under one name", "import \"a.csv\" as stops\nimport \"b.csv\" as stops", status: 3,
        prepare: {
          try $0.write("a.csv", "lng,lat\n117.1,36.7\n")
          try $0.write("b.csv", "lng,lat\n117.2,36.8\n")
        }),
    ])
}
