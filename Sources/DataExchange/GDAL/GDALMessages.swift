import CGDAL

/// What GDAL says on this thread while some work runs: collected, never printed.
final class GDALMessages {
  private(set) var warnings: [String] = []
  private(set) var failures: [String] = []

  /// A damaged file can make GDAL say the same thing for every feature.
  private static let limit = 20

  /// Runs `body` while GDAL's messages go to the collection that it is given.
  ///
  /// Handlers form a stack for each thread (`CPLPushErrorHandlerEx`), so calls may nest and run side by side.
  static func collecting<Result>(_ body: (GDALMessages) throws -> Result) rethrows -> Result {
    let messages = GDALMessages()
    CPLErrorReset()
    CPLPushErrorHandlerEx(
      { severity, _, text in
        guard let data = CPLGetErrorHandlerUserData(), let text else { return }
        let messages = Unmanaged<GDALMessages>.fromOpaque(data).takeUnretainedValue()
        messages.add(severity, String(cString: text))
      }, Unmanaged.passUnretained(messages).toOpaque())
    defer {
      CPLPopErrorHandler()
      CPLErrorReset()
    }
    return try withExtendedLifetime(messages) { try body(messages) }
  }

  private func add(_ severity: CPLErr, _ text: String) {
    let line = Self.readable(text)
    // What PROJ says about a definition is no damage to the file; an unusable one shows when it is read.
    if severity == CE_Warning || (severity == CE_Failure && line.hasPrefix("PROJ:")) {
      if warnings.count < Self.limit && !warnings.contains(line) { warnings.append(line) }
    } else if severity == CE_Failure || severity == CE_Fatal {
      if failures.count < Self.limit && !failures.contains(line) { failures.append(line) }
    }
  }

  /// The first failure, which is the cause of those after it; else the first warning.
  var reason: String? { failures.first ?? warnings.first }

  /// Warnings that a user can make something of.
  var notableWarnings: [String] {
    let notable = warnings.filter { !$0.contains("may only be partially supported") }
    // What GDAL tells programmers in so many words is told to planners in few.
    return notable.map {
      $0.hasPrefix("Non closed ring detected") ? "outlines that end elsewhere than they begin were closed" : $0
    }
  }

  /// One line without a trailing stop, cut where a driver quotes half a file.
  private static func readable(_ text: String) -> String {
    var line = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    // Drivers name the line of their own source.
    line.replace(#/^\S+\.cpp, \d+: /#, with: "")
    while let last = line.last, last == " " || last == "." { line.removeLast() }
    return line.count <= 240 ? line : line.prefix(239) + "…"
  }
}
