import QueryLanguage
import TestSupport

/// Random syntax trees of the kind that the parser can give.
struct RandomTrees {
  var random: SplitMix64
  private let nowhere = 0..<0

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private static let names = [
    "a", "name", "count", "grid", "where", "区县", "诊所_2", "km²", "a b", "tick`ed", "by", "per", "距离", "于", "AND",
    "Select",
    "end", "from", "sql", "values", "layers", "let", "point", "5", "营业", "open", "é", "x1", "㎡", "true",
  ]
  private static let texts = [
    "", "x", "崔寨%", "say \"so\"", "back\\slash", "tab\tand\nline", "“他”", "'", "--", "a | b", "`", "emoji 👩‍👩‍👧",
  ]

  mutating func name() -> Identifier { Identifier(random.pick(Self.names), range: nowhere) }
  mutating func text() -> String { random.pick(Self.texts) }

  private mutating func list<Item>(_ least: Int, _ most: Int, _ item: (inout Self) -> Item) -> [Item] {
    (0..<(least + random.below(most - least + 1))).map { _ in item(&self) }
  }

  private mutating func maybe<Item>(_ item: (inout Self) -> Item) -> Item? { random.chance(2) ? item(&self) : nil }

  mutating func unit() -> UnitName {
    let isPercent = random.chance(5)
    return UnitName(
      isPercent ? "%" : name().text, denominator: isPercent ? nil : maybe { $0.name().text },
      isReciprocal: random.chance(4), range: nowhere)
  }

  private mutating func value() -> Double {
    random.pick([0, 1, 3, 500, 0.5, 117.1, 1e15, 1e21, 1.2345e22, 6.02e-23, 1e300, 9_007_199_254_740_992])
  }

  mutating func quantity() -> Expression { node(.quantity(value(), unit())) }

  private func node(_ kind: Expression.Kind) -> Expression { Expression(kind, range: nowhere) }

  mutating func expression(_ depth: Int) -> Expression {
    guard depth > 0 else { return leaf() }
    let inner = depth - 1
    switch random.below(16) {
    case 0: return leaf()
    case 1: return node(.negate(expression(inner)))
    case 2: return node(.not(expression(inner)))
    case 3: return node(.isIn(expression(inner), list(1, 3) { $0.expression(inner) }, negated: random.chance(2)))
    case 4: return node(.like(expression(inner), pattern: expression(inner), negated: random.chance(2)))
    case 5: return node(.isNull(expression(inner), negated: random.chance(2)))
    case 6: return node(.convert(expression(inner), to: unit()))
    case 7: return node(.openOn(expression(inner)))
    case 8: return node(.call(name(), list(0, 3) { $0.expression(inner) }))
    case 9:
      let branches = list(1, 2) { CaseBranch(condition: $0.expression(inner), value: $0.expression(inner)) }
      return node(.caseWhen(branches, otherwise: maybe { $0.expression(inner) }))
    default:
      let sign = random.pick(BinaryOperator.allCases)
      return node(.binary(sign, expression(inner), expression(inner), operatorRange: nowhere))
    }
  }

  private mutating func leaf() -> Expression {
    switch random.below(7) {
    case 0:
      let value = value()
      return node(.number(value, whole: random.chance(2) ? Int64(exactly: value) : nil))
    case 1: return quantity()
    case 2: return node(.text(text()))
    case 3: return node(.date(year: 1 + random.below(9999), month: 1 + random.below(12), day: 1 + random.below(28)))
    case 4: return node(.boolean(random.chance(2)))
    default: return node(.column(list(1, 2) { $0.name() }))
    }
  }

  private mutating func named(_ depth: Int) -> NamedExpression {
    NamedExpression(name: maybe { $0.name() }, expression: expression(depth))
  }

  mutating func source(_ depth: Int) -> Source {
    let kind: Source.Kind
    switch random.below(depth > 0 ? 7 : 4) {
    case 0: kind = .sql(text(), range: nowhere)
    case 1 where depth > 0: kind = .point(longitude: expression(1), latitude: expression(1))
    case 2 where depth > 0:
      let names = list(1, 3) { $0.name() }
      kind = .values(names: names, rows: list(1, 3) { trees in names.map { _ in trees.expression(1) } })
    case 4, 5: kind = .pipeline(pipeline(depth - 1))
    default: kind = .named(name())
    }
    return Source(kind, range: nowhere)
  }

  mutating func pipeline(_ depth: Int) -> Pipeline {
    Pipeline(source: source(depth), steps: list(0, 4) { $0.step(depth) }, range: nowhere)
  }

  private mutating func reach() -> Reach {
    Reach(distance: expression(1), travel: travel())
  }

  private mutating func travel() -> Travel {
    Travel(mode: maybe { $0.name() }, reversed: random.chance(2), entrances: random.chance(4) ? source(1) : nil)
  }

  private mutating func target() -> ExportTarget {
    ExportTarget(
      path: text(), pathRange: nowhere, layer: maybe { $0.text() }, format: maybe { $0.name() },
      referenceSystem: maybe { $0.system() }, encoding: maybe { $0.text() })
  }

  private mutating func system() -> ReferenceName {
    ReferenceName(
      text: random.pick(["epsg:4548", "gcj02", "GEOGCS[\"x\"]", "esri:102100", "EPSG:0123", "a:b:c"]), range: nowhere)
  }

  mutating func step(_ depth: Int) -> Step {
    let kind = stepKind(depth)
    // A step without arguments has no label of its own in a mirror.
    let verb = Mirror(reflecting: kind).children.first?.label ?? "\(kind)"
    return Step(kind, verb: Identifier(verb, range: nowhere), range: nowhere)
  }

  private mutating func stepKind(_ depth: Int) -> Step.Kind {
    switch random.below(32) {
    case 0: return .where(expression(3))
    case 1: return .select(list(1, 3) { $0.named(2) })
    case 2: return .derive(list(1, 3) { $0.named(2) })
    case 3: return .sort(list(1, 3) { SortKey(expression: $0.expression(2), descending: $0.random.chance(2)) })
    case 4: return .take(expression(1))
    case 5: return .summarize(list(1, 3) { $0.named(2) }, by: list(0, 2) { $0.named(1) })
    case 6: return .join(source(depth), on: expression(2), as: maybe { $0.name() })
    case 7: return .union(source(depth))
    case 8: return .distinct(list(0, 2) { $0.named(1) })
    case 9: return .within(reach(), of: source(depth))
    case 10: return .beyond(reach(), of: source(depth), as: maybe { $0.name() })
    case 11: return .inside(source(depth))
    case 12: return .outside(source(depth))
    case 13: return .intersecting(source(depth))
    case 14:
      return .nearest(
        count: maybe { $0.expression(1) }, source(depth), as: name(), within: maybe { $0.expression(1) }, travel(),
        withRoute: random.chance(2))
    case 15: return .locate(in: source(depth), as: name())
    case 16: return .around(reach(), source(depth), as: name(), list(1, 2) { $0.named(1) })
    case 17: return .count(source(depth), as: maybe { $0.name() })
    case 18: return .density(source(depth), per: unit(), as: maybe { $0.name() })
    case 19:
      let people = maybe { $0.source(depth) }
      let weight = people == nil ? nil : maybe { $0.expression(2) }
      return .coverage(by: source(depth), within: reach(), of: people, weightedBy: weight, as: maybe { $0.name() })
    case 20: return .gaps(by: source(depth), within: reach())
    case 21: return .buffer(expression(1))
    case 22:
      return .catchment(
        Catchment(
          limits: list(1, 3) { $0.quantity() }, travel: Travel(mode: name(), reversed: random.chance(2)),
          sharing: [.overlapping, .merged, .split][random.below(3)], asLines: random.chance(2),
          width: maybe { $0.quantity() }))
    case 23: return .dissolve(by: list(0, 2) { $0.named(1) })
    case 24: return .clip(to: source(depth))
    case 25: return .erase(source(depth))
    case 26: return .centroid
    case 27: return .hull
    case 28: return .simplify(quantity())
    case 29: return random.chance(2) ? .grid(quantity()) : .hexagons(expression(1))
    case 30: return .repair
    default: return .export(target())
    }
  }

  mutating func statement() -> Statement {
    let kind: Statement.Kind
    switch random.below(15) {
    case 0: kind = .define(name: name(), pipeline(2))
    case 1: kind = .parameter(name: name(), expression(2))
    case 2: kind = .assert(source(2), condition: expression(3), label: maybe { $0.text() })
    case 3: kind = .export(list(1, 3) { $0.name() }, target())
    case 4:
      kind = .import(importClause())
    case 5: kind = .save(name(), as: maybe { $0.name() })
    case 6: kind = .set(setting())
    case 7: kind = .explain(pipeline(2))
    case 8: kind = .describe(name())
    case 9:
      kind =
        random.chance(2)
        ? .layers
        : .fileLayers(FileClause(path: text(), pathRange: nowhere, encoding: maybe { _ in "gbk" }))
    case 10: kind = .help(topic: maybe { $0.random.pick(["nearest", "walk speed", "|", "by", "a  b", "\"", ""]) })
    case 11: kind = .mode(mode())
    case 12: kind = .settings
    case 13:
      kind = .check(
        CheckClause(subject: source(2), asCoverage: random.chance(2), reference: maybe { $0.source(2) }))
    default: kind = .query(pipeline(2))
    }
    return Statement(kind, range: nowhere)
  }

  private mutating func importClause() -> ImportClause {
    var clause = ImportClause(
      path: text(), pathRange: nowhere, referenceSystem: maybe { $0.system() },
      encoding: maybe { $0.random.pick(["gbk", "utf-8", "by"]) }, repair: random.chance(2))
    clause.condition = maybe { $0.expression(2) }
    clause.box = maybe { tree in BoxClause(bounds: (0..<4).map { _ in tree.expression(1) }, range: tree.nowhere) }
    clause.limit = maybe { $0.expression(1) }
    clause.closesAreas = random.chance(2)
    switch random.below(4) {
    case 0: clause.layers = [text(), text()]
    case 1: clause.takesAll = true
    default:
      clause.layer = maybe { $0.text() }
      clause.name = maybe { $0.name() }
      clause.network = maybe { $0.network() }
    }
    if clause.network == nil { clause.tolerance = maybe { $0.expression(1) } }
    return clause
  }

  private mutating func network() -> NetworkClause {
    var network = NetworkClause(range: nowhere)
    network.classField = maybe { $0.name() }
    network.onewayField = maybe { $0.name() }
    network.speedField = maybe { $0.name() }
    network.tolerance = maybe { $0.expression(2) }
    network.bridging = maybe { $0.expression(2) }
    network.isPlanar = random.chance(2)
    network.hasFerries = random.chance(2)
    return network
  }

  private mutating func mode() -> ModeClause {
    ModeClause(
      name: name(), base: name(),
      speeds: list(0, 2) {
        ModeClause.Speed(value: $0.expression(2), classes: $0.list(0, 2) { $0.name() })
      }, barred: list(0, 2) { $0.name() })
  }

  private mutating func setting() -> SettingClause {
    let value: SettingClause.Value =
      switch random.below(3) {
      case 0: .word(name())
      case 1: .referenceSystem(ReferenceName(text: "epsg:4547", range: nowhere))
      default: .expression(expression(2))
      }
    return SettingClause(
      key: random.pick(["crs", "walk speed", "步行 速度", "by", "snap"]), keyRange: nowhere, value: value)
  }
}
