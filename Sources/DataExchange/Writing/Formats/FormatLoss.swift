/// Something that a format cannot hold as it is, and what becomes of it there.
///
/// The one declaration of it: an export does so and says so, the documentation lists it, and the tests of round trips
/// expect nothing else to differ.
public enum FormatLoss: String, CaseIterable, Sendable {
  case shortNames, shortTexts, emptyTexts
  case dates, moments, booleans, wholeNumbers, numbers, decimals
  case emptyPlaces, singleParts, placelessRows, parts, areas, columns, symbols, positions

  /// What is done, in one sentence without its stop.
  public func sentence(in format: ExportFormat) -> String {
    switch self {
    case .shortNames: "names of columns are cut to \(format.longestName ?? 0) bytes"
    case .shortTexts: "texts are cut to \(format == .shp ? "254 bytes" : "32 767 characters")"
    case .emptyTexts: "empty texts are null"
    case .dates:
      format == .xlsx ? "a column with dates before March 1900 is text" : "dates are text (2026-01-15)"
    case .moments: "dates are midnights (2026-01-15T00:00:00)"
    case .booleans: "true and false are 1 and 0"
    case .wholeNumbers: "a column with whole numbers of more than \(format.wholeNumbers.words) is text"
    case .decimals:
      format == .postgis ? "numbers keep 15 digits" : "numbers keep 15 decimals, fewer beside very large ones"
    case .numbers: "a column with numbers of which its 24 places cannot show nine digits is text"
    case .emptyPlaces: "geometries without a coordinate are null"
    case .singleParts:
      "a line or area of several parts that has one is a single one, and points beside multi-points are multi-points"
    case .placelessRows: "rows without a place are left out"
    case .parts: "every part is a row of its own"
    case .areas: "areas are closed lines, and so are their holes"
    case .columns: "of the columns only `layer` and `text` are kept, `text` at points"
    case .symbols: "in names of layers the signs <>/\\\":;?*|,=` are _, and a text is one line"
    case .positions: format == .dxf ? "positions are rounded to 0.1 mm" : "positions are rounded to 1 cm"
    }
  }

  /// False for what is always so and of no consequence: it is documented and not said with every export.
  public var isSaid: Bool { self != .positions && self != .decimals }

  func note(in format: ExportFormat, _ detail: String) -> String { "\(sentence(in: format)): \(detail)." }
}

extension ExportFormat {
  /// What the format cannot hold, in the order of the documentation.
  public var losses: [FormatLoss] {
    switch self {
    case .gpkg: []
    case .postgis: [.shortNames, .decimals]
    case .geojson, .geojsonseq: [.emptyPlaces, .positions]
    case .fgb: [.moments]
    case .shp:
      [
        .shortNames, .shortTexts, .emptyTexts, .booleans, .wholeNumbers, .numbers, .decimals, .emptyPlaces,
        .singleParts,
      ]
    case .kml: [.dates, .booleans, .wholeNumbers, .emptyPlaces, .positions]
    case .dxf: [.symbols, .placelessRows, .parts, .areas, .columns, .positions]
    case .csv: [.positions]
    case .xlsx: [.shortTexts, .emptyTexts, .dates, .wholeNumbers, .positions]
    }
  }

  /// The whole numbers that the format, or the program it is for, keeps to the last digit.
  var wholeNumbers: (range: ClosedRange<Int64>, words: String) {
    switch self {
    // Eighteen places; drivers take wider fields for approximate numbers.
    case .shp: (-99_999_999_999_999_999...999_999_999_999_999_999, "18 places")
    // Excel keeps fifteen digits and writes noughts for the others.
    case .xlsx: (-999_999_999_999_999...999_999_999_999_999, "15 digits")
    // The type `int` of KML's schemas has 32 bits.
    case .kml: (Int64(Int32.min)...Int64(Int32.max), "32 bits")
    default: (Int64.min...Int64.max, "64 bits")
    }
  }
}
