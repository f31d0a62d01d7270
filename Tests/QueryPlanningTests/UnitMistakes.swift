/// Quantities without their unit, of another kind, or out of range; times without streets.
///
/// A query, then `code «underlined» message → fix`; lists that are the same everywhere are cut.
let unitMistakes: [(String, String)] = [
  (
    #"parks | where area() > 5 kilometer2"#,
    #"unit.unknown «kilometer2» "kilometer2" is not a unit → units: …"#
  ),
  (
    #"parks | where area() > 5 km3"#,
    #"unit.unknown «km3» "km3" is not a unit → did you mean km? units: …"#
  ),
  (
    #"residents | within 500 meters of clinics"#,
    #"unit.unknown «meters» "meters" is not a unit → did you mean m? units: …"#
  ),
  (
    #"residents | within 500 of clinics"#,
    #"unit.missing «500» 500 what? → write 500 m or 500 km"#
  ),
  (
    #"residents | within 0.5 of clinics"#,
    #"unit.missing «0.5» 0.5 what? → write 0.5 m or 0.5 km"#
  ),
  (
    #"residents | within 15 min of clinics"#,
    #"network.mode-missing «15 min» a time needs a way to travel → write a length for the straight line, such as 1000 m; no streets are loaded to walk on"#
  ),
  (
    #"residents | within 15 min by walk of clinics"#,
    #"network.none-loaded «walk» no street network is loaded, so nothing can be reached by walk → write a length alone for the straight line, such as 1000 m"#
  ),
  (
    #"residents | within 1 km by walk of clinics"#,
    #"network.none-loaded «walk» no street network is loaded, so nothing can be reached by walk → write a length alone for the straight line, such as 1000 m"#
  ),
  (
    #"residents | within 500 by walk of clinics"#,
    #"unit.missing «500» 500 what? → write 500 m or 500 min"#
  ),
  (
    #"residents | within 5 km2 of clinics"#,
    #"unit.mismatch «5 km2» a length is due here, not an area → write 500 m or 500 km"#
  ),
  (
    #"residents | within 80 % of clinics"#,
    #"unit.mismatch «80 %» a length is due here, not a share → write 500 m or 500 km"#
  ),
  (
    #"residents | within "500 m" of clinics"#,
    #"unit.mismatch «"500 m"» a length is due here, not text → write 500 m or 500 km"#
  ),
  (
    #"residents | within -5 m of clinics"#,
    #"value.out-of-range «-5 m» a length of 0 or more is due → write a length such as 500 m"#
  ),
  (
    #"residents | within 100000 km of clinics"#,
    #"value.out-of-range «100000 km» this is more than once around the earth → write a length such as 500 m"#
  ),
  (
    #"residents | beyond null of clinics"#,
    #"unit.mismatch «null» a length is due here, not null → write 500 m or 500 km"#
  ),
  (
    #"parks | where length() + 5 min > 3 m"#,
    #"unit.mismatch «+» `+` between a length and a time → both sides must be of one kind; divide by a unit to get a plain number, such as `area() / 1 km2`"#
  ),
  (
    #"parks | where area() > 5"#,
    #"unit.missing «5» 5 what? it stands beside an area → write 5 km2 or 5 mu"#
  ),
  (
    #"parks | where area() > length()"#,
    #"unit.mismatch «>» `>` between an area and a length → both sides must be of one kind; divide by a unit to get a plain number, such as `area() / 1 km2`"#
  ),
  (
    #"parks | where area_mu > 900"#,
    #"unit.missing «900» 900 what? it stands beside area_mu (an area in mu) → write 900 mu"#
  ),
  (
    #"parks | where area() + 1 > 2 km2"#,
    #"unit.missing «1» 1 what? it stands beside an area → write 1 km2 or 1 mu"#
  ),
  (
    #"circle | where c.share >= 80"#,
    #"unit.missing «80» 80 what? it stands beside c.share (a share), of which the whole is 1 → write 80 %"#
  ),
  (
    #"assert circle: c.share >= 80"#,
    #"unit.missing «80» 80 what? it stands beside c.share (a share), of which the whole is 1 → write 80 %"#
  ),
  (
    #"parks | select a = sqrt(length())"#,
    #"unit.mismatch «length()» the square root of a length has no unit → divide by a unit first to get a plain number, such as length() / 1 m"#
  ),
  (
    #"parks | select a = coalesce(area(), 0)"#,
    #"unit.missing «0» 0 what? it stands beside an area → write 0 km2 or 0 mu"#
  ),
  (
    #"parks | density clinics per m"#,
    #"unit.mismatch «m» a density is per area, not per m → write per km2, per ha or per mu"#
  ),
  (
    #"parks | density clinics per min as d"#,
    #"unit.mismatch «min» a density is per area, not per min → write per km2, per ha or per mu"#
  ),
  (
    #"parks | density clinics per km3"#,
    #"unit.unknown «km3» "km3" is not a unit → did you mean km? units: …"#
  ),
  (
    #"values (a = 300 m), (5)"#,
    #"unit.missing «5» 5 what? it stands beside a length → write 5 m or 5 km"#
  ),
  (
    #"point(36.83, 117.10)"#,
    #"value.out-of-range «117.10» a latitude lies within -90…90; the two numbers look exchanged → write the longitude first: point(117.1, 36.83)"#
  ),
  (
    #"sale_points | derive later = valid_from + 5"#,
    #"unit.missing «5» 5 what? it stands beside valid_from (a date) → write 5 d"#
  ),
  (
    #"parks | take -1"#,
    #"value.out-of-range «-1» `take` takes a whole number, 0 or more → write take 10"#
  ),
  (
    #"parks | take 2.5"#,
    #"value.out-of-range «2.5» `take` takes a whole number, 0 or more → write take 10"#
  ),
  (
    #"parks | nearest (0) clinics as c"#,
    #"value.out-of-range «0» `nearest` takes a whole number, 1 to 1000000 → write nearest 3 clinics as c"#
  ),
  (
    #"parks | nearest (2000000) clinics as c"#,
    #"value.out-of-range «2000000» `nearest` takes a whole number, 1 to 1000000 → write nearest 3 clinics as c"#
  ),
  (
    #"parks | nearest 1 clinics as c within 5 min"#,
    #"network.mode-missing «5 min» a time needs a way to travel → write a length for the straight line, such as 1000 m; no streets are loaded to walk on"#
  ),
  (
    #"parks | nearest 1 clinics as c by walk"#,
    #"network.none-loaded «walk» no street network is loaded, so nothing can be reached by walk → write a length alone for the straight line, such as 1000 m"#
  ),
  (
    #"parks | buffer 50"#,
    #"unit.missing «50» 50 what? → write 50 m or 50 km"#
  ),
  (
    #"parks | buffer 100000 km"#,
    #"value.out-of-range «100000 km» this is more than once around the earth → write a length such as 500 m"#
  ),
  (
    #"parks | simplify 5 min"#,
    #"unit.mismatch «5 min» a length is due here, not a time → write 500 m or 500 km"#
  ),
  (
    #"parks | grid 0 m"#,
    #"value.out-of-range «0 m» a length of at least 1 cm is due → write a length such as 500 m"#
  ),
  (
    #"parks | hexagons 5"#,
    #"unit.missing «5» 5 what? → write 5 m or 5 km"#
  ),
  (
    #"parks | catchment 5, 10 min by walk"#,
    #"network.none-loaded «walk» no street network is loaded, so nothing can be reached by walk → write a length alone for the straight line, such as 1000 m"#
  ),
  (
    #"parks | derive a = 5 to km"#,
    #"unit.mismatch «km» a plain number cannot be shown in km, a length → write 5 km"#
  ),
  (
    #"parks | derive a = area_mu to km"#,
    #"unit.mismatch «km» area_mu (an area in mu) cannot be shown in km, a length → write to km2 or mu"#
  ),
  (
    #"parks | derive a = name to km"#,
    #"unit.mismatch «km» name (text) cannot be shown in km, a length"#
  ),
  (
    #"residents | derive a = pop to km2"#,
    #"unit.mismatch «km2» pop (a whole number) cannot be shown in km², an area → give it its unit first: pop * 1 km2"#
  ),
  (
    #"parks | derive a = 5 per km2 to min"#,
    #"unit.mismatch «min» a density (per area) cannot be shown in min, a time → write to per km2 or per mu"#
  ),
  (
    #"parks | derive a = case when kind == "core" then 5 km else 0 end"#,
    #"unit.missing «0» 0 what? it stands beside a length → write 0 km"#
  ),
  (
    #"parks | where area() * area() * area() * area() * area() > 1 km2"#,
    #"unit.mismatch «area() * area() * area() * area() * area()» this has a unit beyond the 9th power → divide by a unit on the way to get plain numbers, such as `length() / 1 m`"#
  ),
  (
    "param a = 500\nparks | buffer a",
    #"unit.missing «a» 500 what? → write 500 m or 500 km"#
  ),
  (
    "param d = 5 mm\nparam e = d * 2\nparks | buffer e | where area() > e",
    #"unit.mismatch «>» `>` between an area and a length → both sides must be of one kind; divide by a unit to get a plain number, such as `area() / 1 km2`"#
  ),
  (
    #"odd | where distance > 5"#,
    #"unit.missing «5» 5 what? it stands beside distance (a length in m) → write 5 m"#
  ),
  (
    #"parks | density clinics per km2 as d | where d > 3"#,
    #"unit.missing «3» 3 what? it stands beside d (a density (per area) in /km²) → write 3 per km2"#
  ),
  (
    #"sale_points | derive later = 5 - valid_from"#,
    #"unit.missing «5» 5 what? it stands beside valid_from (a date) → write 5 d"#
  ),
  (
    #"sale_points | where valid_to - valid_from > 30"#,
    #"unit.missing «30» 30 what? it stands beside a time → write 30 d"#
  ),
  (
    #"residents | where pop > 5 m"#,
    #"unit.mismatch «>» `>` between a plain number and a length → both sides must be of one kind; divide by a unit to get a plain number, such as `area() / 1 km2`"#
  ),
  (
    #"subdistricts | coverage by clinics within 500 m as c | where c.total > 5"#,
    #"unit.missing «5» 5 what? it stands beside c.total (an area in km²) → write 5 km2"#
  ),
  (
    #"odd | around 5 m odd as r (n = sum(distance) + 1)"#,
    #"unit.missing «1» 1 what? it stands beside a length → write 1 m"#
  ),
  (
    #"odd | within 500 里 of clinics"#,
    #"unit.unknown «里» "里" is not a unit → units: …"#
  ),
  (
    #"residents | within 3 t/d of clinics"#,
    #"unit.mismatch «3 t/d» a length is due here, not time^-1 · mass → write 500 m or 500 km"#
  ),
  (
    #"residents | within 3 per km2 of clinics"#,
    #"unit.mismatch «3 per km2» a length is due here, not a density (per area) → write 500 m or 500 km"#
  ),
]
