import FeatureTables
import QueryLanguage
import QueryPlanning

/// Grows a pipeline step by step from a grammar of steps, as text; what it may ask of its columns the binder says.
struct RandomPipeline {
  private(set) var text: String
  private(set) var plan: LogicalPlan
  private var joins = 0

  /// - Parameter names: layers of points, lines and areas to choose from.
  init?(
    steps: Int, points: [String], areas: [String], lines: [String], random: inout SplitMix64,
    bind: (String) -> LogicalPlan?
  ) {
    let all = points + areas + lines
    text = all.randomElement(using: &random) ?? ""
    guard let first = bind(text) else { return nil }
    plan = first
    for _ in 0..<steps {
      // Filters are what is pushed: every other step is one.
      let step =
        Bool.random(using: &random)
        ? condition(&random).map { "where \($0)" } : step(points: points, areas: areas, all: all, &random)
      guard let step, let next = bind("\(text) | \(step)") else { continue }
      text += " | \(step)"
      plan = next
    }
  }

  private mutating func step(
    points: [String], areas: [String], all: [String], _ random: inout SplitMix64
  ) -> String? {
    func one(_ names: [String]) -> String { names.randomElement(using: &random) ?? "" }
    let attributes = plan.schema.attributes
    let distance = ["300 m", "900 m", "2 km"].randomElement(using: &random) ?? ""
    joins += 1
    // `derive` and `select` may replace a column; the others may not, and the binder then leaves them out.
    let name = Bool.random(using: &random) ? "n\(joins)" : "value"
    switch Int.random(in: 0..<22, using: &random) {
    case 0: return "within \(distance) of \(one(all))"
    case 1: return "beyond \(distance) of \(one(all))"
    case 2: return "inside \(one(areas))"
    case 3: return "outside \(one(areas))"
    case 4: return "intersecting \(one(all))"
    case 5: return "nearest \(Int.random(in: 1...2, using: &random)) \(one(all)) as j\(joins)"
    case 6: return "nearest 1 (\(one(points)) | where value > 20) as j\(joins) within \(distance)"
    case 7: return "locate in \(one(areas)) as j\(joins)"
    case 8: return "around \(distance) \(one(all)) as j\(joins) (n = count(), s = sum(value))"
    case 9: return "count \(one(all)) as \(name)"
    case 10: return "density \(one(points)) per km2 as \(name)"
    case 11: return "coverage by \(one(points)) within \(distance) of \(one(points)) weighted by value as j\(joins)"
    case 12: return "coverage by \(one(points)) within \(distance) as j\(joins)"
    case 13: return "derive \(name) = \(number(&random) ?? "1") + 1"
    case 14: return attributes.randomElement(using: &random).map { "sort by \(quoted($0.name)) desc" }
    case 15: return "take \(Int.random(in: 3...40, using: &random))"
    case 16: return "union \(one(all))"
    case 17: return "distinct word"
    case 18: return "dissolve by word"
    case 19: return ["centroid", "hull", "buffer 50 m", "simplify 20 m"].randomElement(using: &random)
    case 20: return ["clip to", "erase"].randomElement(using: &random).map { "\($0) \(one(areas))" }
    default: return "select number, value, word, \(name) = value"
    }
  }

  private func condition(_ random: inout SplitMix64) -> String? {
    let first = comparison(&random)
    guard let first, Int.random(in: 0..<3, using: &random) == 0 else { return first }
    let word = ["and", "or"].randomElement(using: &random) ?? "and"
    return comparison(&random).map { "\(first) \(word) \($0)" }
  }

  private func comparison(_ random: inout SplitMix64) -> String? {
    if plan.schema.hasGeometry, Int.random(in: 0..<8, using: &random) == 0 {
      return ["area() > 1 km2", "x() > 511.5 km", "length() < 4 km", "vertices() > 5"].randomElement(using: &random)
    }
    guard let field = plan.schema.attributes.randomElement(using: &random) else { return nil }
    let name = quoted(field.name)
    if Int.random(in: 0..<7, using: &random) == 0 {
      return Bool.random(using: &random) ? "\(name) is null" : "\(name) is not null"
    }
    switch field.type {
    case .integer: return "\(name) > \(Int.random(in: -5...60, using: &random))"
    case .number(let unit):
      switch unit.dimension {
      case .length: return "\(name) < \(Int.random(in: 1...900, using: &random)) m"
      case .area: return "\(name) > \(Int.random(in: 0...2, using: &random)) km2"
      case .perArea: return "\(name) >= \(Int.random(in: 0...9, using: &random)) per km2"
      default: return "\(name) > \(Int.random(in: 0...3, using: &random)).5"
      }
    case .text: return "\(name) in (\"甲\", \"乙\")"
    default: return nil
    }
  }

  private func number(_ random: inout SplitMix64) -> String? {
    plan.schema.attributes.filter { $0.type == .integer || $0.type == .plainNumber }.randomElement(using: &random)
      .map { quoted($0.name) }
  }

  /// Joined columns are written with their dot; no name here needs more.
  private func quoted(_ name: String) -> String { name }
}
