import DataCatalog
import FeatureTables
import QueryLanguage
import StreetNetworks

extension NetworkSummary {
  /// What to say of lines whose class nobody has named, though a column looks like one.
  static func unusedClassNote(_ table: Table) -> String? {
    for wanted in ["highway", "fclass", "class", "道路等级", "type"] {
      guard let field = table.schema.attributes.first(where: { $0.name.lowercased() == wanted }),
        field.type == .text, let column = table[field.name]
      else { continue }
      // Much is of some class or type; who calls it highway means the class of a street.
      if ["class", "type"].contains(wanted), !holdsClasses(column, table.rowCount) { continue }
      return "no class field; `\(field.name)` looks like one: write class field \(field.name)"
    }
    return nil
  }

  /// Whether most of what is said is a class that modes know.
  private static func holdsClasses(_ column: Column, _ count: Int) -> Bool {
    var (known, said) = (0, 0)
    for row in 0..<count {
      guard case .text(let text) = column.value(at: row) else { continue }
      said += 1
      if TravelMode.knownClasses.contains(text) { known += 1 }
    }
    return said > 0 && 2 * known >= said
  }
}

extension Session {
  /// Says of which classes no street is: neither those that modes know from the start nor those of any network.
  func noteUnknownClasses(_ clause: ModeClause, _ notes: inout [Diagnostic]) {
    let strange = (clause.speeds.flatMap(\.classes) + clause.barred)
      .filter { !TravelMode.knownClasses.contains($0.text) }
    // Networks are opened only where somebody asks.
    guard !strange.isEmpty else { return }
    let known = TravelMode.knownClasses.union(classesOfNetworks())
    for name in strange where !known.contains(name.text) {
      let similar = nearestNames(to: name.text, in: known.sorted()).first
      notes.append(
        Diagnostic(
          .remark, severity: .note, at: name.range, "no street is of class \(name.text)",
          fix: similar.map { "did you mean \($0)?" } ?? "`describe` with the name of a network lists its classes"))
    }
  }

  /// The classes of all networks that can be opened.
  private func classesOfNetworks() -> Set<String> {
    let networks = ((try? relations.catalog.summaries()) ?? []).filter(\.isNetwork)
    let names = networks.flatMap { summary in
      (try? relations.catalog.network(named: summary.name, monitor: monitor).network.graph.classNames) ?? []
    }
    return Set(names).subtracting([""])
  }
}
