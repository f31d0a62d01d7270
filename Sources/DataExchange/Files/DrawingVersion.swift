/// The version of a DWG drawing, from its first six bytes (Open Design Specification for .dwg files, 3.1).
enum DrawingVersion {
  private static let names = [
    "AC1009": "R11/R12", "AC1012": "R13", "AC1014": "R14", "AC1015": "2000", "AC1018": "2004", "AC1021": "2007",
    "AC1024": "2010", "AC1027": "2013", "AC1032": "2018",
  ]
  /// What `DrawingFile` reads: of AutoCAD 2000 to 2002.
  private static let readable = "AC1015"

  /// - Throws: `ExchangeError` for a drawing of another version, and for what is none.
  static func check(_ head: [UInt8], _ source: SourceFile) throws(ExchangeError) {
    let code = String(decoding: head.prefix(6), as: UTF8.self)
    guard code != readable else { return }
    guard code.hasPrefix("AC"), code.dropFirst(2).allSatisfy(\.isNumber) else {
      throw ExchangeError(
        .notWhatItClaims, "“\(source.name)” is named like a DWG drawing, but does not begin like one.",
        fix: "Export it again from the program that draws it, as DXF.")
    }
    let version = names[code].map { "AutoCAD \($0) (\(code))" } ?? "a version unknown here (\(code))"
    throw ExchangeError(
      .unknownFormat,
      "“\(source.name)” is a DWG drawing of \(version); only those of AutoCAD 2000 (AC1015) can be read.",
      fix: "Save it as DXF in the program that draws it (AutoCAD, ZWCAD, GstarCAD: SAVEAS, DXF) and import that; "
        + "ODA File Converter does the same for many files.")
  }
}
