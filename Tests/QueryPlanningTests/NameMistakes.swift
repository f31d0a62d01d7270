/// Names that are not there, are there already, or are missing.
///
/// A query, then `code «underlined» message → fix`; lists that are the same everywhere are cut.
let nameMistakes: [(String, String)] = [
  (
    #"clincs | take 3"#,
    #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#
  ),
  (
    #"parks | within 500 m of clincs"#,
    #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#
  ),
  (
    #"zzz | take 3"#,
    #"name.unknown-layer «zzz» no layer "zzz" → layers: …"#
  ),
  (
    #"torn | take 1"#,
    #"data.unreadable-layer «torn» torn ends in the middle of a row"#
  ),
  (
    #"sql "delete from x""#,
    #"data.unreadable-layer «"delete from x"» near "delete from x": syntax error"#
  ),
  (
    #"parks | where nam == "x""#,
    #"name.unknown-column «nam» no column "nam" here → did you mean name? columns: name, name_en, kind, area_mu"#
  ),
  (
    #"parks | where parks.name == "x""#,
    #"name.unknown-column «parks.name» no column "parks.name" here → write name; columns: name, name_en, kind, area_mu"#
  ),
  (
    #"parks | nearest 1 clinics as c | where subdistrict == "x""#,
    #"name.unknown-column «subdistrict» no column "subdistrict" here → write c.subdistrict; columns: name, name_en, kind, area_mu, c.name, c.kind, c.subdistrict, c.distance, c.reason"#
  ),
  (
    #"parks | where kind == industrial"#,
    #"name.unknown-column «industrial» no column "industrial" here → a text is written "industrial"; columns: name, name_en, kind, area_mu"#
  ),
  (
    #"parks | where area > 5 km2"#,
    #"name.unknown-column «area» no column "area" here → the function is written area(); columns: name, name_en, kind, area_mu"#
  ),
  (
    #"parks | where aera() > 5 km2"#,
    #"name.unknown-function «aera» no function aera() → did you mean area()? functions: …"#
  ),
  (
    #"residents | within reach of clinics"#,
    #"name.unknown-column «reach» no parameter "reach", and a constant is due here → write the value itself, or name it before: param reach = …"#
  ),
  (
    "param reech = 500 m\nresidents | within reach of clinics",
    #"name.unknown-column «reach» no parameter "reach", and a constant is due here → did you mean reech? write the value itself, or name it before: param reach = …"#
  ),
  (
    #"residents | within pop * 1 m of clinics"#,
    #"name.unknown-column «pop» no parameter "pop", and a constant is due here → write the value itself, or name it before: param pop = …"#
  ),
  (
    #"residents | summarize subdistrict = sum(pop) by subdistrict"#,
    #"name.duplicate «subdistrict» two columns "subdistrict" → rename one: subdistrict2 = …"#
  ),
  (
    #"residents | summarize n = count(), n = sum(pop)"#,
    #"name.duplicate «n» two columns "n" → rename one: n2 = …"#
  ),
  (
    #"parks | nearest 1 clinics as c | nearest 1 markets as c"#,
    #"name.duplicate «c» "c" is taken: there is a column c.name already → choose another name after `as`"#
  ),
  (
    #"parks | locate in districts as d | join districts on kind == d.name as d"#,
    #"name.duplicate «d» "d" is taken: there is a column d.name already → choose another name after `as`"#
  ),
  (
    #"parks | count clinics as n | count markets as n"#,
    #"name.duplicate «n» there is a column n already → choose another name after `as`"#
  ),
  (
    #"parks | count clinics as name"#,
    #"name.duplicate «name» there is a column name already → choose another name after `as`"#
  ),
  (
    #"parks | select name, name"#,
    #"name.duplicate «name» two columns "name" → rename one: name2 = …"#
  ),
  (
    #"parks | derive a = 1, a = 2"#,
    #"name.duplicate «a» two columns "a" → rename one: a2 = …"#
  ),
  (
    #"parks | select area() + 1 km2"#,
    #"name.missing «area() + 1 km2» this column needs a name → write name = …"#
  ),
  (
    #"parks | select name, case when true then 1 end"#,
    #"name.missing «case when true then 1 end» this column needs a name → write name = …"#
  ),
  (
    #"parks | density clinics per km2 as name"#,
    #"name.duplicate «name» there is a column name already → choose another name after `as`"#
  ),
  (
    #"service_halls | join districts on district == d.nam as d"#,
    #"name.unknown-column «nam» no column "nam" in the layer that is joined → did you mean name? columns: name, area_km2, urban"#
  ),
  (
    #"service_halls | join districts on distric == d.name as d"#,
    #"name.unknown-column «distric» no column "distric" in the rows before `join` → did you mean district? columns: name, district, services"#
  ),
  (
    #"service_halls | join (districts | take 2) on district == name"#,
    #"name.missing «(districts | take 2)» the joined columns need a name → write `as x` behind the condition"#
  ),
  (
    #"values (a = name)"#,
    #"name.unknown-column «name» no parameter "name", and a constant is due here → write the value itself, or name it before: param name = …"#
  ),
  (
    #"values (a = 1, a = 2)"#,
    #"name.duplicate «a» two columns "a" → rename one: a2 = …"#
  ),
  (
    #"clinics | where open on 2021-06-01"#,
    #"name.unknown-column «open on 2021-06-01» `open on` reads the date columns valid_from and valid_to, which these rows do not have → name your own before: derive valid_from = …, valid_to = …"#
  ),
  (
    #"parks | take kind"#,
    #"name.unknown-column «kind» no parameter "kind", and a constant is due here → write the value itself, or name it before: param kind = …"#
  ),
  (
    #"parks | select geometry | distinct"#,
    #"name.unknown-column «distinct» `distinct` compares columns, and these rows have only their geometry → derive a column before, or leave `distinct` out"#
  ),
  (
    #"parks | where kind in (core, "x")"#,
    #"name.unknown-column «core» no column "core" here → a text is written "core"; columns: name, name_en, kind, area_mu"#
  ),
  (
    #"subdistricts | coverage by clinics within 500 m | coverage by markets within 500 m"#,
    #"name.duplicate «coverage» there is a column share already → choose another name after `as`"#
  ),
  (
    #"markets | around 500 m residents as r (n = count(), n = sum(pop))"#,
    #"name.duplicate «n» two columns "r.n" → rename one: r.n2 = …"#
  ),
  (
    #"parks | where open == 1"#,
    #"name.unknown-column «open» no column "open" here → a text is written "open"; columns: name, name_en, kind, area_mu"#
  ),
  (
    #"param a = b"#,
    #"name.unknown-column «b» no parameter "b", and a constant is due here → write the value itself, or name it before: param b = …"#
  ),
  (
    #"wuhan_streets | select nmae"#,
    #"name.unknown-column «nmae» no column "nmae" here → did you mean name? columns: name"#
  ),
  (
    #"区县表 | take 1"#,
    #"name.unknown-layer «区县表» no layer "区县表" → layers: …"#
  ),
  (
    #"odd | where 区 == "x""#,
    #"name.unknown-column «区» no column "区" here → a text is written "区"; columns: #1, distance, 区县"#
  ),
]
