/// Names of columns in so many bytes of the file's encoding, each another one.
struct ShortNames {
  /// PostgreSQL's ("Identifiers and Key Words", 4.1.1).
  static let longestIdentifier = 63

  private let mostBytes: Int
  private let encoding: OutputEncoding
  private var unique = UniqueNames()

  init(_ format: ExportFormat, _ encoding: OutputEncoding) {
    mostBytes = format.longestName ?? .max
    self.encoding = encoding
  }

  /// The name of the next column: the whole of it, or as many characters as fit, with a number where that is taken.
  mutating func take(_ name: String) -> String {
    let name = String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 ? "_" : $0 }))
    let (mostBytes, encoding) = (mostBytes, encoding)
    return unique.take(name.isEmpty ? "field" : name) { Self.cut($0, to: mostBytes - $1.utf8.count, encoding) + $1 }
  }

  private static func cut(_ name: String, to bytes: Int, _ encoding: OutputEncoding) -> String {
    var kept = ""
    var count = 0
    for character in name {
      count += encoding.byteCount(Array(String(character).utf8)[...])
      if count > bytes { break }
      kept.append(character)
    }
    // A character of several scalars may be longer than all of a name.
    return kept.isEmpty ? "f" : kept
  }
}

extension ExportFormat {
  /// The bytes that the name of a column may have, where there is a limit: dBASE III's, and PostgreSQL's.
  var longestName: Int? { self == .shp ? 10 : self == .postgis ? ShortNames.longestIdentifier : nil }
}
