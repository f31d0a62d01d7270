import QueryLanguage
import Testing

/// What is said about mistakes in expressions: line and column, code, message, and what to write.
@Suite struct MistakesInExpressionsTests {
  static let mistakes: [Mistake] = [
    (
      #"parks | where kind = "core""#,
      [
        "1:20 syntax.single-equals: values are compared with `==` → write =="
      ]
    ),
    (
      #"parks | where kind <> "core""#,
      [
        "1:20 syntax.foreign-operator: two values are unequal with `!=` here → write `!=`"
      ]
    ),
    (
      "parks | where kind == 'core'",
      [
        #"1:23 syntax.single-quotes: text stands in double quotes → write "core""#
      ]
    ),
    (
      #"parks | where kind == "core"#,
      [
        #"1:23 syntax.unterminated-string: this string has no closing quote → close it with ""#
      ]
    ),
    (
      "parks | where a > 1 && b > 2 || c == 3",
      [
        "1:21 syntax.foreign-operator: conditions are joined with `and` here → write and",
        "1:30 syntax.foreign-operator: conditions are joined with `or` here → write or",
      ]
    ),
    (
      "parks | where !open",
      [
        "1:15 syntax.foreign-operator: a condition is turned round with `not` here → write not"
      ]
    ),
    (
      "parks | where 1 < a < 5",
      [
        "1:21 syntax.chained-comparison: comparisons do not chain → write 1 < a and a < 5"
      ]
    ),
    (
      "parks | where a == null",
      [
        "1:17 syntax.compared-with-null: a comparison with null never holds → write is null"
      ]
    ),
    (
      "parks | where a ! b",
      [
        "1:17 syntax.unexpected: `!` does not belong to what stands before it → write `|` and a step, or end the line"
      ]
    ),
    (
      "parks | where a > 1 sort by a",
      [
        "1:21 syntax.missing-pipe: `|` is missing before the step `sort` → write | sort"
      ]
    ),
    (
      "parks | where a > 5 sort by a",
      [
        "1:21 syntax.missing-pipe: `|` is missing before the step `sort` → write | sort"
      ]
    ),
    (
      "parks | select a,",
      [
        "1:18 syntax.expected: a value is due after `,` → write one more, or delete the comma"
      ]
    ),
    (
      "parks | select *",
      [
        "1:16 syntax.unexpected: `*` stands between two numbers and does not mean all columns → leave select out to keep every column, or write the names"
      ]
    ),
    (
      "parks | select a b",
      [
        "1:18 syntax.unexpected: `b` does not belong to what stands before it → write `|` before a step, or a comma between items"
      ]
    ),
    (
      "parks | summarize count(*) by kind",
      [
        "1:25 syntax.unexpected: rows are counted without `*` → write count()"
      ]
    ),
    (
      "parks | where (a > 1",
      [
        "1:15 syntax.unclosed-parenthesis: this parenthesis is not closed → close it with )"
      ]
    ),
    (
      "parks | where a > 1)",
      [
        "1:20 syntax.unmatched-parenthesis: no parenthesis is open here → delete it, or open it with ("
      ]
    ),
    (
      #"parks | where a in "x""#,
      [
        #"1:20 syntax.expected: a list in parentheses is due after `in`, not "x" → write in ("a", "b")"#
      ]
    ),
    (
      "parks | where a in ()",
      [
        #"1:20 syntax.expected: this list is empty → write in ("a", "b")"#
      ]
    ),
    (
      "parks | where a not b",
      [
        #"1:21 syntax.expected: `in` or `like` is due after `not`, not `b` → write not in (…), not like "…", or not before the whole condition"#
      ]
    ),
    (
      "parks | where a is 5",
      [
        "1:20 syntax.expected: `null` is due after `is`, not `5` → write is null; values are compared with =="
      ]
    ),
    (
      "parks | where a between 1 and 5",
      [
        "1:17 syntax.foreign-operator: limits are written as two comparisons → write a >= … and a <= …"
      ]
    ),
    (
      "parks | where a > 1 # comment",
      [
        "1:21 syntax.stray-character: `#` (U+0023) has no meaning here → begin a comment with --"
      ]
    ),
    (
      "parks | where d == 2021-02-30",
      [
        "1:20 syntax.no-such-date: the calendar has no day 2021-02-30 → write a date as 2021-05-11; to subtract, put spaces around -"
      ]
    ),
    (
      "parks | where d == 1_",
      [
        "1:20 syntax.malformed-number: these digits make no number → write a number such as 1000, 1_000, 1.5 or 1e5"
      ]
    ),
    (
      "parks | where d == 1e999",
      [
        "1:20 syntax.malformed-number: this number is too large → write a number below 1e308"
      ]
    ),
    (
      "parks | where d == .5",
      [
        "1:20 syntax.malformed-number: a number begins with a digit → write 0.5"
      ]
    ),
    (
      "parks | where d == 1.2.3",
      [
        "1:20 syntax.malformed-number: these digits make no number → write a number such as 1000, 1_000, 1.5 or 1e5"
      ]
    ),
    (
      "parks | where a % 2 == 0",
      [
        "1:17 syntax.unexpected: `%` is the unit of a number and no operator → write 80 %, or delete it"
      ]
    ),
    (
      "parks | select end = 5",
      [
        "1:16 syntax.reserved-word: `end` is a word of the language and stands here for a name → write a name; one that is spelt so goes in backticks: `end`"
      ]
    ),
    (
      "parks | where name == `a",
      [
        "1:23 syntax.malformed-name: this name has no closing backtick → close it with `"
      ]
    ),
    (
      "parks | where `` == 1",
      [
        "1:15 syntax.malformed-name: there is no name between these backticks → write a name"
      ]
    ),
    (
      #"parks | where a == \#0 5"#,
      [
        "1:20 syntax.stray-character: an invisible character (U+0000) has no meaning here → delete it"
      ]
    ),
    (
      "parks | where a == [1]",
      [
        "1:20 syntax.stray-character: `[` (U+005B) has no meaning here → write ( and )",
        "1:22 syntax.stray-character: `]` (U+005D) has no meaning here → write ( and )",
      ]
    ),
    (
      "parks | where case a when 1 then 2 end == 3",
      [
        "1:20 syntax.expected: `when` is due after `case`, not `a` → write case when condition then value else value end"
      ]
    ),
    (
      "parks | where case when a then 2",
      [
        "1:33 syntax.expected: `end` is due after `2` → write case when condition then value else value end"
      ]
    ),
    (
      "parks | where open on",
      [
        #"1:22 syntax.expected: a value is due after `on` → write a column, a number with its unit, or "text""#
      ]
    ),
    (
      "parks | where 名称 == “崔寨 | sort by 名称",
      [
        "1:21 syntax.unterminated-string: this string has no closing quote → close it with ”"
      ]
    ),
    (
      "parks | where a => 5",
      [
        "1:17 syntax.foreign-operator: the sign of a comparison begins with < or > → write >="
      ]
    ),
    (
      "parks | where a + > 5",
      [
        #"1:19 syntax.expected: a value is due after `+`, not `>` → write a column, a number with its unit, or "text""#
      ]
    ),
    (
      "parks | where a > +5",
      [
        "1:19 syntax.unexpected: `+` stands between two values → delete it"
      ]
    ),
    (
      "parks | where f(a, ) > 5",
      [
        "1:20 syntax.expected: a value is due after `,`, not `)` → write one more, or delete the comma"
      ]
    ),
    (
      "(parks | where a = 1 | wher b) | tke 5",
      [
        "1:18 syntax.single-equals: values are compared with `==` → write ==",
        "1:24 syntax.unknown-step: there is no step `wher` → did you mean `where`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair",
        "1:34 syntax.unknown-step: there is no step `tke` → did you mean `take`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair",
      ]
    ),
    (
      "parks | where a == not b",
      [
        "1:20 syntax.unexpected: `not` and its condition stand in parentheses here → write (not …)"
      ]
    ),
    (
      "parks | where x in (1 2)",
      [
        "1:23 syntax.expected: `)` or a comma is due after `1`, not `2` → write a comma between items, or close the list with )"
      ]
    ),
    (
      "parks | derive a = 1, b c = 2",
      [
        "1:25 syntax.unexpected: `c` does not belong to what stands before it → write `|` before a step, or a comma between items"
      ]
    ),
    (
      "parks | where a == (clinics | take 5)",
      [
        "1:29 syntax.unexpected: a pipeline is no value → name it with let, or join it with nearest, locate or join"
      ]
    ),
    (
      "parks | where and a",
      [
        #"1:15 syntax.expected: a value is due after `where`, not `and` → write a column, a number with its unit, or "text""#
      ]
    ),
    (
      "parks | where a >= 1 | within 3 km of (clinics | where a = 2 | tak 3 | select (a + ) | sort by z) | grd 5",
      [
        "1:58 syntax.single-equals: values are compared with `==` → write ==",
        "1:64 syntax.unknown-step: there is no step `tak` → did you mean `take`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair",
        #"1:84 syntax.expected: a value is due after `+`, not `)` → write a column, a number with its unit, or "text""#,
        "1:101 syntax.unknown-step: there is no step `grd` → did you mean `grid`? Steps of the family shape: buffer, catchment, dissolve, clip, erase, centroid, hull, simplify, grid, hexagons",
      ]
    ),
    (
      "parks | where a > 1 | nearest (clinics | where b <> 2 | wher c) as c | take",
      [
        "1:50 syntax.foreign-operator: two values are unequal with `!=` here → write `!=`",
        "1:57 syntax.unknown-step: there is no step `wher` → did you mean `where`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair",
        #"1:76 syntax.expected: a value is due after `take` → write a column, a number with its unit, or "text""#,
      ]
    ),
    (
      "parks | where x is NOT NULL",
      [
        "1:20 syntax.letter-case: words of the language are written in small letters → write not",
        "1:24 syntax.letter-case: words of the language are written in small letters → write null",
      ]
    ),
    (
      #"parks | where a == "x\qy" and b = 1"#,
      [
        #"1:22 syntax.unknown-escape: `\q` has no meaning in a string → write \\ for a backslash, and / in the path of a file"#,
        "1:33 syntax.single-equals: values are compared with `==` → write ==",
      ]
    ),
    (
      "parks | select `a b",
      [
        "1:16 syntax.malformed-name: this name has no closing backtick → close it with `"
      ]
    ),
    (
      "parks | where a == 5 6",
      [
        "1:22 syntax.unexpected: `6` does not belong to what stands before it → write `|` before a step, or a comma between items"
      ]
    ),
    (
      "parks | where a =< 5",
      [
        "1:17 syntax.foreign-operator: the sign of a comparison begins with < or > → write <="
      ]
    ),
  ]

  @Test(arguments: mistakes) func isExplained(_ mistake: Mistake) { expectExplained(mistake) }
}
