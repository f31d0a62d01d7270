import QueryLanguage
import Testing

/// What is said about mistakes in statements: line and column, code, message, and what to write.
@Suite struct MistakesInStatementsTests {
  static let mistakes: [Mistake] = [
    (
      "parks where a > 1",
      [
        "1:7 syntax.missing-pipe: `|` is missing before the step `where` → write | where"
      ]
    ),
    (
      "| where a > 1",
      [
        "1:1 syntax.missing-source: a pipeline begins with a layer, not with `|` → write the layer before it: clinics | …"
      ]
    ),
    (
      "where a > 1",
      [
        "1:1 syntax.missing-source: the step `where` has no rows to work on → write a layer before it: clinics | where …"
      ]
    ),
    (
      "within 500 m of clinics",
      [
        "1:1 syntax.missing-source: the step `within` has no rows to work on → write a layer before it: clinics | within …"
      ]
    ),
    (
      "select name from clinics where beds > 3",
      [
        #"1:1 syntax.not-sql: this reads like SQL; a query here is a layer and its steps → write clinics | where … | select …, or put the SQL in a string: sql "…""#
      ]
    ),
    (
      "x = parks | take 3",
      [
        "1:1 syntax.missing-let: a result is named with `let` → write let x = …"
      ]
    ),
    (
      "let = parks",
      [
        "1:5 syntax.expected: a name is due after `let`, not `=` → write let name = layer | …"
      ]
    ),
    (
      "let x parks",
      [
        "1:7 syntax.expected: `=` is due after `x`, not `parks` → write let x = layer | …"
      ]
    ),
    (
      "let x =",
      [
        "1:8 syntax.expected: a layer is due after `=` → write a layer's name, or a pipeline in parentheses"
      ]
    ),
    (
      "LET x = parks",
      [
        "1:1 syntax.letter-case: words of the language are written in small letters → write let"
      ]
    ),
    (
      "assert circle c.share > 5",
      [
        "1:15 syntax.expected: `:` is due between the rows and their condition → write assert rows: condition"
      ]
    ),
    (
      "assert circle:",
      [
        #"1:15 syntax.expected: a value is due after `:` → write a column, a number with its unit, or "text""#
      ]
    ),
    (
      "export circle",
      [
        #"1:14 syntax.expected: `to` is due after `circle` → write to "file.geojson""#
      ]
    ),
    (
      #"export circle "x.csv""#,
      [
        #"1:15 syntax.expected: `to` is due before the file → write to "x.csv""#
      ]
    ),
    (
      "import roads.shp as roads",
      [
        #"1:8 syntax.expected: a file in double quotes is due after `import`, not `roads` → write import "roads.shp" as name"#
      ]
    ),
    (
      #"import "roads.shp" crs 4548 name roads"#,
      [
        "1:24 syntax.expected: a reference system has the name of its register → write epsg:4548",
        #"1:29 syntax.unexpected: import has no option `name` → write any of: layer "x", where condition, within box(…), limit 1000, crs epsg:4548, encoding gbk, as name, repair, network"#,
      ]
    ),
    (
      #"import "roads.shp" as a as b"#,
      [
        "1:25 syntax.repeated-option: `as` is given twice → keep one of them"
      ]
    ),
    (
      #"import "C:\data\roads.shp""#,
      [
        #"1:11 syntax.unknown-escape: `\d` has no meaning in a string → write \\ for a backslash, and / in the path of a file"#,
        #"1:16 syntax.unknown-escape: `\r` has no meaning in a string → write \\ for a backslash, and / in the path of a file"#,
      ]
    ),
    (
      "set walk speed 5 km/h",
      [
        "1:16 syntax.expected: `=` is due after `speed`, not `5` → write set walk speed = value"
      ]
    ),
    (
      "save",
      [
        "1:5 syntax.expected: the name of a result is due after `save` → write save name, or save name as layer"
      ]
    ),
    (
      "describe",
      [
        "1:9 syntax.expected: a layer is due after `describe` → write describe and the layer's name"
      ]
    ),
    (
      "explain",
      [
        "1:8 syntax.expected: a layer is due after `explain` → write a layer's name, or a pipeline in parentheses"
      ]
    ),
    (
      "values (a = 1, b = 2), (3)",
      [
        "1:24 syntax.uneven-rows: this row has 1 of 2 values → write 2 values, null where there is none"
      ]
    ),
    (
      "values (1, 2)",
      [
        #"1:9 syntax.expected: the name of a column is due after `(`, not `1` → write values (a = 1, b = "x"), (2, "y")"#
      ]
    ),
    (
      "point(117)",
      [
        "1:1 syntax.expected: a point has a longitude and a latitude → write point(117.10, 36.83)"
      ]
    ),
    (
      "sql select",
      [
        #"1:5 syntax.expected: an SQL query in double quotes is due after `sql`, not `select` → write sql "select …""#
      ]
    ),
    (
      "parks。",
      [
        "1:6 syntax.stray-character: `。` (U+3002) has no meaning here → end a statement with a new line or ;"
      ]
    ),
    (
      #"let a = parks | wher x\#nlet b = a | where (y > 1\#nlet c = b | sort by z desc |\#nexport c to "c.csv""#,
      [
        "1:17 syntax.unknown-step: there is no step `wher` → did you mean `where`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair",
        "2:19 syntax.unclosed-parenthesis: this parenthesis is not closed → close it with )",
        "3:28 syntax.empty-step: a step is due after `|` → write a step such as where, sort or take, or delete the |",
      ]
    ),
    (
      "count clinics as n",
      [
        "1:1 syntax.missing-source: the step `count` has no rows to work on → write a layer before it: clinics | count …"
      ]
    ),
    (
      #"SELECT a,\#n  b\#nFROM clinics\#nWHERE x = 1\#nORDER BY a"#,
      [
        #"1:1 syntax.not-sql: this reads like SQL; a query here is a layer and its steps → write clinics | where … | select …, or put the SQL in a string: sql "…""#
      ]
    ),
    (
      "let x = parks | take 5 let y = 6",
      [
        "1:24 syntax.unexpected: `let` does not belong to what stands before it → begin a new statement on a new line"
      ]
    ),
    (
      #"let bins = collection_points | where kind = "a" | tak 5 | sort bye x"#,
      [
        "1:43 syntax.single-equals: values are compared with `==` → write ==",
        "1:51 syntax.unknown-step: there is no step `tak` → did you mean `take`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair",
        "1:68 syntax.unexpected: `x` does not belong to what stands before it → write `|` before a step, or a comma between items",
      ]
    ),
    (
      "set = 5",
      [
        "1:5 syntax.expected: a setting is due after `set`, not `=` → write set walk speed = 4.8 km/h"
      ]
    ),
    (
      #"import "a.shp" encoding"#,
      [
        "1:24 syntax.expected: an encoding is due after `encoding` → write encoding gbk"
      ]
    ),
    (
      "help #",
      [
        "1:6 syntax.stray-character: `#` (U+0023) has no meaning here → begin a comment with --"
      ]
    ),
    (
      "assert (circle | wher x): c = 1",
      [
        "1:18 syntax.unknown-step: there is no step `wher` → did you mean `where`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair",
        "1:29 syntax.single-equals: values are compared with `==` → write ==",
      ]
    ),
  ]

  @Test(arguments: mistakes) func isExplained(_ mistake: Mistake) { expectExplained(mistake) }
}
