extension Formatter {
  public static func format(_ source: Source) -> String {
    switch source.kind {
    case .named(let name):
      // Words that begin statements and sources are names only where nothing else could follow.
      if let word = Keyword(spelling: name.text), word.isStatement || word.roles.contains(.source) {
        return inBackticks(name.text)
      }
      return format(name)
    case .pipeline(let pipeline): return "(\(format(pipeline)))"
    case .point(let longitude, let latitude): return "point(\(format(longitude)), \(format(latitude)))"
    case .sql(let query, _): return "sql \(quoted(query))"
    case .values(let names, let rows):
      let head = zip(names, rows.first ?? []).map { "\(format($0)) = \(format($1))" }.joined(separator: ", ")
      let rest = rows.dropFirst().map { ", (\($0.map(format).joined(separator: ", ")))" }.joined()
      return "values (\(head))\(rest)"
    }
  }

  public static func format(_ step: Step) -> String {
    switch step.kind {
    case .where(let condition): return "where \(format(condition))"
    case .select(let items): return "select \(format(items))"
    case .derive(let items): return "derive \(format(items))"
    case .sort(let keys):
      let texts = keys.map { format($0.expression) + ($0.descending ? " desc" : "") }
      return "sort by \(texts.joined(separator: ", "))"
    case .take(let count): return "take \(format(count))"
    case .summarize(let results, let groups):
      return "summarize" + (results.isEmpty ? "" : " \(format(results))") + grouped(groups)
    case .join(let other, let condition, let name):
      return "join \(format(other)) on \(format(condition))\(asName(name))"
    case .union(let other): return "union \(format(other))"
    case .distinct(let items): return items.isEmpty ? "distinct" : "distinct \(format(items))"
    case .repair: return "repair"
    case .within(let reach, let source): return "within \(format(reach)) \(places(source, reach.travel, "of "))"
    case .beyond(let reach, let source, let name):
      return "beyond \(format(reach)) \(places(source, reach.travel, "of "))\(asName(name))"
    case .inside(let source): return "inside \(format(source))"
    case .outside(let source): return "outside \(format(source))"
    case .intersecting(let source): return "intersecting \(format(source))"
    case .nearest(let count, let source, let name, let within, let travel, let withRoute):
      let number = count.map { "\(formatCount($0)) " } ?? ""
      let limit = within.map { " within \(format($0, atLeast: .conversion))" } ?? ""
      let route = withRoute ? " with route" : ""
      return "nearest \(number)\(places(source, travel, "")) as \(format(name))\(limit)\(way(travel))\(route)"
    case .locate(let source, let name): return "locate in \(format(source)) as \(format(name))"
    case .around(let reach, let source, let name, let results):
      let places = places(source, reach.travel, "")
      return
        "around \(beforeLayer(reach.distance))\(way(reach.travel)) \(places) as \(format(name)) (\(format(results)))"
    case .count(let source, let name): return "count \(format(source))\(asName(name))"
    case .density(let source, let unit, let name):
      return "density \(format(source)) per \(format(unit))\(asName(name))"
    case .coverage(let source, let reach, let people, let weight, let name):
      let whom = people.map { " of \(format($0))" } ?? ""
      let weighting = weight.map { " weighted by \(format($0))" } ?? ""
      return "coverage \(places(source, reach.travel, "by ")) within \(format(reach))\(whom)\(weighting)\(asName(name))"
    case .gaps(let source, let reach): return "gaps \(places(source, reach.travel, "by ")) within \(format(reach))"
    case .buffer(let distance): return "buffer \(format(distance))"
    case .catchment(let catchment): return "catchment \(format(catchment))"
    case .dissolve(let groups): return "dissolve\(grouped(groups))"
    case .clip(let source): return "clip to \(format(source))"
    case .erase(let source): return "erase \(format(source))"
    case .centroid: return "centroid"
    case .hull: return "hull"
    case .simplify(let tolerance): return "simplify \(format(tolerance))"
    case .grid(let size): return "grid \(format(size))"
    case .hexagons(let size): return "hexagons \(format(size))"
    case .export(let target): return "export \(format(target))"
    }
  }

  private static func format(_ items: [NamedExpression]) -> String {
    items.map { item in (item.name.map { "\(format($0)) = " } ?? "") + format(item.expression) }.joined(separator: ", ")
  }

  private static func grouped(_ groups: [NamedExpression]) -> String {
    groups.isEmpty ? "" : " by \(format(groups))"
  }

  /// `500 m`, `15 min by walk`
  public static func format(_ reach: Reach) -> String {
    format(reach.distance, atLeast: .conversion) + way(reach.travel)
  }

  private static func format(_ catchment: Catchment) -> String {
    let from = catchment.travel.reversed ? "from " : ""
    let limits = catchment.limits.map { format($0, atLeast: .conversion) }.joined(separator: ", ")
    let sharing =
      switch catchment.sharing {
      case .overlapping: ""
      case .merged: " merged"
      case .split: " split"
      }
    let lines = catchment.asLines ? " as lines" : ""
    let width = catchment.width.map { " width \(format($0, atLeast: .conversion))" } ?? ""
    return "\(from)\(limits)\(way(catchment.travel))\(sharing)\(lines)\(width)"
  }

  private static func way(_ travel: Travel) -> String { travel.mode.map { " by \(format($0))" } ?? "" }

  /// A layer with the word before it, and where it is entered.
  private static func places(_ source: Source, _ travel: Travel, _ word: String) -> String {
    // Without a word before it a layer called so would turn the direction.
    if word.isEmpty, !travel.reversed, case .named(let name) = source.kind, Keyword(spelling: name.text) == .from {
      return inBackticks(name.text) + (travel.entrances.map { " via \(format($0))" } ?? "")
    }
    return (travel.reversed ? "from " : word) + format(source) + (travel.entrances.map { " via \(format($0))" } ?? "")
  }

  private static func formatCount(_ count: Expression) -> String {
    if case .number(_, let whole?) = count.kind, whole >= 1 { return format(count) }
    return "(\(format(count)))"
  }

  /// A distance with a layer behind it, whose name must not be read as a unit.
  private static func beforeLayer(_ distance: Expression) -> String {
    switch distance.kind {
    case .quantity, .column, .call: format(distance)
    default: "(\(format(distance)))"
    }
  }
}
