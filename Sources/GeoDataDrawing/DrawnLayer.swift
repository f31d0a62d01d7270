/// A layer as it is drawn: what the manifest says of it, and its features.
public struct DrawnLayer: Sendable {
  public let name: String
  public let titleChinese: String
  public let titleEnglish: String
  public let description: String
  public let source: String
  /// How far a place may be off, in words.
  public let uncertainty: String
  public let columns: [Column]
  /// What its lines mean as a network of streets; `nil` for a layer that is none.
  public let network: Network?
  public let features: [Feature]

  /// The columns of a street network that say how its lines may be used.
  public struct Network: Sendable {
    public let classColumn: String
    public let onewayColumn: String
  }

  init(
    name: String, titleChinese: String, titleEnglish: String, description: String, source: String, uncertainty: String,
    columns: [Column], network: Network? = nil, features: [Feature]
  ) {
    self.name = name
    self.titleChinese = titleChinese
    self.titleEnglish = titleEnglish
    self.description = description
    self.source = source
    self.uncertainty = uncertainty
    self.columns = columns
    self.network = network
    self.features = features
  }

  /// An attribute, in the order in which features are written.
  public struct Column: Sendable {
    public let name: String
    public let type: Kind
    public let unit: String?
    public let description: String

    public enum Kind: String, Sendable {
      case text
      case integer
      case number
      case boolean
      case date
    }

    init(_ name: String, _ type: Kind, _ description: String, unit: String? = nil) {
      self.name = name
      self.type = type
      self.unit = unit
      self.description = description
    }
  }

  /// One place, line or area; its id is its number in the layer, from 1.
  public struct Feature: Sendable {
    public let geometry: Geometry
    /// One value a column, less the three of provenance that every layer ends with.
    public let values: [Value]
    public let provenance: Provenance
  }

  public enum Geometry: Sendable {
    case point(Position)
    case line([Position])
    case area([Outline])

    /// As the manifest has it.
    var kind: String {
      switch self {
      case .point: "point"
      case .line: "line"
      case .area: "area"
      }
    }
  }

  public enum Value: Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case null
  }

  /// Where a feature comes from and how well its place is known.
  public struct Provenance: Sendable {
    /// The printed source and the fact's id there.
    public let source: String
    public let accuracy: Accuracy
    /// How the place was come by, where it was not printed.
    public let method: String?

    init(_ source: String, _ accuracy: Accuracy, _ method: String? = nil) {
      self.source = source
      self.accuracy = accuracy
      self.method = method
    }
  }

  /// Best first.
  public enum Accuracy: String, Sendable, CaseIterable {
    case surveyed
    case located
    case approximate
    case sketch
    case synthetic
  }

  /// The poorest accuracy of any feature.
  public var accuracy: Accuracy {
    let worst = features.map { Accuracy.allCases.firstIndex(of: $0.provenance.accuracy) ?? 0 }.max() ?? 0
    return Accuracy.allCases[worst]
  }

  /// The columns with the three of provenance.
  public var allColumns: [Column] { columns + Column.provenance }
}

extension DrawnLayer.Column {
  static let name = Self("name", .text, "name in Chinese")
  static let nameEnglish = Self("name_en", .text, "name in English")
  static let fact = Self("id_fact", .text, "number of the fact in the list of facts about Jinan")
  static let district = Self("district", .text, "district or county that holds it, in Chinese")
  static let subdistrict = Self("subdistrict", .text, "sub-district (街道) that holds it, in Chinese")

  static let provenance = [
    Self("source", .text, "printed source and fact behind it; the manifest lists the sources"),
    Self("accuracy", .text, "how well the place is known: surveyed, located, approximate, sketch or synthetic"),
    Self("method", .text, "how the place was come by where it was not printed"),
  ]
}

extension DrawnLayer.Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(nilLiteral: ()) { self = .null }
}
