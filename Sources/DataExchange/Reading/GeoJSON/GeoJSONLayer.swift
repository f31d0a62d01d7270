import FeatureTables
import GeometryKernel
import Projections
import WorkControl

/// Reads a GeoJSON file: a collection of features, one feature, a bare geometry, or features one after the other.
///
/// Memory is what the columns need and some blocks of the file. What a member before or after the features needs, or a
/// single feature, is held whole while it is read.
struct GeoJSONLayer {
  private let source: SourceFile
  private let file: OpenFile
  private let blockSize: Int
  private let workers: Workers
  private var outline: GeoJSONOutline

  /// - Throws: `ExchangeError` when the file cannot be opened.
  init(_ source: SourceFile, blockSize: Int = FeatureStream.blockSize, workers: Workers) throws {
    self.source = source
    self.blockSize = blockSize
    self.workers = workers
    file = try OpenFile(source)
    outline = try GeoJSONOutline(file, source)
  }

  /// The layer's name as far as it is told before the features, else the file's; `nil` for JSON that is not GeoJSON.
  ///
  /// - Throws: `ExchangeError`. O(bytes before the features).
  mutating func nameBeforeFeatures() throws -> String? {
    if outline.isRecordSequence { return source.baseName }
    let hasFeatures = try outline.nextFeatures() != nil
    let members = outline.members
    guard hasFeatures || members.isCollection || members.isFeatureOrShape else { return nil }
    return members.isFeatureOrShape ? source.baseName : name
  }

  /// A collection may have a name of its own.
  private var name: String {
    let said = outline.members.isCollection ? outline.members.name : nil
    return said.flatMap { $0.isEmpty ? nil : $0 } ?? source.baseName
  }

  /// Reads all features; `nil` for JSON that is not GeoJSON.
  ///
  /// - Parameters:
  ///   - said: the reference system that the user stated, if so.
  ///   - sieve: leaves features out as they are read.
  /// - Throws: `ExchangeError`; `RowSieve.Changed`; `Cancelled`.
  mutating func read(
    _ wanted: String?, saying said: ReferenceSystem?, _ sieve: RowSieve? = nil
  ) throws -> RawLayer? {
    if outline.isRecordSequence { return try layer(readSequence(sieve), wanted, said) }
    var stream: FeatureStream?
    while let place = try outline.nextFeatures() {
      let features = try stream ?? newStream(.comma, sieve)
      stream = features
      try outline.resume(at: features.read(from: place))
    }
    if outline.members.isFeatureOrShape { return try layer(readSequence(sieve), wanted, said) }
    guard outline.members.isCollection else { return nil }
    guard let stream else {
      throw ExchangeError(
        .unknownFormat,
        "“\(source.name)” is a collection without features: its member “features” is missing or no list.",
        fix: "Export it again as GeoJSON.")
    }
    return try layer(stream, wanted, said)
  }

  private func newStream(_ separator: FeatureStream.Separator, _ sieve: RowSieve?) throws -> FeatureStream {
    try FeatureStream(
      file, source, separator, sieve, in: try? outline.members.referenceSystem.resolved(source), blockSize: blockSize,
      workers: workers)
  }

  private func readSequence(_ sieve: RowSieve?) throws -> FeatureStream {
    let stream = try newStream(.blank, sieve)
    _ = try stream.read(from: outline.start)
    return stream
  }

  private func layer(
    _ stream: FeatureStream, _ wanted: String?, _ said: ReferenceSystem?
  ) throws -> RawLayer {
    let members = outline.members
    // A name behind the features is not known before they are read; the file's own does as well.
    if let wanted, ![name, source.baseName].contains(where: { $0.lowercased() == wanted.lowercased() }) {
      throw source.layerMissing(wanted, among: [name])
    }
    var batch = stream.takeBatch()
    guard !batch.properties.isTooWide else {
      throw ExchangeError(
        .tooLarge, "the features of “\(source.name)” have more than \(PropertyTable.mostColumns) properties.",
        fix: "Export those that are needed; if names are values, such as dates, make rows of them.")
    }
    let system =
      said == nil ? try members.referenceSystem.resolved(source) : try? members.referenceSystem.resolved(source)
    let oddities = Self.oddities(batch, stream)
    var layer = batch.finish(named: name, in: system)
    layer.description = members.description
    layer.notes += oddities
    try stream.sieve?.settle(&layer)
    return layer
  }

  private static func oddities(_ batch: FeatureBatch, _ stream: FeatureStream) -> [String] {
    var notes: [String] = []
    if batch.strangers > 0 {
      let are =
        batch.strangers == 1
        ? "entry of the features is no object; it was" : "entries of the features are no objects; they were"
      notes.append("\(batch.strangers) \(are) left out.")
    }
    if stream.lostNumbers > 0 {
      let are = stream.lostNumbers == 1 ? "number is not finite; it is" : "numbers are not finite; they are"
      notes.append("\(stream.lostNumbers) \(are) null.")
    }
    let wide = stream.wideNumbers + batch.properties.wideNumbers + batch.ids.wideNumbers
    if wide > 0 {
      let are =
        wide == 1 ? "whole number is too long for 64 bits; it is" : "whole numbers are too long for 64 bits; they are"
      notes.append("\(wide) \(are) kept to 16 digits. Codes of that length must stand in quotes.")
    }
    return notes
  }
}
