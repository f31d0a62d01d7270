import DataCatalog
import DataExchange
import FeatureTables
import GeometryOperations
import Projections
import QueryLanguage
import QueryPlanning
import StreetNetworks
import WorkControl

extension DiagnosticCode {
  static let nothingAsserted = DiagnosticCode("assertion.no-rows", .query)
  static let overwritesSource = DiagnosticCode("export.overwrites", .data)
  static let referenceSystem = DiagnosticCode("data.reference-system", .data)
  static let geometryOperation = DiagnosticCode("data.geometry", .data)
  static let unexpectedError = DiagnosticCode("data.unexpected", .data)
  static let unknownSetting = DiagnosticCode("setting.unknown", .query)
  static let settingValue = DiagnosticCode("setting.value", .query)
  static let misplacedOption = DiagnosticCode("export.option", .query)
  static let unknownEncoding = DiagnosticCode("export.encoding", .query)
  static let misplacedExport = DiagnosticCode("export.not-last", .query)
  static let severalNetworks = DiagnosticCode("network.several", .query)
  static let unusableNetwork = DiagnosticCode("data.network", .data)
  static let unknownNetwork = DiagnosticCode("network.unknown", .query)
  static let networkOption = DiagnosticCode("network.option", .query)
  static let unknownTopic = DiagnosticCode("help.unknown", .query)
}

/// Every error that the modules below throw, as the diagnostics that people read.
func diagnostics(of error: any Error, at range: Range<Int>?) -> [Diagnostic] {
  switch error {
  case let error as Diagnostic: return [error.placed(at: range)]
  case let error as Diagnostics: return error.list.map { $0.placed(at: range) }
  case is Cancelled: return [cancelled]
  case let error as ExchangeError:
    return [
      Diagnostic(
        DiagnosticCode("file.\(dashed(error.code.rawValue))", .data), at: range, phrase(error.message),
        fix: error.fix.map(order))
    ]
  case let error as StoreError:
    let blame: DiagnosticCode.Blame =
      error.code == .sql || error.code == .notAllowed || error.code == .nameNotAllowed ? .query : .data
    return [
      Diagnostic(
        DiagnosticCode("store.\(dashed(error.code.rawValue))", blame), at: range, error.message,
        fix: error.fix ?? (error.code == .sql ? "write one SELECT of SQLite; `layers` lists its tables" : nil))
    ]
  case let error as NetworkError:
    return [
      Diagnostic(
        DiagnosticCode("network.\(dashed(error.code.rawValue))", .data), at: range, error.message, fix: error.fix)
    ]
  case let error as StreetNetworkError:
    return [Diagnostic(.unusableNetwork, at: range, error.description, fix: error.fix)]
  case let error as ReferenceSystemError:
    // What is wrong is the first sentence, what to write the second.
    let sentences = error.description.split(separator: ". ", maxSplits: 1).map(String.init)
    return [
      Diagnostic(
        .referenceSystem, at: range, phrase(sentences[0]),
        fix: sentences.count > 1 ? order(sentences[1]) : "say the true reference system of the data with `crs`")
    ]
  case let error as GeometryError:
    if error == .cancelled { return [cancelled] }
    return [Diagnostic(.geometryOperation, at: range, error.description, fix: error.fix)]
  default: return [Diagnostic(.unexpectedError, at: range, "\(error)")]
  }
}

private var cancelled: Diagnostic { Diagnostic(.interrupted, at: nil, "interrupted") }

/// Runs work and turns what it throws into diagnostics; `Cancelled` passes as it is.
func diagnosing<Result>(at range: Range<Int>? = nil, _ work: () throws -> Result) throws -> Result {
  do {
    return try work()
  } catch let error as Cancelled {
    throw error
  } catch {
    throw Diagnostics(diagnostics(of: error, at: range))
  }
}

extension Diagnostic {
  /// The same, at a place when it has none of its own.
  func placed(at place: Range<Int>?) -> Diagnostic {
    range == nil ? Diagnostic(code, severity: severity, at: place, message, fix: fix) : self
  }
}

/// A sentence without its stop.
private func phrase(_ sentence: String) -> String { sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence }

/// `Use one of ….` as `use one of …`; names that begin with two capitals stay.
private func order(_ sentence: String) -> String {
  guard let first = sentence.first, sentence.dropFirst().first?.isLowercase ?? false else { return phrase(sentence) }
  return first.lowercased() + phrase(sentence).dropFirst()
}

/// `layerMissing` as `layer-missing`.
private func dashed(_ name: String) -> String {
  name.reduce(into: "") { result, character in
    if character.isUppercase { result += "-" }
    result += character.lowercased()
  }
}
