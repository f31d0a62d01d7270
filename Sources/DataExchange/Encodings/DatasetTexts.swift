import CGDAL
import FeatureTables

/// The texts of a dataset that GDAL hands out as they stand in the file, brought to UTF-8.
struct DatasetTexts {
  private var texts: EncodedTexts
  private let names: [String]

  /// Decides what texts mean.
  ///
  /// - Parameter addTexts: Adds those of the rows to those of the names.
  /// - Throws: `ExchangeError` when the C library cannot read an encoding; what `addTexts` throws. O(bytes).
  init(
    of layer: OGRLayerH, _ definition: OGRFeatureDefnH, stated: TextEncoding?,
    _ addTexts: (inout TextSample) throws -> Void
  ) throws {
    let names = (0..<OGR_FD_GetFieldCount(definition)).map { index -> [UInt8] in
      guard let name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, index)) else { return [] }
      return UnsafeRawBufferPointer(start: name, count: strlen(name)).map(\.self)
    }
    var sample = TextSample()
    for name in names { sample.add(name) }
    if stated == nil { try addTexts(&sample) }
    texts = try EncodedTexts(
      try EncodingDecision(stated: stated, statement: Self.statement(layer), sample: sample))
    self.names = names.map { [texts] in texts.decode(name: $0) }
  }

  /// Decodes the text columns in place. O(bytes).
  ///
  /// - Parameter number: Of a row in the file, from 0.
  mutating func decode(_ columns: inout [Column], _ number: (Int) -> Int = { $0 }) {
    for (index, column) in columns.enumerated() {
      guard case .text(let raw) = column.storage else { continue }
      columns[index] = Column(.text(texts.decode(raw, number)), validity: column.validity)
    }
  }

  /// - Throws: `ExchangeError` when most of the texts are nothing in the stated encoding.
  func check(_ file: SourceFile) throws(ExchangeError) { try texts.checkStatement(file) }

  /// From 0.
  func name(ofField index: Int) -> String { names[index] }

  var notes: [String] { texts.notes }
  var encoding: String { texts.decision.description }

  /// What a shapefile says about its texts, as GDAL found it (metadata domain `SHAPEFILE`): the companion with the
  /// ending .cpg, else the dBASE file's language driver byte.
  private static func statement(_ layer: OGRLayerH) -> EncodingDecision.Statement? {
    func item(_ key: String) -> String? {
      GDALGetMetadataItem(layer, key, "SHAPEFILE").map { String(cString: $0) }
    }
    if let encoding = item("CPG_VALUE").flatMap({ TextEncoding(named: $0) }) {
      return .init(encoding: encoding, by: "the .cpg file")
    }
    let byte = item("LDID_VALUE").flatMap { Int($0) }
    return byte.flatMap { TextEncoding(languageDriver: $0) }.map {
      .init(encoding: $0, by: "the language byte of the .dbf file")
    }
  }
}
