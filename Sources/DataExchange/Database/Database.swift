import CGDAL

extension GDALDataset {
  /// Connects to a database.
  ///
  /// - Throws: `ExchangeError` when the server does not answer or does not let the user in.
  init(_ address: DatabaseAddress, isReadOnly: Bool, _ messages: GDALMessages) throws(ExchangeError) {
    GDALLibrary.start()
    let mode = isReadOnly ? GDAL_OF_READONLY : GDAL_OF_UPDATE
    let handle = GDALLibrary.withStrings(["PostgreSQL"]) { drivers in
      GDALOpenEx(
        address.connection(isReadOnly: isReadOnly), UInt32(GDAL_OF_VECTOR | mode | GDAL_OF_VERBOSE_ERROR), drivers, nil,
        nil)
    }
    guard let handle else { throw address.failure(messages.reason, doing: "connecting") }
    self.init(handle)
  }

  /// The first column of the first row that a statement answers; `nil` without one.
  ///
  /// - Throws: `ExchangeError` for a statement that the server refuses.
  func answer(
    _ sql: String, _ address: DatabaseAddress, _ messages: GDALMessages, doing what: String
  ) throws(ExchangeError) -> String? {
    let before = messages.failures.count
    let result = GDALDatasetExecuteSQL(handle, sql, nil, nil)
    defer { if let result { GDALDatasetReleaseResultSet(handle, result) } }
    if messages.failures.count > before { throw address.failure(messages.failures.last, doing: what) }
    guard let result, let feature = OGR_L_GetNextFeature(result) else { return nil }
    defer { OGR_F_Destroy(feature) }
    guard OGR_F_GetFieldCount(feature) > 0, OGR_F_IsFieldSetAndNotNull(feature, 0) != 0 else { return nil }
    return OGR_F_GetFieldAsString(feature, 0).map { String(cString: $0) }
  }
}

/// The name of a table: `parks`, or `planning.parks` for one in a schema of its own.
struct TableName {
  let schema: String?
  let name: String

  init(_ text: String) {
    let halves = text.split(separator: ".", maxSplits: 1).map(String.init)
    schema = halves.count == 2 ? halves[0] : nil
    name = halves.last ?? text
  }

  /// As SQL names it.
  var quoted: String {
    ([schema].compactMap(\.self) + [name]).map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ".")
  }

  /// As a text in SQL.
  static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
}
