/// Queries with several mistakes: each is told once, in the order written, and none brings another with it.
let severalMistakes: [(String, [String])] = [
  (
    #"parks | union (clinics | select kind = 1, name = 2)"#,
    [
      #"type.mismatch «(clinics | select kind = 1, name = 2)» column kind is text on one side of `union` and a whole number on the other → rename it on one side: select other = kind, …"#,
      #"type.mismatch «(clinics | select kind = 1, name = 2)» column name is text on one side of `union` and a whole number on the other → rename it on one side: select other = name, …"#,
    ]
  ),
  (
    #"point(200, 100)"#,
    [
      #"value.out-of-range «200» a longitude lies within -180…180 → write degrees: point(117.10, 36.83)"#,
      #"value.out-of-range «100» a latitude lies within -90…90 → write degrees: point(117.10, 36.83)"#,
    ]
  ),
  (
    #"subdistricts | coverage by clinics within 1000 of residents weighted by popu as c"#,
    [
      #"unit.missing «1000» 1000 what? → write 1000 m or 1000 km"#,
      #"name.unknown-column «popu» no column "popu" here → did you mean pop? columns: pop, subdistrict"#,
    ]
  ),
  (
    #"subdistricts | gaps by clincs within 15 min"#,
    [
      #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#,
      #"network.mode-missing «15 min» a time needs a way to travel → write a length for the straight line, such as 1000 m; no streets are loaded to walk on"#,
    ]
  ),
  (
    #"markets | around 500 m residents as r (n = sum(popp), sum(pop) + 1)"#,
    [
      #"name.unknown-column «popp» no column "popp" here → did you mean pop? columns: pop, subdistrict, distance"#,
      #"name.missing «sum(pop) + 1» this column needs a name → write name = …"#,
    ]
  ),
  (
    #"clincs | where area() > 5 | select area() + 1 km2 | nearest 1 clincs as c | where c.distance > 3"#,
    [
      #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#,
      #"unit.missing «5» 5 what? it stands beside an area → write 5 km2 or 5 mu"#,
      #"name.missing «area() + 1 km2» this column needs a name → write name = …"#,
      #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#,
    ]
  ),
  (
    #"parks | derive a = kindd, b = a + 1, c = b | where c > 5 | select nome"#,
    [
      #"name.unknown-column «kindd» no column "kindd" here → did you mean kind? columns: name, name_en, kind, area_mu"#,
      #"name.unknown-column «nome» no column "nome" here → did you mean name? columns: name, name_en, kind, area_mu"#,
    ]
  ),
  (
    #"parks | summarize n = countt() by knd | sort by n desc | where knd == "x" and nn > 5"#,
    [
      #"name.unknown-function «countt» no function countt() → did you mean count()? functions: …"#,
      #"name.unknown-column «knd» no column "knd" here → did you mean kind? columns: name, name_en, kind, area_mu"#,
      #"name.unknown-column «nn» no column "nn" here → a text is written "nn"; columns: name, name_en, kind, area_mu"#,
    ]
  ),
  (
    #"parks | where nam == "x" and area() > 5 and kind == 3"#,
    [
      #"name.unknown-column «nam» no column "nam" here → did you mean name? columns: name, name_en, kind, area_mu"#,
      #"unit.missing «5» 5 what? it stands beside an area → write 5 km2 or 5 mu"#,
      #"type.mismatch «==» `==` between kind (text) and a plain number → put texts in double quotes, and numbers without"#,
    ]
  ),
  (
    #"parks | select nam, kin, area() > 5"#,
    [
      #"name.unknown-column «nam» no column "nam" here → did you mean name? columns: name, name_en, kind, area_mu"#,
      #"name.unknown-column «kin» no column "kin" here → did you mean kind? columns: name, name_en, kind, area_mu"#,
      #"name.missing «area() > 5» this column needs a name → write name = …"#,
      #"unit.missing «5» 5 what? it stands beside an area → write 5 km2 or 5 mu"#,
    ]
  ),
  (
    #"parks | within 5 of clincs"#,
    [
      #"unit.missing «5» 5 what? → write 5 m or 5 km"#,
      #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#,
    ]
  ),
  (
    #"parks | within 5 m of (clincs | where kind == 3) | where kind == 3"#,
    [
      #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#,
      #"type.mismatch «==» `==` between kind (text) and a plain number → put texts in double quotes, and numbers without"#,
    ]
  ),
  (
    #"parks | union clincs | where anything > 3"#,
    [
      #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#
    ]
  ),
  (
    #"parks | coverage by clincs within 500 m as c | where c.share > 80 % | where nome == "x""#,
    [
      #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#,
      #"name.unknown-column «nome» no column "nome" here → did you mean name? columns: name, name_en, kind, area_mu"#,
    ]
  ),
  (
    #"parks | coverage by clincs within 500 m | where share > 80 %"#,
    [
      #"name.unknown-layer «clincs» no layer "clincs" → did you mean "clinics"? layers: …"#
    ]
  ),
]
