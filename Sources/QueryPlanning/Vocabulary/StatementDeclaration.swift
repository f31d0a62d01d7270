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
      "export", "export NAME, … to \"FILE\" [as FORMAT] [crs SYSTEM]",
      "Writes layers or results to a file, whole or not at all. Several need a format that holds several (gpkg) or a folder.",
      "let wide = parks | where area() > 5 km2\nexport wide to \"out/wide.geojson\""),
    declare(
      "import", "import \"FILE\" [layer \"L\"] [crs SYSTEM] [encoding NAME] as NAME [repair]",
      "Brings a layer of a file into the store, or into memory without one: GeoJSON, GeoPackage, shapefile, CSV with longitude and latitude and whatever else GDAL reads. Nothing is guessed in silence: notes say what was found.",
      "export metro_stations to \"out/stations.csv\"\nimport \"out/stations.csv\" as stations\nstations | summarize n = count()"
    ),
    declare(
      "save", "save NAME [as LAYER]", "Keeps a result as a layer of the store.",
      "let wide = parks | where area() > 5 km2\nsave wide as wide_parks"),
    declare(
      "set", "set KEY = VALUE",
      "Session settings: `crs` the system in which everything is measured (`auto` chooses by the data), `date` the day that `today` means, `language` zh or en for titles, `workers` how many threads a query may use (answers do not depend on it).",
      "set crs = epsg:32650\nparks | summarize total = sum(area())"),
    declare(
      "explain", "explain PIPELINE",
      "Runs the pipeline and shows its operators, the index each used, expected and actual rows and the time of each.",
      "explain residents | within 500 m of clinics | summarize people = sum(pop)"),
    declare(
      "describe", "describe NAME", "Columns, reference system, extent, source and accuracy of a layer or a result.",
      "describe parks"),
    declare("layers", "layers", "All layers and results that can be named.", "layers"),
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

  public static func named(_ name: String) -> StatementDeclaration? { (statements + sources).first { $0.name == name } }

  private static func declare(_ name: String, _ syntax: String, _ summary: String, _ example: String)
    -> StatementDeclaration
  {
    StatementDeclaration(name: name, syntax: syntax, summary: summary, example: example)
  }
}
