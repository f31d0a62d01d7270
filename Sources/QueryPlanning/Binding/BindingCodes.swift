import QueryLanguage

/// Mistakes that only names, types and units bring to light.
extension DiagnosticCode {
  /// No layer or result of that name.
  public static let unknownLayer = DiagnosticCode("name.unknown-layer", .query)
  /// No such column in the rows before the step.
  public static let unknownColumn = DiagnosticCode("name.unknown-column", .query)
  public static let unknownFunction = DiagnosticCode("name.unknown-function", .query)
  /// A name that is there already.
  public static let duplicateName = DiagnosticCode("name.duplicate", .query)
  /// A column that is computed and has no name.
  public static let unnamedColumn = DiagnosticCode("name.missing", .query)
  public static let unknownUnit = DiagnosticCode("unit.unknown", .query)
  /// A bare number where a quantity is due.
  public static let missingUnit = DiagnosticCode("unit.missing", .query)
  /// Quantities of different dimensions in one operation.
  public static let unitMismatch = DiagnosticCode("unit.mismatch", .query)
  public static let typeMismatch = DiagnosticCode("type.mismatch", .query)
  public static let argumentCount = DiagnosticCode("type.argument-count", .query)
  /// An aggregate where there is one row, or a row's field beside aggregates.
  public static let misplacedAggregate = DiagnosticCode("type.aggregate", .query)
  /// A value that must be known before anything runs.
  public static let notConstant = DiagnosticCode("type.not-constant", .query)
  /// A constant outside of what the step can take.
  public static let outOfRange = DiagnosticCode("value.out-of-range", .query)
  /// `export` inside parentheses.
  public static let nestedExport = DiagnosticCode("step.nested-export", .query)
  public static let tooManySteps = DiagnosticCode("step.too-many", .query)
  /// Rows without geometry where a place is due.
  public static let missingGeometry = DiagnosticCode("geometry.missing", .query)
  /// A length or a time by street, and no streets.
  public static let noNetwork = DiagnosticCode("network.none-loaded", .query)
  /// A time without a mode of travel.
  public static let timeWithoutMode = DiagnosticCode("network.mode-missing", .query)
  /// A way of travel that is not there.
  public static let unknownMode = DiagnosticCode("network.unknown-mode", .query)
  /// What only streets have, asked of the straight line.
  public static let straightLine = DiagnosticCode("network.straight-line", .query)
  /// The user interrupted.
  public static let interrupted = DiagnosticCode("interrupted", .interrupt)
  public static let unreadableLayer = DiagnosticCode("data.unreadable-layer", .data)
  public static let mixedReferenceSystems = DiagnosticCode("crs.mixed", .query)
}
