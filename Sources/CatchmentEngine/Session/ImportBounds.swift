import FeatureTables
import GeometryKernel
import QueryLanguage
import QueryPlanning

/// The constants of an import: its box, its limit and its tolerance.
struct ImportBounds {
  private(set) var box: Box?
  private(set) var limit: Int?
  /// In metres.
  private(set) var tolerance: Double?
  private(set) var mistakes: [Diagnostic] = []

  /// - Parameter binder: takes the mistakes of the expressions themselves.
  init(_ clause: ImportClause, _ binder: inout Binder) {
    if let written = clause.limit { limit = readLimit(written, &binder) }
    if let written = clause.box { box = readBox(written, &binder) }
    if let written = clause.tolerance { tolerance = readTolerance(written, &binder) }
  }

  private mutating func readLimit(_ written: Expression, _ binder: inout Binder) -> Int? {
    guard let bound = binder.bindConstant(written) else { return nil }
    if case .constant(.integer(let count)) = bound.kind, bound.type == .integer, 1...Int64(Int32.max) ~= count {
      return Int(count)
    }
    mistakes.append(
      Diagnostic(.settingValue, at: written.range, "a number of rows from 1 on is due here", fix: "write limit 1000"))
    return nil
  }

  private mutating func readBox(_ written: BoxClause, _ binder: inout Binder) -> Box? {
    var numbers: [Double] = []
    for bound in written.bounds {
      guard let value = binder.bindConstant(bound) else { return nil }
      switch value.kind {
      case .constant(.number(let number)) where value.type == .plainNumber: numbers.append(number)
      case .constant(.integer(let number)): numbers.append(Double(number))
      default: numbers.append(.nan)
      }
    }
    let box = Box(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3])
    let isInRange = abs(box.minX) <= 180 && abs(box.maxX) <= 180 && abs(box.minY) <= 90 && abs(box.maxY) <= 90
    if isInRange, !box.isEmpty { return box }
    let example = "write box(117.0, 36.7, 117.2, 36.9): the least longitude and latitude, then the greatest"
    mistakes.append(
      Diagnostic(
        .settingValue, at: written.range,
        isInRange
          ? "the box is empty: its least is greater than its greatest"
          : "a box is of degrees of longitude and latitude",
        fix: example))
    return nil
  }

  private mutating func readTolerance(_ written: Expression, _ binder: inout Binder) -> Double? {
    guard let bound = binder.bindConstant(written) else { return nil }
    if case .constant(.number(let metres)) = bound.kind, bound.type.dimension == .length, 1e-4...1e4 ~= metres {
      return metres
    }
    mistakes.append(
      Diagnostic(
        .settingValue, at: written.range, "a length from 0.1 mm to 10 km is due here", fix: "write tolerance 1 cm"))
    return nil
  }
}
