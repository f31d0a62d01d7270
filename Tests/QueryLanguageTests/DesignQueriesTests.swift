import QueryLanguage
import Testing

/// The queries of the language's design read as they are written there.
@Suite struct DesignQueriesTests {
  static let scripts = [
    """
    -- the 15-minute community circle: how many residents reach a clinic, and where they do not
    let circle = subdistricts | coverage by clinics within 15 min by walk of residents weighted by pop as c
    let gaps15 = subdistricts | gaps by clinics within 15 min by walk
    assert circle: c.share >= 80 %
    export gaps15 to "out/gaps15.geojson"
    export circle, gaps15 to "out/circle.gpkg"
    """,
    """
    -- collection points per km² in each park, and the parks under the mean
    parks | density collection_points per km2 as d | where d < mean(d) | sort by d
    """,
    """
    -- watermelon stalls open on a day, farther than 300 m from any waste bin
    sale_points | where open on 2021-06-01 | beyond 300 m of collection_points | locate in districts as d
      | summarize n = count() by d.name | sort by n desc
    """,
    """
    places | nearest 1 (service_halls | where district in ("莱芜区", "章丘区", "钢城区")) as h | select name, h.name, h.distance
    """,
    """
    collection_points | beyond 3 km of (waste_facilities | where kind == "transfer") | export to "out/too_far.geojson"
    """,
    "clinics | where open on 2026-01-15",
    "residents | nearest 1 (clinics | where open on 2026-01-15) as c",
    "residents | within 500 m of clinics",
    "residents | within 15 min by walk of clinics",
    "residents | within 1 km by walk from clinics",
    "parks | derive a = area() to mu, r = area() / 1 km2, q = 900 亩, t = 15 分钟, s = 30 km/h, p = 3 per km2",
    "point(117.10, 36.83) | buffer 500 米",
    "sql \"select * from clinics\" | take 5",
    "values (a = 1, b = \"x\"), (2, \"y\") | sort by a desc, b",
    "let name = clinics | where name like \"崔寨%\" and beds is not null or not open on 2021-05-11",
    "param radius = 500 m",
    "export a to \"out/\" as geojson",
    "import \"roads.gpkg\" layer \"x\" crs epsg:4548 encoding gbk as roads repair",
    "import \"roads.shp\" repair encoding \"gbk\" as roads crs gcj02",
    "import \"roads.shp\" encoding utf-8",
    "layers of \"plan.gpkg\" encoding gbk",
    "import \"plan.gpkg\" layers \"a\", b crs epsg:4548",
    "import \"plan.gpkg\" all where pop > 500 limit 10",
    "import \"f.shp\" where kind == \"park\" within box(117.0, 36.7, 117.2, 36.9) limit 1000 as parks",
    "import \"site.dxf\" closed as areas tolerance 1 cm as site",
    "save circle as circle_2026",
    "set walk speed = 4.8 km/h",
    "set crs = epsg:4547",
    "set language = zh",
    "set date = 2026-01-15",
    "explain parks | count clinics as n",
    "describe parks",
    "layers",
    "help",
    "help nearest",
    "help |",
    "a | join L on a == b as x | union L | distinct a, b | take 10",
    "a | inside L | outside L | intersecting (L | where x > 1)",
    "a | around 500 m clinics as c (n = count(), s = sum(cap))",
    "a | around radius (clinics | where x) as c (n = count())",
    "a | count L as n | density L per km2 as d",
    "a | coverage by L within 500 m of people weighted by pop as c | gaps by L within 500 m",
    "a | catchment 5, 10, 15 min by walk",
    "a | dissolve by d | clip to L | erase L | centroid | hull | simplify 5 m | grid 500 m | hexagons 500 m | dissolve",
    "a | nearest clinics as c within 500 m by walk | nearest (k) clinics as d | nearest (k + 1) (clinics) as e",
    "a | derive c = case when x < 1 then \"low\" when x < 2 then \"mid\" else \"high\" end",
    "assert (a | where x): not (b or c) and lower(coalesce(d, \"\")) != \"e\" as \"label\"",
  ]

  @Test(arguments: scripts) func parses(_ script: String) {
    let result = Parser.parse(SourceText(script, name: "test"))
    #expect(result.diagnostics == [])
    #expect(!result.script.statements.isEmpty)
  }
}
