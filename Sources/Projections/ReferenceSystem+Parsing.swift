import CPROJ
import GeometryKernel

extension ReferenceSystem {
  /// Reads a reference system as people and files write it.
  ///
  /// Accepted: codes (`EPSG:4548`, `epsg:4548`, `ESRI:102025`), `urn:ogc:def:crs:…` and `http://www.opengis.net/…`,
  /// names as ESRI's programs and the EPSG dataset have them, `GCJ-02`, `BD-09` and `BD-09MC`, `WGS84` and `CGCS2000`, well-known text (1, 2 and ESRI's), PROJ strings and
  /// PROJJSON. A definition that agrees with an EPSG system in name and parameters gets its code (`proj_identify`); of a compound
  /// system the horizontal part is taken.
  ///
  /// - Throws: `ReferenceSystemError`, whose description says what to write. Takes about a millisecond, more for
  ///   definitions that have to be identified.
  public init(parsing text: String) throws(ReferenceSystemError) {
    let text = Self.trimmed(text)
    switch text.uppercased().filter({ $0 != "-" && $0 != " " && $0 != "_" }) {
    case "GCJ02", "GCJ02LL", "火星坐标", "国测局坐标", "高德坐标": self = .gcj02
    case "BD09", "BD09LL", "百度坐标": self = .bd09
    case "BD09MC", "百度墨卡托", "百度墨卡托坐标": self = .bd09mc
    case "WGS84": self = .wgs84
    case "CGCS2000": self = try Self.read(code: Self.cgcs2000Code)
    default:
      if let code = Self.code(text) {
        self = try Self.read(code: code)
      } else if let definition = Self.definition(text) {
        self = try Self.read(definition: definition)
      } else if let known = try Self.read(name: text) {
        self = known
      } else {
        throw .unrecognized(text: text)
      }
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let first = text.first, first.isWhitespace || first == "\u{FEFF}" { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  /// `AUTHORITY:CODE` with the authority in capitals; `nil` for other texts.
  private static func code(_ text: String) -> String? {
    let halves = text.split(separator: ":", omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty, text.utf8.count <= 40,
      halves[0].utf8.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 & 0xDF }),
      halves[1].utf8.allSatisfy({ isCodeByte($0) })
    else { return nil }
    return halves[0].uppercased() + ":" + halves[1]
  }

  private static func isCodeByte(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte & 0xDF
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
  }

  /// A text that is a definition by its first letters. Anything else is kept from PROJ, which would search its
  /// database for similar names and find some.
  private static func definition(_ text: String) -> String? {
    let lower = text.lowercased()
    if lower.hasPrefix("+") || lower.hasPrefix("proj=") {
      return lower.contains("type=crs") ? text : text + " +type=crs"
    }
    if lower.hasPrefix("urn:ogc:def:crs") || lower.hasPrefix("http://www.opengis.net/")
      || lower.hasPrefix("https://www.opengis.net/") || lower.hasPrefix("{")
    {
      return text
    }
    let keyword = lower.prefix { $0.isLetter || $0 == "_" || $0.isNumber }
    let rest = lower.dropFirst(keyword.count).drop { $0.isWhitespace }
    return !keyword.isEmpty && (rest.first == "[" || rest.first == "(") ? text : nil
  }

  private static func read(code: String) throws(ReferenceSystemError) -> ReferenceSystem {
    try ProjectionContext.borrow { context throws(ReferenceSystemError) in
      guard let crs = proj_create(context.handle, code) else { throw .unknownCode(text: code) }
      defer { proj_destroy(crs) }
      return try described(crs, text: code, code: code, in: context)
    }
  }

  private static func read(definition: String) throws(ReferenceSystemError) -> ReferenceSystem {
    try ProjectionContext.borrow { context throws(ReferenceSystemError) in
      guard let crs = proj_create(context.handle, definition) else {
        throw .invalidDefinition(text: definition, reason: context.message)
      }
      defer { proj_destroy(crs) }
      return try described(crs, text: definition, code: nil, in: context)
    }
  }

  /// A system by its exact name in the EPSG dataset or in ESRI's programs: `CGCS2000_3_Degree_GK_CM_117E`.
  private static func read(name: String) throws(ReferenceSystemError) -> ReferenceSystem? {
    guard name.contains("_") || name.contains("/") else { return nil }
    return try ProjectionContext.borrow { context throws(ReferenceSystemError) in
      guard let list = proj_create_from_name(context.handle, nil, name, nil, 0, 0, 1, nil) else { return nil }
      defer { proj_list_destroy(list) }
      guard let crs = proj_list_get(context.handle, list, 0) else { return nil }
      defer { proj_destroy(crs) }
      return try? described(crs, text: name, code: nil, in: context)
    }
  }

  /// - Parameter code: the code that `crs` was made from, if it was.
  private static func described(
    _ crs: OpaquePointer, text: String, code: String?, in context: ProjectionContext
  ) throws(ReferenceSystemError) -> ReferenceSystem {
    let handle = context.handle
    let type = proj_get_type(crs)
    let name = proj_get_name(crs).map { String(cString: $0) } ?? text
    switch type {
    case PJ_TYPE_COMPOUND_CRS:
      guard let horizontal = proj_crs_get_sub_crs(handle, crs, 0) else {
        throw .invalidDefinition(text: text, reason: context.message)
      }
      defer { proj_destroy(horizontal) }
      return try described(horizontal, text: text, code: nil, in: context)
    case PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_GEOGRAPHIC_3D_CRS, PJ_TYPE_PROJECTED_CRS: break
    case PJ_TYPE_BOUND_CRS: break
    case PJ_TYPE_GEOCENTRIC_CRS: throw .notHorizontal(name: name, kind: "a geocentric system")
    case PJ_TYPE_VERTICAL_CRS: throw .notHorizontal(name: name, kind: "a system of heights")
    case PJ_TYPE_ENGINEERING_CRS: throw .notHorizontal(name: name, kind: "a local system")
    default: throw .notHorizontal(name: name, kind: "no coordinate reference system")
    }
    if code == nil, let known = identified(crs, in: context) {
      defer { proj_destroy(known.crs) }
      return try described(known.crs, text: text, code: known.code, in: context)
    }

    guard let identifier = code ?? wellKnownText(crs, in: context) else {
      throw .invalidDefinition(text: text, reason: context.message)
    }
    // The same coordinates in the order that is ours anyway.
    if identifier == "OGC:CRS84" { return .wgs84 }
    let unit = try linearUnit(crs, text: text, in: context)
    let geodetic = proj_crs_get_geodetic_crs(handle, crs)
    defer { proj_destroy(geodetic) }
    return ReferenceSystem(
      identifier: identifier, name: name == "unknown" || name.isEmpty ? ReferenceSystemError.short(text) : name,
      metresPerUnit: unit, areaOfUse: area(crs, in: context), definition: identifier,
      geodeticName: proj_get_name(geodetic).map { String(cString: $0) } ?? name)
  }

  /// The EPSG system that a definition is, if its parameters agree and either its name does (confidence 90) or nothing
  /// but the name differs (`proj_is_equivalent_to`). The caller destroys it.
  private static func identified(
    _ crs: OpaquePointer, in context: ProjectionContext
  ) -> (crs: OpaquePointer, code: String)? {
    let handle = context.handle
    var confidences: UnsafeMutablePointer<Int32>?
    guard let matches = proj_identify(handle, crs, "EPSG", nil, &confidences) else { return nil }
    defer {
      proj_list_destroy(matches)
      proj_int_list_destroy(confidences)
    }
    guard let confidences else { return nil }
    for i in 0..<proj_list_get_count(matches) where confidences[Int(i)] >= 70 {
      guard let match = proj_list_get(handle, matches, i) else { continue }
      let agrees =
        confidences[Int(i)] >= 90
        || proj_is_equivalent_to_with_ctx(handle, crs, match, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0
      if agrees, proj_is_deprecated(match) == 0, let code = proj_get_id_code(match, 0) {
        return (match, "EPSG:" + String(cString: code))
      }
      proj_destroy(match)
    }
    return nil
  }

  private static func wellKnownText(_ crs: OpaquePointer, in context: ProjectionContext) -> String? {
    if let authority = proj_get_id_auth_name(crs, 0), let code = proj_get_id_code(crs, 0) {
      return String(cString: authority) + ":" + String(cString: code)
    }
    return withCStrings(["MULTILINE=NO"]) { options in
      proj_as_wkt(context.handle, crs, PJ_WKT2_2019, options).map { String(cString: $0) }
    }
  }

  private static func withCStrings<Result>(
    _ strings: [StaticString], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let pointers: [UnsafePointer<CChar>?] =
      strings.map { UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self) } + [nil]
    return pointers.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return body([nil]) }
      return body(base)
    }
  }

  /// Metres in the unit of a projected system's first axis; `nil` for a geographic one.
  private static func linearUnit(
    _ crs: OpaquePointer, text: String, in context: ProjectionContext
  ) throws(ReferenceSystemError) -> Double? {
    let handle = context.handle
    if proj_get_type(crs) == PJ_TYPE_BOUND_CRS {
      guard let source = proj_get_source_crs(handle, crs) else {
        throw .invalidDefinition(text: text, reason: context.message)
      }
      defer { proj_destroy(source) }
      return try linearUnit(source, text: text, in: context)
    }
    guard proj_get_type(crs) == PJ_TYPE_PROJECTED_CRS else { return nil }
    let axes = proj_crs_get_coordinate_system(handle, crs)
    defer { proj_destroy(axes) }
    var factor = 0.0
    guard proj_cs_get_axis_info(handle, axes, 0, nil, nil, nil, &factor, nil, nil, nil) != 0, factor > 0 else {
      throw .invalidDefinition(text: text, reason: context.message)
    }
    return factor
  }

  private static func area(_ crs: OpaquePointer, in context: ProjectionContext) -> Box? {
    var west = 0.0
    var south = 0.0
    var east = 0.0
    var north = 0.0
    // −1000 stands for an area without limits that are known.
    guard proj_get_area_of_use(context.handle, crs, &west, &south, &east, &north, nil) != 0, west > -1000 else {
      return nil
    }
    return Box(minX: west, minY: south, maxX: east < west ? east + 360 : east, maxY: north)
  }
}
