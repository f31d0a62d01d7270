import GRDB
import Projections

/// The rows of `spatial_ref_sys`: between SpatiaLite's numbers and reference systems.
enum SpatialReference {
  /// The SRID of an unknown system.
  static let undefined = -1
  /// The authority of systems without a code of their own.
  private static let ownAuthority = "CATCHMENT"
  private static let firstOwnNumber = 1_000_001

  /// The number of a system, with its row made when it is missing.
  ///
  /// The definitions that other programs read come from PROJ's database, as SpatiaLite gives them: its own list
  /// (`InsertEpsgSrid`) is older and complains on standard error. A system without a code is written as its well-known
  /// text. GCJ-02 and BD-09 get a system of their own name, so that nobody takes
  /// them for WGS 84.
  static func register(_ system: ReferenceSystem?, in database: Database) throws -> Int {
    guard let system else { return try registerUndefined(in: database) }
    let halves = system.identifier.split(separator: ":")
    if halves.count == 2, let code = Int(halves[1]), code > 0 {
      let authority = String(halves[0])
      if let known = try number(authority: authority, code: code, in: database) { return known }
      let taken = try Bool.fetchOne(database, sql: "SELECT 1 FROM spatial_ref_sys WHERE srid = ?", arguments: [code])
      let srid = taken == nil ? code : try nextOwnNumber(in: database)
      try database.execute(
        sql: """
          INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, ref_sys_name, proj4text, srtext)
          VALUES (?1, lower(?2), ?3, ?4, coalesce(PROJ_AsProjString(?2, ?3), ''),
            coalesce(PROJ_AsWKT(?2, ?3, 'ISO-2018', 0), 'Undefined'))
          """, arguments: [srid, authority, code, system.name])
      return srid
    }
    if let known = try Int.fetchOne(
      database, sql: "SELECT srid FROM spatial_ref_sys WHERE auth_name = ? AND ref_sys_name = ? AND srtext = ?",
      arguments: [ownAuthority, system.name, wellKnownText(system)])
    {
      return known
    }
    let srid = try nextOwnNumber(in: database)
    try database.execute(
      sql: """
        INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, ref_sys_name, proj4text, srtext)
        VALUES (?1, ?2, ?1, ?3, '', ?4)
        """, arguments: [srid, ownAuthority, system.name, wellKnownText(system)])
    return srid
  }

  /// The system of a number; `nil` when its row says nothing that PROJ reads. A number without a row, as SQL may give
  /// one to a geometry that it makes, is EPSG's.
  static func system(srid: Int, in database: Database) throws -> ReferenceSystem? {
    guard
      let row = try Row.fetchOne(
        database,
        sql: "SELECT auth_name, auth_srid, ref_sys_name, srtext, proj4text FROM spatial_ref_sys WHERE srid = ?",
        arguments: [srid])
    else { return srid > 0 ? try? ReferenceSystem(parsing: "EPSG:\(srid)") : nil }
    let authority = row.text(0) ?? ""
    let name = row.text(2) ?? ""
    for system in ReferenceSystem.shifted where authority == ownAuthority && system.name == name {
      return system
    }
    let code = row.integer(1) ?? 0
    let candidates = [
      authority == ownAuthority ? nil : "\(authority.uppercased()):\(code)",
      row.text(3), row.text(4),
    ]
    for case let text? in candidates where !text.isEmpty {
      if let system = try? ReferenceSystem(parsing: text) { return system }
    }
    return nil
  }

  private static func number(authority: String, code: Int, in database: Database) throws -> Int? {
    try Int.fetchOne(
      database, sql: "SELECT srid FROM spatial_ref_sys WHERE lower(auth_name) = lower(?) AND auth_srid = ?",
      arguments: [authority, code])
  }

  private static func nextOwnNumber(in database: Database) throws -> Int {
    try Int.fetchOne(
      database, sql: "SELECT max(?, coalesce(max(srid) + 1, 0)) FROM spatial_ref_sys WHERE srid < 2000000000",
      arguments: [firstOwnNumber]) ?? firstOwnNumber
  }

  private static func registerUndefined(in database: Database) throws -> Int {
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO spatial_ref_sys (srid, auth_name, auth_srid, ref_sys_name, proj4text, srtext)
        VALUES (?1, 'NONE', ?1, 'Undefined - Cartesian', '', 'Undefined')
        """, arguments: [undefined])
    return undefined
  }

  private static func wellKnownText(_ system: ReferenceSystem) -> String {
    guard system.isShifted else { return system.identifier }
    guard system.isGeographic else { return #"LOCAL_CS["\#(system.name)",UNIT["metre",1]]"# }
    return """
      GEOGCS["\(system.name)",DATUM["\(system.identifier)",SPHEROID["WGS 84",6378137,298.257223563]],\
      PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]
      """
  }
}
