import GeometryKernel

/// Geometries in another reference system, with what could not be brought there.
public struct TransformedGeometry: Sendable {
  /// One row for each row given; a row with a coordinate that has no image is null.
  public let geometry: GeometryArray
  /// The rows that became null because of their coordinates, ascending; rows that were null before are not among them.
  public let failedRows: [Int32]
  /// The first coordinate that failed.
  public let firstFailure: TransformFailure?
  /// Coordinates outside China, where GCJ-02 and BD-09 have no shift: they were taken as WGS 84.
  public let unshiftedCoordinates: Int

  /// A sentence for the user about rows that failed and coordinates without a shift; `nil` when all is well.
  public var note: String? {
    var sentences: [String] = []
    if let firstFailure {
      let rows = failedRows.count == 1 ? "1 row has" : "\(failedRows.count) rows have"
      sentences.append(
        "\(rows) coordinates that cannot be transformed and a null geometry now; the first is \(firstFailure)")
    }
    if unshiftedCoordinates > 0 {
      let noun = unshiftedCoordinates == 1 ? "1 coordinate lies" : "\(unshiftedCoordinates) coordinates lie"
      sentences.append("\(noun) outside China, where GCJ-02 and BD-09 have no shift, and stayed on WGS 84")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: "; ")
  }
}

/// A coordinate that has no image in the target system.
public struct TransformFailure: Hashable, Sendable, CustomStringConvertible {
  /// The row in the geometries that were given, from 0.
  public let row: Int
  /// The coordinate as given, in the source system.
  public let x: Double
  public let y: Double
  /// What is wrong with it, and a guess at the cause where there is one.
  public let reason: String

  /// Rows are counted from 1 here, as people do.
  public var description: String { "row \(row + 1), coordinate (\(x), \(y)): \(reason)" }
}

/// What PROJ does between two systems.
public struct TransformOperation: Hashable, Sendable, CustomStringConvertible {
  /// PROJ's name of the operation, or ours for GCJ-02 and BD-09.
  public let name: String
  /// The accuracy its source states, in metres; `nil` when none is stated.
  public let accuracyMetres: Double?
  /// True when no datum transformation is known and latitudes and longitudes are taken over as they are: for China's
  /// older systems that is 50 to 150 m off.
  public let isBallpark: Bool

  public var description: String {
    if isBallpark { return "\(name) (no datum shift known: up to some 150 m off)" }
    guard let accuracyMetres else { return name }
    return accuracyMetres == 0 ? "\(name) (exact)" : "\(name) (±\(accuracyMetres.formattedMetres) m)"
  }
}

extension Double {
  /// Whole metres without decimals.
  fileprivate var formattedMetres: String { self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)" }
}
