/// Values of another type, aggregates out of place, and rows without geometry.
///
/// A query, then `code «underlined» message → fix`; lists that are the same everywhere are cut.
let typeMistakes: [(String, String)] = [
  (
    #"parks | where area() > "5 km2""#,
    #"type.mismatch «>» `>` between an area and text → put texts in double quotes, and numbers without"#
  ),
  (
    #"parks | select n = count(kind)"#,
    #"type.argument-count «count(kind)» count() takes nothing → write count(); to count rows of a kind, put `where` before"#
  ),
  (
    #"parks | summarize n = sum()"#,
    #"type.argument-count «sum()» sum() takes one argument → write sum(column)"#
  ),
  (
    #"parks | summarize n = sum(name)"#,
    #"type.mismatch «name» sum() needs numbers; this is name (text) → count rows with count(), or different values with count_distinct()"#
  ),
  (
    #"parks | summarize n = sum(max(area()))"#,
    #"type.aggregate «max(area())» max() stands inside another aggregate → compute the inner one in a step before"#
  ),
  (
    #"parks | summarize n = count() by sum(area_mu)"#,
    #"type.aggregate «sum(area_mu)» sum() is over many rows; rows are grouped before they are aggregated → compute it in a step before"#
  ),
  (
    #"residents | summarize n = pop"#,
    #"type.aggregate «pop» pop differs from row to row of a group → put it in an aggregate such as max(pop), or write `by pop`"#
  ),
  (
    #"residents | summarize n = pop, m = sum(pop) by subdistrict"#,
    #"type.aggregate «pop» pop differs from row to row of a group → put it in an aggregate such as max(pop), or write `by pop`"#
  ),
  (
    #"residents | summarize sum(pop) by sum(pop)"#,
    #"type.aggregate «sum(pop)» sum() is over many rows; rows are grouped before they are aggregated → compute it in a step before"#
  ),
  (
    #"residents | summarize n = count() | within 5 m of clinics"#,
    #"geometry.missing «within» `within` looks at places, and the rows before it have no geometry → put it before `summarize`, which drops the geometry, or use `dissolve`, which keeps it"#
  ),
  (
    #"residents | summarize n = count() | buffer 5 m"#,
    #"geometry.missing «buffer» `buffer` looks at places, and the rows before it have no geometry → put it before `summarize`, which drops the geometry, or use `dissolve`, which keeps it"#
  ),
  (
    #"residents | summarize n = count() | where area() > 1 km2"#,
    #"geometry.missing «area()» area() measures a geometry, and these rows have none → measure before `summarize`, which drops it, or use `dissolve`, which keeps it"#
  ),
  (
    #"residents | within 5 m of (clinics | summarize n = count())"#,
    #"geometry.missing «(clinics | summarize n = count())» these rows have no geometry → name a layer, or keep the geometry: `select` does, `summarize` does not"#
  ),
  (
    #"residents | within 5 m of budget"#,
    #"geometry.missing «budget» these rows have no geometry → name a layer, or keep the geometry: `select` does, `summarize` does not"#
  ),
  (
    #"parks | select round()"#,
    #"type.argument-count «round()» round() was given 0 arguments → write round(a, decimals)"#
  ),
  (
    #"parks | select a = round(1, 2, 3)"#,
    #"type.argument-count «round(1, 2, 3)» round() was given 3 arguments → write round(a, decimals)"#
  ),
  (
    #"parks | select a = round(area(), 1.5)"#,
    #"type.not-constant «1.5» the number of decimals is a whole number from -9 to 15 → write round(a, 2)"#
  ),
  (
    #"parks | select a = lower(area())"#,
    #"type.mismatch «area()» lower() takes text; this is an area"#
  ),
  (
    #"parks | select a = year(name)"#,
    #"type.mismatch «name» year() takes a date; this is name (text) → make one with date(text)"#
  ),
  (
    #"parks | select a = distance(name, geometry)"#,
    #"type.mismatch «name» distance(a, b) is between two geometries; this is name (text) → after `nearest … as h` write h.distance, or distance(geometry, h.geometry)"#
  ),
  (
    #"parks | select a = area(name)"#,
    #"type.mismatch «name» area() measures a geometry; this is name (text) → write area() for the row's own"#
  ),
  (
    #"parks | select a = abs(name)"#,
    #"type.mismatch «name» abs() takes a number; this is name (text)"#
  ),
  (
    #"parks | select a = coalesce(name, 1)"#,
    #"type.mismatch «1» the arguments of coalesce() differ: text and a whole number → make them of one type"#
  ),
  (
    #"parks | select a = least(geometry)"#,
    #"type.mismatch «geometry» least() chooses among values; this is geometry (a geometry)"#
  ),
  (
    #"parks | select a = geometry"#,
    #"type.mismatch «geometry» a geometry cannot be a column beside others → write geometry = … to make it the rows' own"#
  ),
  (
    #"parks | derive geometry = area()"#,
    #"type.mismatch «geometry» the column geometry holds geometries → choose another name"#
  ),
  (
    #"service_halls | join districts on services == d.name as d"#,
    #"type.mismatch «services == d.name» services is a whole number and d.name is text → join columns of one type"#
  ),
  (
    #"service_halls | join districts on district > d.name as d"#,
    #"type.mismatch «district > d.name» `join` is on equal columns of both sides → write on district == d.name"#
  ),
  (
    #"service_halls | join districts on geometry == d.geometry as d"#,
    #"type.mismatch «geometry == d.geometry» geometry is a geometry and d.geometry is a geometry → places are joined by `locate`, `nearest` or `around`"#
  ),
  (
    #"parks | union budget"#,
    #"geometry.missing «budget» one side of `union` has geometry and the other has none → unite layers with layers, and summaries with summaries"#
  ),
  (
    #"parks | union (districts | select name = area_km2)"#,
    #"type.mismatch «(districts | select name = area_km2)» column name is text on one side of `union` and an area in km² on the other → rename it on one side: select other = name, …"#
  ),
  (
    #"values (a = 1), ("x")"#,
    #"type.mismatch «1» the values of a differ: text and a whole number → make them of one type"#
  ),
  (
    #"values (geometry = 1)"#,
    #"type.mismatch «geometry» the column geometry holds geometries, which are not written as values → choose another name; a place is written point(117.10, 36.83)"#
  ),
  (
    #"point(117 m, 36.8)"#,
    #"type.mismatch «117 m» a longitude is a plain number of degrees → write point(117.10, 36.83): longitude, then latitude"#
  ),
  (
    #"point("117", 36.8)"#,
    #"type.mismatch «"117"» a longitude is a plain number of degrees → write point(117.10, 36.83): longitude, then latitude"#
  ),
  (
    #"parks | where name like name_en"#,
    #"type.not-constant «name_en» the pattern of `like` must be a text, the same for all rows → write a text such as "崔寨%", where % stands for anything"#
  ),
  (
    #"parks | where area() like "5%""#,
    #"type.mismatch «area()» `like` compares text; this is an area"#
  ),
  (
    #"sale_points | where open on "2021-06-01""#,
    #"type.mismatch «"2021-06-01"» `open on` needs a date; this is text → write 2021-06-01, without quotes"#
  ),
  (
    #"sale_points | where open on name"#,
    #"type.mismatch «name» `open on` needs a date; this is name (text) → write a date such as 2021-06-01"#
  ),
  (
    #"sale_points | where valid_from > "soon""#,
    #"type.mismatch «"soon"» "soon" is not a date → write a date such as 2021-05-11, without quotes"#
  ),
  (
    #"sale_points | where valid_from > 5"#,
    #"type.mismatch «>» `>` between valid_from (a date) and a plain number → write a date such as 2021-05-11"#
  ),
  (
    #"sale_points | derive later = valid_from + valid_to"#,
    #"type.mismatch «valid_from + valid_to» `+` between valid_from (a date) and valid_to (a date) → a time is added to a date, as in valid_from + 30 d; two dates are subtracted, valid_to - valid_from"#
  ),
  (
    #"parks | dissolve by geometry"#,
    #"type.mismatch «geometry» geometries cannot be grouped → group by a column that names the place"#
  ),
  (
    #"parks | dissolve by geometry = kind()"#,
    #"type.mismatch «geometry» the column geometry holds geometries → choose another name"#
  ),
  (
    #"parks | sort by geometry"#,
    #"type.mismatch «geometry» geometries have no order → sort by a measure such as area()"#
  ),
  (
    #"parks | distinct geometry"#,
    #"type.mismatch «geometry» geometries cannot be grouped → group by a column that names the place"#
  ),
  (
    #"parks | distinct lower(name)"#,
    #"type.mismatch «lower(name)» `distinct` compares columns → compute it before: derive lower_name = … | distinct lower_name"#
  ),
  (
    #"parks | where name"#,
    #"type.mismatch «name» this is name (text), where a condition is due → compare it with something, such as `name == "…"` or `area() > 1 km2`"#
  ),
  (
    #"parks | where null"#,
    #"type.mismatch «null» this is null, where a condition is due → compare it with something, such as `name == "…"` or `area() > 1 km2`"#
  ),
  (
    #"parks | where not area()"#,
    #"type.mismatch «area()» this is an area, where a condition is due → compare it with something, such as `name == "…"` or `area() > 1 km2`"#
  ),
  (
    #"parks | where name + "x" == "y""#,
    #"type.mismatch «name» `+` needs numbers; this is name (text) → join texts with concat(a, b)"#
  ),
  (
    #"parks | where name + 1 == "y""#,
    #"type.mismatch «name» `+` needs numbers; this is name (text) → join texts with concat(a, b)"#
  ),
  (
    #"parks | derive a = 5 + null"#,
    #"type.mismatch «null» `+` needs numbers; this is null → give nulls a value before, such as coalesce(a, 0)"#
  ),
  (
    #"parks | derive a = -name"#,
    #"type.mismatch «-name» `-` needs a number; this is name (text)"#
  ),
  (
    #"parks | where kind in ("core", 5)"#,
    #"type.mismatch «5» `in` between kind (text) and a plain number → put texts in double quotes, and numbers without"#
  ),
  (
    #"parks | where geometry == geometry"#,
    #"type.mismatch «==» `==` does not compare geometries → use distance(a, b), or a step such as `inside` or `intersecting`"#
  ),
  (
    #"parks | where case when kind then 1 end == 1"#,
    #"type.mismatch «kind» this is kind (text), where a condition is due → compare it with something, such as `name == "…"` or `area() > 1 km2`"#
  ),
  (
    #"parks | derive a = case when kind == "core" then 1 else "x" end"#,
    #"type.mismatch «1» the branches of `case` differ: text and a whole number → make them of one type"#
  ),
  (
    #"subdistricts | coverage by clinics within 1000 m of residents weighted by subdistrict as c"#,
    #"type.mismatch «subdistrict» people are weighted by a number, not by text → write weighted by pop, or leave it out to count rows"#
  ),
  (
    #"subdistricts | coverage by clinics within 1000 m of residents weighted by sum(pop) as c"#,
    #"type.aggregate «sum(pop)» sum() is over many rows; the weight is of one row of the people → compute it in a step before"#
  ),
  (
    #"subdistricts | coverage by clinics within 1000 m of budget as c"#,
    #"geometry.missing «budget» these rows have no geometry → name a layer, or keep the geometry: `select` does, `summarize` does not"#
  ),
  (
    #"markets | around 500 m residents as r (pop)"#,
    #"type.aggregate «pop» pop differs from place to place around a row → put it in an aggregate such as max(pop)"#
  ),
  (
    #"markets | around 500 m residents as r (geometry = count())"#,
    #"type.mismatch «geometry» the column geometry holds geometries → choose another name"#
  ),
  (
    #"parks | within 5 m of (clinics | export to "x.csv")"#,
    #"step.nested-export «export» `export` writes the rows of a whole query, not those in parentheses → name these rows with `let`, then export NAME to "file""#
  ),
  (
    #"param a = count()"#,
    #"type.aggregate «count()» count() is over many rows; a constant is due here → write a value such as 500 m"#
  ),
  (
    #"parks | where name == "a" or kind"#,
    #"type.mismatch «kind» this is kind (text), where a condition is due → compare it with something, such as `name == "…"` or `area() > 1 km2`"#
  ),
  (
    #"parks | where concat(name, 5) == "x""#,
    #"type.mismatch «5» concat() takes text; this is a plain number"#
  ),
  (
    #"parks | derive a = max(geometry)"#,
    #"type.mismatch «geometry» max() needs numbers, dates or text; this is geometry (a geometry)"#
  ),
  (
    #"parks | derive a = count_distinct(geometry)"#,
    #"type.mismatch «geometry» geometries cannot be told apart → count the values of a column"#
  ),
  (
    #"parks | derive a = geometry is null or name"#,
    #"type.mismatch «name» this is name (text), where a condition is due → compare it with something, such as `name == "…"` or `area() > 1 km2`"#
  ),
  (
    #"collection_points | summarize n = mean(supervised)"#,
    #"type.mismatch «supervised» mean() needs numbers; this is supervised (true or false)"#
  ),
]
