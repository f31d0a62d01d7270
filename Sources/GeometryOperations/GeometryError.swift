/// Why a geometry operation gave no answer.
public enum GeometryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A row is not what the OGC calls valid (simple features, 06-103r4 clause 6.1), so that an overlay of it would be
  /// wrong or impossible. The row is numbered in the array that was given.
  case invalid(ValidityDefect)
  /// A distance or tolerance that is not a finite number, or not in its range.
  case unusableArgument(name: String, value: Double, expected: String)
  /// `GeometryInterrupt.request` ended the operation.
  case cancelled
  /// A GEOS function failed; `row` when it worked on one row.
  case failed(function: String, message: String, row: Int?)

  public var description: String {
    switch self {
    case .invalid(let defect): "\(defect)"
    case .unusableArgument(let name, let value, let expected): "\(name) is \(value), and has to be \(expected)"
    case .cancelled: "cancelled"
    case .failed(let function, let message, let row):
      "\(function) failed\(row.map { " for row \($0 + 1)" } ?? ""): \(message)"
    }
  }
}

extension GeometryError {
  /// What to do; `nil` where nothing sensible can be said.
  public var fix: String? {
    if case .invalid = self { return "write `repair` behind its import: import \"…\" as … repair" }
    return nil
  }
}

/// What makes a row invalid, and where.
public struct ValidityDefect: Hashable, Sendable, CustomStringConvertible {
  /// The row in the array that was given, from 0.
  public let row: Int
  /// GEOS's words (`Self-intersection`, `Hole lies outside shell` …), or ours for what GEOS does not take at all.
  public let reason: String
  /// The place of the defect, in the array's reference system; may be NaN where the coordinate itself is not a number.
  public let x: Double
  public let y: Double

  public init(row: Int, reason: String, x: Double, y: Double) {
    self.row = row
    self.reason = reason
    self.x = x
    self.y = y
  }

  /// Seven decimals, which is a centimetre in degrees.
  private static func shown(_ coordinate: Double) -> Double {
    let rounded = (coordinate * 1e7).rounded() / 1e7
    return abs(coordinate) > 1000 ? (coordinate * 100).rounded() / 100 : rounded
  }

  /// Rows are counted from 1 here, as people do.
  public var description: String { "row \(row + 1) is invalid: \(reason) at (\(Self.shown(x)), \(Self.shown(y)))" }
}
