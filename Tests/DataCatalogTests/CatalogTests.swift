import FeatureTables
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataCatalog

@Suite struct CatalogTests {
  @Test func everyEmbeddedLayerIsWhatItsManifestDeclares() throws {
    let catalog = Catalog(store: nil)
    #expect(catalog.embeddedProblem == nil)
    let names = try catalog.names()
    #expect(names.contains("parks") && names == names.sorted())
    for name in names {
      let layer = try #require(try catalog.layer(named: name))
      #expect(layer.place == .embedded)
      #expect(layer.workingSystem?.identifier == "EPSG:4548")
      #expect(layer.referenceSystem == .wgs84)
      #expect(layer.metadata.accuracy != nil && layer.metadata.titleChinese != nil)
      #expect(layer.schema.fields.first == Field("id", .integer) || layer.schema.index(of: "id") != nil)
      let (table, notes) = try catalog.table(named: name)
      #expect(table.schema == layer.schema)
      #expect(table.rowCount == layer.rowCount, "\(name)")
      #expect(notes.isEmpty)
      for (field, column) in zip(table.schema.fields, table.columns) where field.name != "method" {
        // Surveyed places have no method; every other column says something somewhere.
        #expect(column.nullCount < table.rowCount, "\(name).\(field.name) is null throughout")
      }
    }
  }

  @Test func quantitiesAreInBaseUnits() throws {
    let table = try Catalog(store: nil).table(named: "start_up_area").table
    let column = try #require(table["area_km2"])
    #expect(column.value(at: 0) == .number(798e6))
    #expect(table.schema.fields[try #require(table.schema.index(of: "area_km2"))].type == .number(.squareKilometre))
  }

  @Test func geometryIsBroughtToTheWorkingSystem() throws {
    let catalog = Catalog(store: nil)
    let working = try #require(try catalog.layer(named: "start_up_area")?.workingSystem)
    let area = try #require(try catalog.table(named: "start_up_area", in: working).table.geometry?.area(at: 0))
    #expect(abs(area - 798e6) < 0.5e6)
  }

  @Test func summariesComeByPlaceThenByName() throws {
    let folder = try TemporaryFolder()
    let catalog = Catalog(store: try Store.open(folder.store))
    try catalog.add(pointLayer("b", rows: 2))
    try catalog.add(plainLayer("a", [1]))
    let summaries = try catalog.summaries()
    #expect(summaries.suffix(2).map(\.name) == ["a", "b"])
    #expect(summaries.suffix(2).map(\.place) == [.store, .store])
    let embedded = summaries.dropLast(2)
    #expect(embedded.allSatisfy { $0.place == .embedded && $0.rowCount > 0 })
    #expect(embedded.map(\.name) == embedded.map(\.name).sorted())
    #expect(summaries.last?.kinds == [.point] && summaries.last?.accuracy == .synthetic)
    #expect(catalog.unsavedLayers.isEmpty)
  }

  @Test func aLayerOfTheUsersHidesAnEmbeddedOneUntilItIsRemoved() throws {
    let catalog = Catalog(store: nil)
    let before = try catalog.table(named: "parks").table.rowCount
    #expect(try catalog.layer(named: "parks")?.notes == [])
    #expect(try catalog.add(pointLayer("parks", rows: 2)) == .session)
    let layer = try #require(try catalog.layer(named: "parks"))
    #expect(layer.place == .session && layer.notes.count == 1 && layer.notes[0].contains("hides the embedded"))
    #expect(try catalog.table(named: "parks").table.rowCount == 2)
    #expect(catalog.unsavedLayers == ["parks"])
    #expect(try catalog.names().count { $0 == "parks" } == 1)
    #expect(try catalog.summaries().first { $0.name == "parks" }?.hidesEmbedded == true)
    try catalog.remove("parks")
    #expect(try catalog.table(named: "parks").table.rowCount == before)
    #expect(catalog.unsavedLayers.isEmpty)
    #expect { try catalog.remove("parks") } throws: { ($0 as? StoreError)?.code == .nameNotAllowed }
    #expect { try catalog.remove("nowhere") } throws: { ($0 as? StoreError)?.code == .noSuchLayer }
  }

  @Test func takenNamesNeedReplacing() throws {
    let folder = try TemporaryFolder()
    for catalog in [Catalog(store: nil), Catalog(store: try Store.open(folder.store))] {
      try catalog.add(plainLayer("a", [1]))
      #expect { try catalog.add(plainLayer("a", [2])) } throws: { ($0 as? StoreError)?.code == .layerExists }
      #expect(try catalog.table(named: "a").table.rows == [["integer(1)"]])
      try catalog.add(plainLayer("a", [2]), replacing: true)
      #expect(try catalog.table(named: "a").table.rows == [["integer(2)"]])
    }
  }

  @Test func workingSystemsComeFromThePlace() throws {
    let catalog = Catalog(store: nil)
    func working(_ name: String, _ system: ReferenceSystem?, _ geometry: GeometryArray?) throws -> String? {
      let table =
        geometry.map {
          Table(schema: Schema([Field("geometry", .geometry)]), columns: [Column(.geometry($0))], rowCount: $0.count)
        } ?? Table(schema: Schema([Field("n", .integer)]), columns: [Column(.integer([1]))], rowCount: 1)
      try catalog.add(StoredLayer(name: name, table: table, referenceSystem: system), replacing: true)
      return try catalog.layer(named: name)?.workingSystem?.identifier
    }
    #expect(try working("jinan", .wgs84, geometries(["POINT (117 36.7)"])) == "EPSG:4548")
    #expect(try working("gcj", .gcj02, geometries(["POINT (117 36.7)"])) == "EPSG:4548")
    #expect(try working("already", system(4548), geometries(["POINT (500000 4060000)"])) == "EPSG:4548")
    // Wuhan lies at 114° E: whatever system the file has, zone 4547 measures it.
    #expect(try working("wuhan", system(32650), geometries(["POINT (230000 3390000)"])) == "EPSG:4547")
    #expect(try working("berlin", .wgs84, geometries(["POINT (13.4 52.5)"])) == "EPSG:32633")
    #expect(try working("nothing", .wgs84, geometries([nil])) == "EPSG:4548")
    #expect(try working("table", nil, nil) == nil)
    #expect(try working("unknown", nil, geometries(["POINT (1 2)"])) == nil)
  }

  @Test func aLayerInItsWorkingSystemStaysAsItIs() throws {
    let catalog = Catalog(store: nil)
    let layer = try pointLayer("p", rows: 3)
    try catalog.add(layer)
    let (table, notes) = try catalog.table(named: "p", in: system(4548))
    #expect(table.rows == layer.table.rows && notes.isEmpty)
  }

  @Test func coordinatesWithoutAnImageAreNoted() throws {
    let catalog = Catalog(store: nil)
    let table = Table(
      schema: Schema([Field("geometry", .geometry)]),
      columns: [Column(.geometry(geometries(["POINT (117 36.7)", "POINT (36.7 117)"])))], rowCount: 2)
    try catalog.add(StoredLayer(name: "swapped", table: table, referenceSystem: .wgs84))
    for _ in 0..<2 {
      let (moved, notes) = try catalog.table(named: "swapped", in: system(4548))
      #expect(moved.geometry?.isNull(at: 1) == true && moved.geometry?.isNull(at: 0) == false)
      #expect(notes.count == 1 && notes[0].contains("swapped") && notes[0].contains("row 2"))
    }
  }

  @Test func aThirdSystemDropsTheOneUsedLeastLately() throws {
    var cache = TableCache()
    let table = plainLayer("x", [1]).table
    let systems = try [system(4548), system(4490), system(3857)]
    cache.insert(table, systems[0])
    cache.insert(table, systems[1])
    _ = cache.find(systems[0])
    cache.insert(table, systems[2])
    #expect(cache.find(systems[0]) != nil && cache.find(systems[1]) == nil && cache.find(systems[2]) != nil)
  }

  @Test func unknownSystemsAreAnErrorWithTheFix() throws {
    let catalog = Catalog(store: nil)
    let table = Table(
      schema: Schema([Field("geometry", .geometry)]), columns: [Column(.geometry(geometries(["POINT (1 2)"])))],
      rowCount: 1)
    try catalog.add(StoredLayer(name: "lost", table: table, referenceSystem: nil))
    #expect(try catalog.table(named: "lost").table.rowCount == 1)
    #expect { try catalog.table(named: "lost", in: .wgs84) } throws: {
      ($0 as? StoreError)?.code == .noReferenceSystem && ($0 as? StoreError)?.fix?.contains("crs") == true
    }
  }

  @Test func changesOfAnotherProgramAreSeen() throws {
    let folder = try TemporaryFolder()
    let catalog = Catalog(store: try Store.open(folder.store))
    try catalog.add(plainLayer("a", [1]))
    #expect(try catalog.table(named: "a").table.rowCount == 1)
    do {
      let other = try Store.open(folder.store)
      try other.write(plainLayer("a", [1, 2, 3]), replacing: true)
      try other.write(plainLayer("b", [9]), replacing: false)
    }
    #expect(try catalog.table(named: "a").table.rowCount == 3)
    #expect(try catalog.layer(named: "b")?.rowCount == 1)
  }

  @Test func whatWasAddedReadsAsItDoesFromTheFile() throws {
    let folder = try TemporaryFolder()
    let table = Table(
      schema: Schema([Field("v", .plainNumber)]), columns: [Column(.number([.nan, -0.0, 2]))], rowCount: 3)
    let layer = StoredLayer(name: "v", table: table, referenceSystem: nil)
    let catalog = Catalog(store: try Store.open(folder.store))
    try catalog.add(layer)
    let now = try catalog.table(named: "v").table.rows
    #expect(try Catalog(store: try Store.open(folder.store)).table(named: "v").table.rows == now)
  }
}
