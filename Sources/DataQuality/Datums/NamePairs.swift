import FeatureTables
import GeometryKernel

/// Rows of two layers that have the same name.
struct NamePairs {
  /// For each row of the first layer that has partners: these.
  private(set) var partners: [(row: Int, others: [Int])] = []

  /// So many rows of one name are a name's; more are a word, such as 村委会.
  private static let mostOfOneName = 4

  /// So many rows of a layer are looked at, evenly spread.
  private static let mostRows = 50_000

  /// Pairs the two columns of text that have the most names in common. O(columns · `mostRows`).
  init(_ layer: Table, _ reference: Table) {
    let referenceColumns = reference.columns.compactMap { Self.rowsByName($0) }
    for column in layer.columns {
      guard let names = Self.names(column) else { continue }
      for rows in referenceColumns {
        let found = names.compactMap { row, name in name.flatMap { rows[$0] }.map { (row: row, others: $0) } }
        let few = found.filter { $0.others.count <= Self.mostOfOneName }
        if few.count > partners.count { partners = few }
      }
    }
  }

  /// The names in a column that tells rows apart; `nil` for one that tells what they belong to, such as their district.
  private static func names(_ column: Column) -> [(row: Int, name: String?)]? {
    guard case .text(let texts) = column.storage else { return nil }
    let names = stride(from: 0, to: texts.count, by: texts.count / mostRows + 1).map {
      (row: $0, name: column.isNull(at: $0) ? nil : plain(texts[$0]))
    }
    let known = names.compactMap(\.name)
    return Set(known).count * 10 >= known.count * 7 ? names : nil
  }

  private static func rowsByName(_ column: Column) -> [String: [Int]]? {
    guard let names = names(column) else { return nil }
    var rows: [String: [Int]] = [:]
    for (row, name) in names {
      if let name { rows[name, default: []].append(row) }
    }
    return rows
  }

  /// A name without blanks, what stands in brackets, and the word for its kind: `济南西站(地铁)` and `济南西` are one.
  static func plain(_ name: String) -> String? {
    var letters: [Character] = []
    var depth = 0
    for letter in name {
      switch letter {
      case "(", "（", "[", "【": depth += 1
      case ")", "）", "]", "】": depth = max(0, depth - 1)
      default: if depth == 0 && !letter.isWhitespace { letters.append(letter) }
      }
    }
    var plain = String(letters).lowercased()
    for kind in ["地铁站", "火车站", "站"] where plain.hasSuffix(kind) && plain.count > kind.count + 1 {
      plain.removeLast(kind.count)
      break
    }
    return plain.count < 2 ? nil : plain
  }
}
