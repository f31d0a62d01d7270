import FeatureTables
import QueryLanguage

/// Where rows come from.
extension Binder {
  mutating func bind(_ source: Source, in system: String?) -> LogicalPlan? {
    switch source.kind {
    case .named(let name): return bindName(name, in: system)
    case .pipeline(let pipeline): return bind(pipeline, in: system, isNested: true)
    case .point(let longitude, let latitude): return bindPoint(longitude, latitude, in: system, source.range)
    case .sql(let text, let range):
      do {
        let (table, referenceSystem) = try catalog.answer(sql: text)
        let plan = LogicalPlan(
          .table(table, label: "sql"), schema: table.schema, referenceSystem: referenceSystem, range: range,
          estimatedRows: Double(table.rowCount))
        return reprojected(plan, to: system)
      } catch {
        diagnostics += Self.diagnostics(error, at: range)
        return nil
      }
    case .values(let names, let rows): return bindValues(names, rows, source.range)
    }
  }

  private mutating func bindName(_ name: Identifier, in system: String?) -> LogicalPlan? {
    let found: RelationInfo?
    do {
      found = try catalog.relation(named: name.text)
    } catch {
      diagnostics += Self.diagnostics(error, at: name.range)
      return nil
    }
    guard let info = found else {
      if unreadNames.contains(name.text) { return nil }
      let names = catalog.relationNames
      let similar = nearestNames(to: name.text, in: names)
      return fail(
        .unknownLayer, name.range, "no layer \"\(name.text)\"",
        fix: (similar.first.map { "did you mean \"\($0)\"? " } ?? "")
          + (names.isEmpty ? "bring one in with `import`" : "layers: \(names.joined(separator: ", "))"))
    }
    if let target = system, let own = info.referenceSystem, target != own, system != forcedSystem {
      diagnostics.append(
        Diagnostic(
          .mixedReferenceSystems, severity: .note, at: name.range,
          "\(name.text) belongs in \(own) and is brought to \(target), the system of this query"))
    }
    if let key = info.resultKey {
      let plan = LogicalPlan(
        .result(name: key), schema: info.schema, referenceSystem: info.referenceSystem, range: name.range,
        estimatedRows: max(0, info.rowCount))
      return reprojected(plan, to: system)
    }
    return LogicalPlan(
      .scan(layer: name.text), schema: info.schema,
      referenceSystem: info.referenceSystem == nil ? nil : system ?? info.referenceSystem, range: name.range,
      estimatedRows: max(0, info.rowCount))
  }

  // MARK: Points

  private mutating func bindPoint(
    _ longitude: Expression, _ latitude: Expression, in system: String?, _ range: Range<Int>
  ) -> LogicalPlan? {
    let a = degrees(longitude, "longitude")
    let b = degrees(latitude, "latitude")
    guard let x = a, let y = b else { return nil }
    if !(-90...90).contains(y), (-180...180).contains(y), (-90...90).contains(x) {
      return fail(
        .outOfRange, latitude.range, "a latitude lies within -90…90; the two numbers look exchanged",
        fix: "write the longitude first: point(\(shown(y)), \(shown(x)))")
    }
    var isInside = true
    for (value, limit, what, place) in [(x, 180.0, "longitude", longitude), (y, 90.0, "latitude", latitude)]
    where abs(value) > limit {
      isInside = false
      diagnostics.append(
        Diagnostic(
          .outOfRange, at: place.range, "a \(what) lies within -\(shown(limit))…\(shown(limit))",
          fix: "write degrees: point(117.10, 36.83)"))
    }
    guard isInside else { return nil }
    return LogicalPlan(
      .point(longitude: x, latitude: y), schema: Schema([Field(Field.geometryName, .geometry)]),
      referenceSystem: system ?? catalog.workingSystem(longitude: x, latitude: y), range: range, estimatedRows: 1)
  }

  private mutating func degrees(_ expression: Expression, _ what: String) -> Double? {
    guard let bound = bindConstant(expression) else { return nil }
    guard bound.type.isPlain, let value = bound.constantNumber else {
      return fail(
        .typeMismatch, expression.range, "a \(what) is a plain number of degrees",
        fix: "write point(117.10, 36.83): longitude, then latitude")
    }
    return value
  }

  private func shown(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }

  // MARK: Values

  private mutating func bindValues(_ names: [Identifier], _ rows: [[Expression]], _ range: Range<Int>) -> LogicalPlan? {
    var isWhole = true
    var seen: Set<String> = []
    for name in names {
      if name.text == Field.geometryName {
        isWhole = false
        diagnostics.append(
          Diagnostic(
            .typeMismatch, at: name.range, "the column geometry holds geometries, which are not written as values",
            fix: "choose another name; a place is written point(117.10, 36.83)"))
      } else if !seen.insert(name.text).inserted {
        isWhole = false
        diagnostics.append(
          Diagnostic(
            .duplicateName, at: name.range, "two columns \"\(name.text)\"", fix: "rename one: \(name.text)2 = …"))
      }
    }
    var columns: [[BoundExpression]] = names.map { _ in [] }
    for row in rows {
      guard row.count == names.count else {
        return fail(
          .argumentCount, row.first?.range ?? range, "\(row.count) values for \(names.count) columns",
          fix: "give each row a value for \(names.map(\.text).joined(separator: ", "))")
      }
      for (i, expression) in row.enumerated() {
        guard let value = bindConstant(expression) else {
          isWhole = false
          continue
        }
        columns[i].append(value)
      }
    }
    var binder = ExpressionBinder(schema: Schema([]), parameters: [:], aggregates: .allowed)
    let unified = zip(names, columns).map { name, values in
      values.isEmpty ? [] : binder.unify(values, "the values of \(name.text)")
    }
    diagnostics += binder.diagnostics
    guard isWhole else { return nil }
    var fields: [Field] = []
    var built: [Column] = []
    for (name, values) in zip(names, unified) {
      guard let values, let type = values.first?.type else { return nil }
      var builder = ColumnBuilder(type)
      for value in values { builder.append(value.constantValue ?? .null) }
      fields.append(Field(name.text, type))
      built.append(builder.finish())
    }
    let table = Table(schema: Schema(fields), columns: built, rowCount: rows.count)
    return LogicalPlan(
      .table(table, label: "values"), schema: table.schema, referenceSystem: nil, range: range,
      estimatedRows: Double(rows.count))
  }
}
