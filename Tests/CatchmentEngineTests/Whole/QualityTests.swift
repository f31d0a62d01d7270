import CatchmentEngine
import DataQuality
import FeatureTables
import Testing
import WorkControl

/// `check` and `repair` in sessions.
@Suite struct QualityTests {
  private static let typed = """
    id,name,区县,opened,floors,longitude,latitude
    1,历下店,历下区,2021-05-11,3,117.051234,36.661234
    2,市中店,市中区,2021-02-30,12,116.991234,36.631234
    3,天桥店,天桥区,2021-05-13,5,116.981234,36.701234
    4,槐荫店,槐荫区,2021-05-14,6,116.911234,36.661234
    5,槐荫店,槐荫区,2021-05-14,6,116.911234,36.661234
    6,历城店,历城区,2021-06-01,7,,
    7,历下二店,历下区,2021-05-11,8,117.061234,36.671234
    8,历下三店,历下区,spring,9,117.071234,36.651234
    9,历下四店,平阴县,2021-05-11,10,117.081234,36.651234
    10,历下五店,历下区,2021-05-11,11,117.052234,36.656234
    11,历下六店,历下区,2021-05-11,12,127.053234,36.652234
    12,历下七店,历下区,2021-05-11,13,0,0
    """

  private func clientWithTypedRows() throws -> TestClient {
    let client = try TestClient()
    try client.write(Self.typed, to: "typed.csv")
    client.run("import \"typed.csv\" as typed")
    return client
  }

  private func report(_ client: TestClient, _ text: String) throws -> QualityReport {
    let reports = client.run(text)
    try #require(reports.failures.isEmpty, "\(reports.failures)")
    guard case .checked(let report)? = reports.last?.outcome else { throw NoReport() }
    return report
  }

  private struct NoReport: Error {}

  @Test func problemsAreFoundInAFile() throws {
    let client = try clientWithTypedRows()
    let found = try report(client, "check typed").findings
    #expect(
      found.map(\.kind) == [
        .missingGeometry, .duplicateFeature, .zeroCoordinates, .mistypedDigit, .wrongDistrict, .impossibleDate,
        .notADate,
      ])
    #expect(found.first { $0.kind == .wrongDistrict }?.examples.first?.label == "id 9 历下四店")
  }

  /// In Jinan an exchanged longitude is no latitude: such rows are kept on import, move nobody to another zone, and are
  /// mended.
  @Test func exchangedCoordinatesSurviveTheImport() throws {
    let client = try TestClient()
    let rows = (1...20).map { row in
      let (east, north) = ("117.\(100 + row)12", "36.\(700 + row)34")
      return row == 5 || row == 9 ? "\(row),\(north),\(east)" : "\(row),\(east),\(north)"
    }
    try client.write((["id,longitude,latitude"] + rows + ["21,0,0"]).joined(separator: "\n"), to: "rows.csv")
    client.run("import \"rows.csv\" as exchanged")
    let found = try report(client, "check exchanged").findings
    #expect(found.map(\.kind) == [.swappedAxes, .zeroCoordinates])
    #expect(found.first?.rows == [4, 8])
    let mended = try client.answer("exchanged | repair | where id in (4, 5, 9) | select id, east = x(), north = y()")
    // Rows 4, 5 and 9 lie on a line, 0.001° from one row to the next, in the zone of 117°.
    let (easts, norths) = (try mended.numbers("east"), try mended.numbers("north"))
    for (axis, step) in [(easts, 89.3), (norths, 110.9)] {
      let values = axis.compactMap { $0 }
      #expect(values.count == 3)
      #expect(abs(values[1] - values[0] - step) < 1 && abs(values[2] - values[1] - 4 * step) < 1)
    }
    #expect((easts[0] ?? 0) > 500_000 && (easts[0] ?? 0) < 520_000)
  }

  /// Of three rows one has the coordinate 0, 0: the others are measured in the zone in which they are.
  @Test func anUnknownPlaceMovesNobody() throws {
    let client = try TestClient()
    try client.write("id,longitude,latitude\n1,117.1,36.8\n2,117.2,36.8\n3,0,0\n", to: "rows.csv")
    client.run("import \"rows.csv\" as unknown")
    let east = try client.answer("unknown | where id == 1 | select east = x()").number("east")
    #expect(abs(east - 508_924) < 2)
  }

  /// What a report says to write can be written.
  @Test func whatToWriteNextRuns() throws {
    let client = try clientWithTypedRows()
    let subjects = ["typed", "(typed | where id < 12)"]
    for subject in subjects {
      for finding in try report(client, "check \(subject)").findings {
        let reports = client.run(finding.next)
        #expect(reports.failures.isEmpty, "\(finding.next): \(reports.failures.map(\.message))")
        // Nine rows, which are left without the duplicate, have no bulk.
        if subject == "typed", finding.next.contains("where"), case .answer(let answer)? = reports.last?.outcome {
          #expect(answer.table.rowCount >= finding.count, "\(finding.next)")
        }
      }
    }
  }

  @Test func repairTellsWhatItDidAndWhatIsLeft() throws {
    let client = try clientWithTypedRows()
    let table = try client.answer("typed | repair | select id, repaired, problem")
    #expect(client.notes == ["repair removed 1 × duplicate-feature: id 5 槐荫店"])
    #expect(table.rowCount == 11)
    #expect(try table.texts("repaired").compactMap { $0 } == ["removed its duplicate id 5 槐荫店"])
    #expect(try table.texts("problem").compactMap { $0 }.count == 6)
    // Measured in metres from then on.
    #expect(try client.answer("typed | repair | where id == 1 | select east = x()").number("east") > 400_000)
    // Mended twice is mended once.
    let again = try client.answer("typed | repair | repair | summarize n = count()").number("n")
    #expect(again == 11)
  }

  @Test func embeddedLayersAreHealthy() throws {
    let client = try TestClient()
    for name in ["bus_stops", "clinics", "districts", "markets", "metro_stations", "parks", "places", "roads"] {
      let report = try report(client, "check \(name)")
      let alarms = report.findings.reduce(0) { $0 + $1.count }
      #expect(100 * alarms <= report.rowCount, "\(name): \(report.findings.map(\.kind.code))")
    }
    for name in ["districts", "subdistricts"] {
      #expect(try report(client, "check \(name) as coverage").findings.isEmpty)
    }
  }

  /// Points in GCJ-02 beside areas that they neither name nor have vertices in common with: nothing tells the datum.
  @Test func whatAReferenceCannotTellIsSaid() throws {
    let client = try clientWithTypedRows()
    try client.write("n,longitude,latitude\n1,117.05,36.66\n2,116.99,36.63\n3,116.98,36.70\n", to: "shifted.csv")
    client.run("import \"shifted.csv\" crs gcj02 as shifted")
    let remark = try #require(try report(client, "check shifted against districts").remarks.last)
    #expect(remark.contains("cannot be told: they have no names or outlines in common that are near each other"))
    #expect(
      remark.hasSuffix("check it against a layer with places of the same names, or with the same streets or outlines"))
    // Out of China no shift is in question; that nothing was compared is said.
    try client.write("n,longitude,latitude\n1,7.42,43.73\n", to: "far.csv")
    try client.write(
      "name,wkt\n甲,\"POLYGON((7 43,8 43,8 44,7 43))\"\n乙,\"POLYGON((8 43,9 43,9 44,8 43))\"\n", to: "areas.csv")
    client.run("import \"far.csv\" as far\nimport \"areas.csv\" as areas")
    #expect(
      try report(client, "check far against areas").remarks == [
        "no column of far names areas of areas, so that no row's district could be compared with it"
      ])
    // Points that name the districts are compared with these, and that is all.
    #expect(try report(client, "check typed against districts").remarks == [])
  }

  @Test func mistakesAreToldBeforeAnythingRuns() throws {
    let client = try TestClient()
    #expect(try client.failure("check clincs").map(\.code.name) == ["name.unknown-layer"])
    #expect(try client.failure("check clinics against clincs").map(\.code.name) == ["name.unknown-layer"])
    #expect(try client.failure("clinics | repair | select damage").map(\.code.name) == ["name.unknown-column"])
    #expect(try client.failure("check clinics as covrage").map(\.code.name) == ["syntax.expected"])
  }

  @Test func answersDoNotDependOnTheNumberOfWorkers() throws {
    let client = try TestClient()
    let one = try client.answer("set workers = 1\ncollection_points | take 3000 | repair | where problem is not null")
    let three = try client.answer("set workers = 3\ncollection_points | take 3000 | repair | where problem is not null")
    #expect(one.exactRows == three.exactRows)
  }
}
