/// How a feature's place was found, best first.
public enum Accuracy: String, Sendable, Comparable, CaseIterable {
  case surveyed, located, approximate, sketch, synthetic

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// What is known about a layer besides its features.
public struct LayerMetadata: Hashable, Sendable {
  public var titleChinese: String?
  public var titleEnglish: String?
  public var description: String?
  public var source: String?
  public var licence: String?
  /// `nil` when nobody has said.
  public var accuracy: Accuracy?
  /// As printed behind the accuracy: `±3 km`.
  public var uncertainty: String?
  /// The file a layer was imported from, or the query a result was saved from.
  public var origin: String?
  /// The reference system of the file, as it was recognised.
  public var originalReferenceSystem: String?
  /// How that is known: `as the file says`.
  public var referenceSystemBasis: String?
  /// The encoding of the file's texts, and how it is known.
  public var encoding: String?
  /// ISO 8601, UTC.
  public var importedAt: String?
  /// What import or a query had to say: rows without geometry, dropped Z, repairs.
  public var notes: [String]

  public init(
    titleChinese: String? = nil, titleEnglish: String? = nil, description: String? = nil, source: String? = nil,
    licence: String? = nil, accuracy: Accuracy? = nil, uncertainty: String? = nil, origin: String? = nil,
    originalReferenceSystem: String? = nil, referenceSystemBasis: String? = nil, importedAt: String? = nil,
    encoding: String? = nil, notes: [String] = []
  ) {
    self.titleChinese = titleChinese
    self.titleEnglish = titleEnglish
    self.description = description
    self.source = source
    self.licence = licence
    self.accuracy = accuracy
    self.uncertainty = uncertainty
    self.origin = origin
    self.originalReferenceSystem = originalReferenceSystem
    self.referenceSystemBasis = referenceSystemBasis
    self.importedAt = importedAt
    self.encoding = encoding
    self.notes = notes
  }
}
