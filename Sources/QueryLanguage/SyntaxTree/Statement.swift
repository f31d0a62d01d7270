/// A whole text: statements in the order written.
public struct Script: Sendable, Hashable {
  public var statements: [Statement]

  public init(statements: [Statement]) { self.statements = statements }
}

public struct Statement: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// `source | step …`: evaluated and shown.
    case query(Pipeline)
    /// `let name = pipeline`
    case define(name: Identifier, Pipeline)
    /// `param name = value`
    case parameter(name: Identifier, Expression)
    /// `assert source: condition [as "label"]`
    case assert(Source, condition: Expression, label: String?)
    /// `export a, b to "file"`
    case export([Identifier], ExportTarget)
    case `import`(ImportClause)
    /// `save name [as layer]`
    case save(Identifier, as: Identifier?)
    case set(SettingClause)
    /// `set` alone
    case settings
    /// `mode wheelchair like walk speed 3 km/h without steps`
    case mode(ModeClause)
    case explain(Pipeline)
    case describe(Identifier)
    /// `check source [as coverage] [against source]`
    case check(CheckClause)
    case layers
    /// `layers of "file"`
    case fileLayers(FileClause)
    case help(topic: String?)
  }

  public let kind: Kind
  public let range: Range<Int>

  public init(_ kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// `to "file" [layer "x"] [as format] [crs system] [encoding name]`; the options come in any order.
public struct ExportTarget: Sendable, Hashable {
  public var path: String
  public var pathRange: Range<Int>
  /// The layer's name in the file, or the table's in a database.
  public var layer: String?
  public var layerRange: Range<Int>?
  /// `as geojson`: needed when the path is a folder or its extension says nothing.
  public var format: Identifier?
  /// `crs epsg:4326`
  public var referenceSystem: ReferenceName?
  /// `encoding gbk`
  public var encoding: String?
  public var encodingRange: Range<Int>?

  public init(
    path: String, pathRange: Range<Int>, layer: String? = nil, layerRange: Range<Int>? = nil,
    format: Identifier? = nil, referenceSystem: ReferenceName? = nil, encoding: String? = nil,
    encodingRange: Range<Int>? = nil
  ) {
    self.path = path
    self.pathRange = pathRange
    self.layer = layer
    self.layerRange = layerRange
    self.format = format
    self.referenceSystem = referenceSystem
    self.encoding = encoding
    self.encodingRange = encodingRange
  }
}

/// `"file" [encoding name]`: a file that is looked into.
public struct FileClause: Sendable, Hashable {
  public var path: String
  public var pathRange: Range<Int>
  public var encoding: String?

  public init(path: String, pathRange: Range<Int>, encoding: String? = nil) {
    self.path = path
    self.pathRange = pathRange
    self.encoding = encoding
  }
}

/// `import "file" [layer "x" | layers "a", "b" | all] [where condition] [within box(…)] [limit n] [crs system]
/// [encoding name] as name [repair] [network …]`; the options come in any order.
public struct ImportClause: Sendable, Hashable {
  public var path: String
  public var pathRange: Range<Int>
  public var layer: String?
  public var layerRange: Range<Int>?
  /// `layers "a", "b"`: each becomes a layer of its own name.
  public var layers: [String] = []
  /// `all`: every layer of the file, each under its own name.
  public var takesAll = false
  /// `where condition`: over the columns of the file.
  public var condition: Expression?
  /// `within box(longitude, latitude, longitude, latitude)`: the least, then the greatest.
  public var box: BoxClause?
  /// `limit n`
  public var limit: Expression?
  /// `closed as areas`
  public var closesAreas = false
  /// `tolerance length`: how far segments may be from the curve that they stand for.
  public var tolerance: Expression?
  public var referenceSystem: ReferenceName?
  public var encoding: String?
  /// `as name`; without it the name comes from the file's.
  public var name: Identifier?
  public var repair: Bool
  /// The lines become a street network.
  public var network: NetworkClause?

  public init(
    path: String, pathRange: Range<Int>, layer: String? = nil, layerRange: Range<Int>? = nil,
    referenceSystem: ReferenceName? = nil, encoding: String? = nil, name: Identifier? = nil, repair: Bool = false,
    network: NetworkClause? = nil
  ) {
    self.path = path
    self.pathRange = pathRange
    self.layer = layer
    self.layerRange = layerRange
    self.referenceSystem = referenceSystem
    self.encoding = encoding
    self.name = name
    self.repair = repair
    self.network = network
  }
}

/// `check source [as coverage] [against source]`
public struct CheckClause: Sendable, Hashable {
  /// The rows looked at.
  public var subject: Source
  /// `as coverage`: the areas should tile, without gaps and without overlaps.
  public var asCoverage: Bool
  /// `against R`: rows whose places are known, to compare with.
  public var reference: Source?

  public init(subject: Source, asCoverage: Bool = false, reference: Source? = nil) {
    self.subject = subject
    self.asCoverage = asCoverage
    self.reference = reference
  }
}

/// `box(least longitude, least latitude, greatest longitude, greatest latitude)`
public struct BoxClause: Sendable, Hashable {
  public var bounds: [Expression]
  public var range: Range<Int>

  public init(bounds: [Expression], range: Range<Int>) {
    self.bounds = bounds
    self.range = range
  }
}

/// A reference system as written: `epsg:4548`, `gcj02`, or a string of WKT.
public struct ReferenceName: Sendable, Hashable {
  public var text: String
  public var range: Range<Int>

  public init(text: String, range: Range<Int>) {
    self.text = text
    self.range = range
  }
}

/// `set key = value`; a key may have several words (`walk speed`).
public struct SettingClause: Sendable, Hashable {
  public enum Value: Sendable, Hashable {
    case expression(Expression)
    /// `set crs = epsg:4547`
    case referenceSystem(ReferenceName)
    /// A bare word: `set language = zh`, `set crs = auto`.
    case word(Identifier)
  }

  public var key: String
  public var keyRange: Range<Int>
  public var value: Value

  public init(key: String, keyRange: Range<Int>, value: Value) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
  }
}
