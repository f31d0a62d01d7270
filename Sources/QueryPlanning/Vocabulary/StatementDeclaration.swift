/// A statement, or a kind of source, as `help` explains it and the documentation prints it.
public struct StatementDeclaration: Sendable {
  public let name: String
  public let syntax: String
  public let summary: String
  /// A text over the embedded layers.
  public let example: String

  public static let statements: [StatementDeclaration] = [
    declare(
      "let", "let NAME = PIPELINE", "Names a result; it is evaluated once, when it is first needed.",
      "let wide = parks | where area() > 5 km2\nwide | summarize n = count()"),
    declare(
      "param", "param NAME = VALUE", "A script's parameter with its default; `--set NAME=VALUE` sets it from outside.",
      "param reach = 500 m\nresidents | within reach of clinics | summarize people = sum(pop)"),
    declare(
      "assert", "assert SOURCE: CONDITION [as \"LABEL\"]",
      "Every row must satisfy the condition; one over aggregates alone is asked once. The rows that fail are printed, and a script then ends with status 1.",
      "assert residents: sum(pop) == 353600 as \"D55: residents of the start-up area\""),
    declare(
      "export",
      "export NAME, … to \"FILE\" [layer \"L\"] [as FORMAT] [crs SYSTEM] [encoding NAME]",
      "Writes layers or results to a file, whole or not at all: .geojson, .geojsonl, .gpkg, .fgb, .shp, .kml, .dxf, .csv, .xlsx, or tables of a database (\"postgres://user@host/name\"). What a format cannot hold is said. Several layers need a format that holds several (gpkg, xlsx, a database) or a folder. `crs` may also be gcj02 or bd09, which every row then says; `encoding gbk` is for old programs that read .csv and .shp.",
      "let wide = parks | where area() > 5 km2\nexport wide to \"out/wide.geojson\""),
    declare(
      "import",
      "import \"FILE\" [layer \"L\" | layers \"A\", \"B\" | all] [where CONDITION] [within box(LON, LAT, LON, LAT)] [limit N] [crs SYSTEM] [encoding NAME] [closed as areas] [tolerance D] as NAME [repair] [network …]",
      "Brings a layer of a file into the store, or into memory without one; with `layers` or `all` several, each under its own name. Read are GeoJSON, GeoPackage, shapefile, file geodatabase, FlatGeobuf, KML, GML, MapInfo, DXF, DWG of AutoCAD 2000, SpatiaLite, OpenStreetMap and ZIP archives of these, and tables with longitude and latitude: CSV, XLSX, XLS, ODS. `where` asks for the columns of the file, `within box` for what lies between degrees of WGS 84. `closed as areas` makes areas of lines that end where they begin; `tolerance` is how far segments may be from an arc. Nothing is guessed in silence: notes say what was found, and rows whose place cannot be read are kept aside in NAME_rejected. `network` makes streets of the lines.",
      "export metro_stations to \"out/stations.csv\"\nimport \"out/stations.csv\" as stations\nstations | summarize n = count()\nimport \"out/stations.csv\" within box(117.0, 36.7, 117.1, 36.9) limit 5 as some"
    ),
    declare(
      "save", "save NAME [as LAYER]", "Keeps a result as a layer of the store.",
      "let wide = parks | where area() > 5 km2\nsave wide as wide_parks"),
    declare(
      "set", "set KEY = VALUE",
      "Session settings: `crs` the system in which everything is measured (`auto` chooses by the data), `date` the day that `today` means, `language` zh or en for titles, `workers` how many threads a query may use (answers do not depend on it). For streets: `walk speed` and the like one speed for a mode, `snap` how far a point may be from its street, `network` which layer's streets are used, `detour` how much longer than the straight line ways are taken to be where there are none; `auto` brings back what each of them was. `set` alone shows all.",
      "set crs = epsg:32650\nparks | summarize total = sum(area())"),
    declare(
      "mode", "mode NAME like MODE [speed SPEED [on CLASS, …]] … [without CLASS, …]",
      "Makes a way of getting about that is like another but for some speeds and some classes of street that it may not use; `describe modes` lists them.",
      "mode wheelchair like walk speed 3 km/h without steps, path\ndescribe wheelchair"),
    declare(
      "explain", "explain PIPELINE",
      "Runs the pipeline and shows its operators, the index each used, expected and actual rows and the time of each.",
      "explain residents | within 500 m of clinics | summarize people = sum(pop)"),
    declare(
      "describe", "describe NAME",
      "Columns, reference system, extent, source and accuracy of a layer or a result; how an imported layer came: the encoding of its texts, the reference system it was in and how that is known, and the operation that brings it where it is measured, with its accuracy; of a street network its length, parts and whatever looks wrong; the speeds of a mode, and of all with `describe modes`.",
      "describe parks"),
    declare(
      "check", "check L [as coverage] [against R]",
      "Looks for bad data in a layer, as it is kept, or in a result: shapes, duplicates, places, districts, units, numbers and dates. Each problem comes with its code, how sure it is, the number of rows, the first of them with their place, and what to write next; `help quality` lists them all. `as coverage` asks whether areas tile, without gaps and overlaps; `against R` takes the districts that rows name from R, and judges by places of the same name or by outlines whether the layer is in WGS 84, GCJ-02 or BD-09. `repair` mends what is certain.",
      "check clinics"),
    declare(
      "layers", "layers [of \"FILE\" [encoding NAME]]",
      "All layers and results that can be named; with `of` the layers that a file holds: kind of geometry, rows, reference system and columns.",
      "layers\nexport metro_stations to \"out/stations.csv\"\nlayers of \"out/stations.csv\""),
    declare("help", "help [WORD]", "The language at a glance, or one word of it.", "help coverage"),
  ]

  public static let sources: [StatementDeclaration] = [
    declare(
      "point", "point(LONGITUDE, LATITUDE)", "One row at a position in degrees.",
      "point(117.10, 36.83) | nearest 3 clinics as c | select c.name, c.distance"),
    declare(
      "values", "values (NAME = VALUE, …), (VALUE, …), …", "Rows as written; the first names the columns.",
      "values (kind = \"centre\", radius = 1000 m), (\"station\", 300 m) | sort by radius"),
    declare(
      "sql", "sql \"SELECT …\"",
      "The answer of SQLite with SpatiaLite's functions, read-only, over the store and the layers that it names.",
      "sql \"select kind, count(*) as n from clinics group by kind order by kind\" | sort by n desc"),
  ]

  /// The words that `import` may have behind its file.
  public static let importOptions = [
    "all", "as", "bridging", "class field", "closed as areas", "crs", "encoding", "layer", "layers", "limit", "network",
    "oneway field", "planar", "repair", "speed field", "tolerance", "where", "with ferries", "with heights",
    "within box(",
  ]

  /// What a statement may be told in so many words that they are explained by themselves.
  public static let options: [StatementDeclaration] = [
    declare(
      "network",
      "import \"FILE\" as NAME network [class field F] [oneway field F] [speed field F] [tolerance D] [bridging D] [planar] [with ferries] [with heights]",
      "Makes a street network of the lines that are imported. They meet at shared vertices within the tolerance (1 cm), with `planar` also where they cross; `bridging` closes gaps at dead ends up to a length. The columns tell the class, the direction (yes, no, -1) and the speed in km/h of each. `with heights` reads the heights (Z) of the lines, and walking takes longer uphill (Tobler's hiking function). Files of OpenStreetMap (.osm.pbf, .osm) say all that themselves: ways meet at the nodes they name, so that a bridge does not join what it crosses; ferries are left out unless asked for.",
      "let streets = sql \"select 'steps' as kind, GeomFromText('LINESTRING(117.1 36.8, 117.11 36.8)', 4326) as geometry\"\nexport streets to \"out/streets.geojson\"\nimport \"out/streets.geojson\" as my_streets network class field kind\ndescribe my_streets"
    )
  ]

  public static func named(_ name: String) -> StatementDeclaration? {
    (statements + sources + options).first { $0.name == name }
  }

  private static func declare(_ name: String, _ syntax: String, _ summary: String, _ example: String)
    -> StatementDeclaration
  {
    StatementDeclaration(name: name, syntax: syntax, summary: summary, example: example)
  }
}
