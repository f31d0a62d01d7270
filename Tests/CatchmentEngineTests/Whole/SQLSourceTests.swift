import Testing

/// Rows out of SQL in a pipeline.
@Suite struct SQLSourceTests {
  /// A number that no layer of the store uses is EPSG's, so that the rows are measured and written where they are.
  @Test func geometryMadeInSQLHasItsSystem() throws {
    let client = try TestClient()
    let source = #"sql "select 1 as id, MakePoint(509000, 4077000, 4548) as geometry""#
    let table = try client.answer("\(source) | nearest 1 places as p | select x = x(), y = y(), d = p.distance")
    #expect(try table.number("x") == 509_000)
    #expect(try table.number("y") == 4_077_000)
    let expected = try PlainLayer("places").places.map { $0.distance(to: Place(x: 509_000, y: 4_077_000)) }.min()
    expectClose([try table.number("d")], [expected], within: 1e-6)
    _ = try client.answers("\(source) | export to \"made.geojson\"")
    let made = try PlainLayer("made", file: client.folder.url.appendingPathComponent("made.geojson"))
    #expect(made.places[0].distance(to: Place(x: 509_000, y: 4_077_000)) < 0.05)
  }
}
