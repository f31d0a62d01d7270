import QueryLanguage
import Testing

/// What is said about mistakes in steps: line and column, code, message, and what to write.
@Suite struct MistakesInStepsTests {
  static let mistakes: [Mistake] = [
    (
      #"parks | wher kind == "core""#,
      [
        "1:9 syntax.unknown-step: there is no step `wher` → did you mean `where`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair"
      ]
    ),
    (
      #"parks | filter kind == "core""#,
      [
        "1:9 syntax.unknown-step: there is no step `filter` → write where"
      ]
    ),
    (
      "parks | | take 5",
      [
        "1:7 syntax.empty-step: a step is due after `|` → write a step such as where, sort or take, or delete the |"
      ]
    ),
    (
      "parks |",
      [
        "1:7 syntax.empty-step: a step is due after `|` → write a step such as where, sort or take, or delete the |"
      ]
    ),
    (
      "parks | WHERE a > 1 AND b < 2",
      [
        "1:9 syntax.letter-case: words of the language are written in small letters → write where",
        "1:21 syntax.letter-case: words of the language are written in small letters → write and",
      ]
    ),
    (
      "parks | nearest clinics",
      [
        "1:24 syntax.missing-name: the columns that `nearest` joins need a name → write as c after the layer; they are then c.name, c.distance …"
      ]
    ),
    (
      "parks | nearest 1.5 clinics as c",
      [
        "1:17 syntax.expected: `nearest` finds a whole number of features, at least 1 → write nearest 3 clinics as c"
      ]
    ),
    (
      "parks | nearest 3",
      [
        "1:18 syntax.expected: a layer is due after `3` → write a layer's name, or a pipeline in parentheses"
      ]
    ),
    (
      "parks | within 500 m clinics",
      [
        "1:22 syntax.expected: `of` is due after `m`, not `clinics` → write within 500 m of clinics"
      ]
    ),
    (
      "parks | within of clinics",
      [
        #"1:16 syntax.expected: a value is due after `within`, not `of` → write a column, a number with its unit, or "text""#
      ]
    ),
    (
      "parks | around 500 clinics as c (n = count())",
      [
        "1:16 syntax.missing-unit: 500 what? `clinics` is read as its unit, and no layer follows → write around 500 m clinics as …"
      ]
    ),
    (
      "parks | around 500 m clinics as c",
      [
        "1:34 syntax.expected: a list of what to compute is due after `c` → write around 500 m clinics as c (n = count())"
      ]
    ),
    (
      "parks | coverage by clinics",
      [
        "1:28 syntax.expected: `within` is due after `clinics` → write coverage by clinics within 1000 m as c"
      ]
    ),
    (
      "parks | coverage clinics within 500 m",
      [
        "1:18 syntax.expected: `by` is due after `coverage`, not `clinics` → write coverage by clinics within 1000 m as c"
      ]
    ),
    (
      "parks | coverage by clinics within 500 m weighted by pop",
      [
        "1:42 syntax.expected: weights belong to people, and no layer of people is given → write of residents weighted by pop"
      ]
    ),
    (
      "parks | density clinics as d",
      [
        "1:25 syntax.expected: `per` is due after `clinics`, not `as` → write density clinics per km2"
      ]
    ),
    (
      "parks | catchment 5, 10 min",
      [
        "1:28 syntax.expected: `by` is due after `min` → write by walk; straight-line areas are made by buffer"
      ]
    ),
    (
      "parks | join clinics",
      [
        "1:21 syntax.expected: `on` is due after `clinics` → write join clinics on a == b"
      ]
    ),
    (
      "parks | locate districts",
      [
        "1:16 syntax.expected: `in` is due between locate and its layer → write locate in districts",
        "1:25 syntax.missing-name: the columns that `locate` joins need a name → write as c after the layer; they are then c.name, c.distance …",
      ]
    ),
    (
      "parks | clip districts",
      [
        "1:14 syntax.expected: `to` is due between clip and its layer → write clip to districts"
      ]
    ),
    (
      "parks | sort by",
      [
        #"1:16 syntax.expected: a value is due after `by` → write a column, a number with its unit, or "text""#
      ]
    ),
    (
      "parks | case",
      [
        "1:9 syntax.unknown-step: there is no step `case` → write one of: export, where, select, derive, sort, take, summarize, join, union, distinct, repair, within, beyond, inside, outside, intersecting, nearest, locate, around, count, density, coverage, gaps, buffer, catchment, dissolve, clip, erase, centroid, hull, simplify, grid, hexagons"
      ]
    ),
    (
      "parks | 筛 a > 1",
      [
        "1:9 syntax.unknown-step: there is no step `筛` → write one of: export, where, select, derive, sort, take, summarize, join, union, distinct, repair, within, beyond, inside, outside, intersecting, nearest, locate, around, count, density, coverage, gaps, buffer, catchment, dissolve, clip, erase, centroid, hull, simplify, grid, hexagons"
      ]
    ),
    (
      "park | order by a",
      [
        "1:8 syntax.unknown-step: there is no step `order` → write sort by"
      ]
    ),
    (
      "parks | take 5; clinics | tak 5; layers x",
      [
        "1:27 syntax.unknown-step: there is no step `tak` → did you mean `take`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair",
        "1:41 syntax.unexpected: `x` is not part of the statement before it → begin a new statement on a new line",
      ]
    ),
    (
      "parks | nearest clinics as by",
      [
        "1:28 syntax.reserved-word: `by` is a word of the language and stands here for a name → write a name; one that is spelt so goes in backticks: `by`"
      ]
    ),
    (
      "诊所 | 筛选 名称 = “崔寨” | 排 名称",
      [
        "1:12 syntax.single-equals: values are compared with `==` → write ==",
        "1:21 syntax.unknown-step: there is no step `排` → write one of: export, where, select, derive, sort, take, summarize, join, union, distinct, repair, within, beyond, inside, outside, intersecting, nearest, locate, around, count, density, coverage, gaps, buffer, catchment, dissolve, clip, erase, centroid, hull, simplify, grid, hexagons",
      ]
    ),
    (
      "parks | within 500 clinics",
      [
        "1:27 syntax.expected: `of` is due after `clinics` → write within 500 m of clinics"
      ]
    ),
    (
      "a | take 5 let b = c",
      [
        "1:12 syntax.unexpected: `let` does not belong to what stands before it → begin a new statement on a new line"
      ]
    ),
  ]

  @Test(arguments: mistakes) func isExplained(_ mistake: Mistake) { expectExplained(mistake) }
}
