/// A verb of a pipeline as `help` explains it and the documentation prints it.
public struct StepDeclaration: Sendable {
  public enum Family: String, Sendable, CaseIterable {
    case rows = "Rows"
    case keepByPlace = "Keep by place"
    case joinByPlace = "Join by place"
    case perArea = "Per area"
    case shape = "Shape"
    case leaving = "Leaving"
  }

  public let name: String
  public let family: Family
  public let syntax: String
  /// What it does, with units and what becomes of rows without an answer.
  public let summary: String
  /// A query over the embedded layers.
  public let example: String

  /// All steps, family by family.
  public static let all: [StepDeclaration] = rows + places + areas + shapes

  public static func named(_ name: String) -> StepDeclaration? { all.first { $0.name == name } }

  private static let rows: [StepDeclaration] = [
    step(
      "where", .rows, "where CONDITION",
      "Keeps the rows for which the condition is true; a null answer drops the row. An aggregate in it is over all rows.",
      "parks | where kind == \"industrial\" and area() > 5 km2 | select name, size = area()"),
    step(
      "select", .rows, "select COLUMN, NAME = EXPRESSION, …",
      "Keeps just these columns, in this order; the geometry stays with its rows.",
      "clinics | select name, kind, east = x() to km"),
    step(
      "derive", .rows, "derive NAME = EXPRESSION, …", "Adds columns, or replaces those of the same name.",
      "parks | derive mu = area() to mu | select name, mu"),
    step(
      "sort", .rows, "sort by EXPRESSION [desc], …", "Orders the rows; equal ones keep their order, nulls come last.",
      "parks | sort by area() desc | select name, size = area() | take 3"),
    step("take", .rows, "take N", "Keeps the first N rows.", "clinics | take 5"),
    step(
      "summarize", .rows, "summarize NAME = AGGREGATE, … [by KEY, …]",
      "One row for each combination of the keys, in the order in which they first come, or one row for all. The geometry is dropped; `dissolve` keeps it.",
      "residents | summarize people = sum(pop), places = count() by subdistrict | sort by people desc"),
    step(
      "join", .rows, "join L on COLUMN == X.COLUMN [as X]",
      "Adds the columns of the rows of L with an equal key as X.*; every row stays, with nulls and X.reason where none is equal, and is repeated where several are.",
      "service_halls | join districts on district == d.name as d | select name, d.area_km2"),
    step(
      "union", .rows, "union L",
      "The rows of both, the first ones first; columns are matched by name and missing ones are null.",
      "clinics | union markets | summarize n = count()"),
    step(
      "repair", .rows, "repair",
      "Mends what `check` finds and is certain (x and y exchanged, rings that touch themselves or run the wrong way, exact duplicates) and tells it in the column `repaired`; what is left is in the column `problem`, null where a row is fine. Rows are looked at all together, as their layer is kept.",
      "clinics | repair | select name, repaired, problem | take 3"),
    step(
      "distinct", .rows, "distinct [COLUMN, …]",
      "The first row of each combination of these columns, or of all columns; geometries are not compared.",
      "sale_points | distinct district | select district"),
  ]

  private static let places: [StepDeclaration] = [
    step(
      "within", .keepByPlace, "within D [by MODE] of|from L [via L]",
      "Keeps rows at most D in a straight line from some row of L, or along the streets `by MODE`; exactly D counts. Never multiplies rows. Rows without geometry are dropped and counted in a note.",
      "residents | within 500 m of clinics | summarize people = sum(pop)"),
    step(
      "beyond", .keepByPlace, "beyond D [by MODE] of|from L [via L] [as X]",
      "Keeps rows more than D from every row of L: the complement of `within`. Along the streets, `by MODE`, it adds `reason`, or X.reason: why none is in reach; a row without geometry is then kept with that as the reason.",
      "collection_points | beyond 3 km of (waste_facilities | where kind == \"transfer\") | summarize n = count()"),
    step(
      "inside", .keepByPlace, "inside L", "Keeps rows that one area of L covers; a point on the outline is inside.",
      "metro_stations | inside start_up_area | select name"),
    step(
      "outside", .keepByPlace, "outside L", "Keeps rows that touch no area of L.",
      "metro_stations | outside start_up_area | select name"),
    step(
      "intersecting", .keepByPlace, "intersecting L", "Keeps rows that share at least a point with some row of L.",
      "districts | intersecting start_up_area | select name"),
    step(
      "nearest", .joinByPlace, "nearest [K] [from] L [via L] as X [within D] [by MODE] [with route]",
      "Adds the K nearest rows of L as X.* with X.distance (m), the nearest first; ties go to the smaller feature number. A row that has none stays, with X.reason. Along the streets, `by MODE`, it adds X.time (min) unless D is a length, and `with route` makes the way the row's geometry.",
      "places | nearest 1 metro_stations as m | select name, m.name, m.distance | sort by m.distance"),
    step(
      "locate", .joinByPlace, "locate in L as X",
      "Adds the columns of the area of L that holds the row's point (of other geometries, the centroid); of several the one with the smallest number. A row that none holds stays, with X.reason.",
      "metro_stations | locate in subdistricts as s | select name, s.name"),
    step(
      "around", .joinByPlace, "around D [by MODE] [from] L [via L] as X (NAME = AGGREGATE, …)",
      "Aggregates the rows of L within D of each row as X.NAME; `distance` (m) may be used inside, or `time` (min) where D is a time along the streets.",
      "markets | around 500 m residents as r (people = sum(pop), nearest = min(distance)) | take 5"),
  ]

  private static let areas: [StepDeclaration] = [
    step(
      "count", .perArea, "count L [as N]",
      "Adds the number of rows of L that share a point with the area; a point on the outline of two areas counts in both.",
      "parks | count collection_points as n | select name, n"),
    step(
      "density", .perArea, "density L per UNIT [as D]",
      "Adds the count divided by the area, per km2, ha or mu; null where the area is 0.",
      "parks | density collection_points per km2 as d | where d < mean(d) | sort by d"),
    step(
      "coverage", .perArea, "coverage by|from L [via L] within D [by MODE] [of PEOPLE [weighted by W]] [as C]",
      "Adds C.share, C.covered and C.total: the part of each area within D of some row of L, by area (km²), or by the people that stand in it, each counted as one or by weight. C.reason says why a share is missing. Along the streets, `by MODE`, people are asked for the way from their own place, and by area it is the share of the outline that `catchment … merged` draws round all of L. Where L has points, the area is that of true circles, not of polygons.",
      "subdistricts | coverage by clinics within 1000 m of residents weighted by pop as c | select name, c.share, c.covered, c.total"
    ),
    step(
      "gaps", .perArea, "gaps by|from L [via L] within D [by MODE]",
      "The parts of each area that are farther than D from every row of L, as areas; areas wholly covered are left out. Circles round points are drawn with chords of 2°, so that a gap reaches up to 0.0152 % of D too far. Along streets they are what lies outside of the outline that `catchment … merged` draws.",
      "subdistricts | gaps by clinics within 1000 m | select name, uncovered = area()"),
  ]

  private static let shapes: [StepDeclaration] = [
    step(
      "buffer", .shape, "buffer D",
      "Widens each geometry by D (narrows areas where D is negative). Round corners have 16 segments a quarter, so that a disc is 0.16 % small.",
      "metro_stations | buffer 800 m | select name, size = area()"),
    step(
      "catchment", .shape, "catchment [from] D, … by MODE [merged | split] [as lines] [width D]",
      "The area from which each row is reached along the streets within each length or time (`from`: that it reaches), a row for each limit, with the limit as `distance` or `time`. `merged` makes one area of all rows, `split` gives each place to the nearest row, `as lines` keeps to the streets. An area holds what is within the width (25 m) of a reached street and at least as near to it as to any street that is not reached; holes of up to 4 ha without such a street are closed. A row that is an area belongs to what it serves, but for `split`. Parts of `split` need not tile what `merged` covers: each closes its own small holes, and of rows at one spot the first is given all.",
      "metro_stations | take 3 | catchment 5, 10 min by walk | select name, time, size = area()"),
    step(
      "dissolve", .shape, "dissolve [by KEY, …]",
      "Unites the geometries of each group, or of all rows, without their inner borders; only the keys stay as columns.",
      "subdistricts | dissolve | select size = area()"),
    step(
      "clip", .shape, "clip to L", "Cuts each geometry to the areas of L; rows with nothing left are dropped.",
      "districts | clip to start_up_area | select name, part = area()"),
    step(
      "erase", .shape, "erase L", "Cuts the areas of L out of each geometry; rows with nothing left are dropped.",
      "start_up_area | erase parks | select rest = area()"),
    step(
      "centroid", .shape, "centroid", "The centre of mass of each geometry, as a point.",
      "subdistricts | centroid | select name, x(), y()"),
    step(
      "hull", .shape, "hull", "The convex hull of each geometry; of all rows together after `dissolve`.",
      "sale_points | dissolve | hull | select size = area()"),
    step(
      "simplify", .shape, "simplify D",
      "Drops vertices that lie within D of the simplified line (Douglas–Peucker) and keeps areas valid; neighbours may part by up to D.",
      "start_up_area | simplify 200 m | select n = vertices()"),
    step(
      "grid", .shape, "grid D",
      "Squares of side D, aligned to multiples of D in the working system, that meet the rows; columns id, column, row.",
      "start_up_area | grid 2 km | count residents as n | summarize cells = count(), peopled = max(n)"),
    step(
      "hexagons", .shape, "hexagons D",
      "Hexagons D wide between opposite sides that meet the rows; columns id, column, row.",
      "start_up_area | hexagons 2 km | summarize cells = count()"),
    step(
      "export", .leaving, "export to \"FILE\" [layer \"L\"] [as FORMAT] [crs SYSTEM] [encoding NAME]",
      "Writes the rows to a file, whole or not at all; the extension decides the format: geojson, gpkg, csv.",
      "parks | export to \"out/parks.geojson\""),
  ]

  private static func step(
    _ name: String, _ family: Family, _ syntax: String, _ summary: String, _ example: String
  ) -> StepDeclaration {
    StepDeclaration(name: name, family: family, syntax: syntax, summary: summary, example: example)
  }
}
