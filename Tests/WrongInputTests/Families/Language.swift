/// Mistakes in the text of a query.
extension Family {
  static let syntax = Family(
    name: "syntax",
    cases: [
      WrongInput("a step that is misspelt", "parks | wher kind == \"core\""),
      WrongInput("three mistakes", "parks | wher kind == 1\nparks | take many\nlet = parks"),
      WrongInput("a text without its end", "parks | where name == \"大桥"),
      WrongInput("a parenthesis without its end", "parks | where (area() > 1 km2"),
      WrongInput("a parenthesis too many", "parks | where area() > 1 km2)"),
      WrongInput("one equals sign", "parks | where kind = \"core\""),
      WrongInput("a pipe at the end", "parks |"),
      WrongInput("two pipes", "parks | | take 3"),
      WrongInput("a step without a source", "where kind == \"core\""),
      WrongInput("within without of", "residents | within 500 m clinics"),
      WrongInput("nearest without a name", "places | nearest 1 clinics"),
      WrongInput("a negative number of rows", "parks | take -3"),
      WrongInput("half a row", "parks | take 2.5"),
      WrongInput("a condition that goes both ways", "parks | where 1 km2 < area() < 2 km2"),
      WrongInput("the words of SQL", "select name from parks where kind = 'core'"),
      WrongInput("a day that does not exist", "sale_points | where open on 2021-02-30"),
      WrongInput("a number that is too large", "parks | take 99999999999999999999"),
      WrongInput("curly quotes", "parks | where name == “大桥”", status: 0),
      WrongInput("a character that means nothing", "parks | where area() > 1 km2 & true"),
      WrongInput("an assertion without a condition", "assert parks:"),
      WrongInput("a control character", "parks \u{7} | take 1"),
      WrongInput(
        "300 parentheses",
        "parks | where " + String(repeating: "(", count: 300) + "true" + String(repeating: ")", count: 300)),
    ])

  static let units = Family(
    name: "units",
    cases: [
      WrongInput("a length without a unit", "residents | within 500 of clinics"),
      WrongInput("a time without a mode", "residents | within 15 min of clinics"),
      WrongInput("a mode that nobody knows", "residents | within 15 min by tram of clinics"),
      WrongInput("a unit that is misspelt", "residents | within 500 metrs of clinics"),
      WrongInput("an area for a length", "residents | within 500 m2 of clinics"),
      WrongInput("metres and minutes added", "parks | derive x = 5 m + 3 min"),
      WrongInput("an area against a bare number", "parks | where area() > 5"),
      WrongInput("an area against a length", "parks | where area() > 5 km"),
      WrongInput("a density per length", "parks | density collection_points per km as d"),
      WrongInput("shown in a unit of another kind", "parks | derive x = area() to km"),
      WrongInput("a distance below zero", "residents | within -5 m of clinics"),
      WrongInput("cells without a size", "parks | grid 0 m"),
      WrongInput("the sum of names", "parks | summarize s = sum(name)"),
    ])

  static let names = Family(
    name: "names",
    cases: [
      WrongInput("a layer that is misspelt", "clincs | take 1"),
      WrongInput("a layer that nobody knows", "volcanoes | take 1"),
      WrongInput("a layer in another case", "Parks | take 1"),
      WrongInput("a column that is misspelt", "parks | where knd == \"core\""),
      WrongInput("a column of a joined layer", "places | nearest 1 clinics as c | select c.nme"),
      WrongInput("a join that was not named so", "places | nearest 1 clinics as c | select d.name"),
      WrongInput("a function that is misspelt", "parks | derive s = aera()"),
      WrongInput("a name used before it is defined", "wide | take 1\nlet wide = parks"),
      WrongInput("a name that means itself", "let ring = ring | take 1"),
      WrongInput("a column after it was dropped", "parks | select name | where kind == \"core\""),
      WrongInput("two columns of one name", "parks | select name, name = kind"),
      WrongInput("a Chinese name that is misspelt", "let 街道办 = subdistricts\n街道 | take 1"),
    ])

  static let types = Family(
    name: "types",
    cases: [
      WrongInput("a text against a number", "parks | where name > 5"),
      WrongInput("a number as a condition", "parks | where area() / 1 km2"),
      WrongInput("lower of a number", "parks | derive x = lower(5)"),
      WrongInput("a function with too many arguments", "parks | derive x = lower(name, name)"),
      WrongInput("a text plus a number", "parks | derive x = name + 5"),
      WrongInput("a list of mixed kinds", "parks | where name in (\"a\", 5)"),
      WrongInput("cases of mixed kinds", "parks | derive x = case when area() > 1 km2 then \"wide\" else 5 end"),
      WrongInput("like on a number", "parks | where area() like \"5%\""),
      WrongInput("a geometry to sort by", "parks | sort by geometry"),
      WrongInput("a place in a result without places", "parks | summarize n = count() | within 500 m of clinics"),
      WrongInput("areas of points", "clinics | coverage by schools within 500 m as c", status: 0),
      WrongInput("locate in points", "clinics | locate in schools as s", status: 0),
      WrongInput("open on a layer without dates", "parks | where open on 2021-06-01"),
      WrongInput("an aggregate within an aggregate", "parks | summarize x = sum(count())"),
      WrongInput(
        "a weight that is no number",
        "subdistricts | coverage by clinics within 1 km of residents weighted by name as c"),
      WrongInput("keys of two kinds", "parks | join clinics on name == c.geometry as c"),
    ])
}
