import Foundation
import GeoDataDrawing
import TestSupport
import Testing

@testable import GeoData

struct EmbeddedLayersTests {
  @Test func everyLayerThatTheIssueNamesIsThere() throws {
    let names = try EmbeddedLayers.open().all.map(\.name)
    #expect(
      Set(names) == [
        "start_up_area", "subdistricts", "parks", "districts", "sale_points", "collection_points", "waste_facilities",
        "service_halls", "metro_stations", "places", "clinics", "schools", "markets", "bus_stops", "residents",
        "roads",
      ])
    #expect(Set(names).count == names.count)
  }

  @Test func aLayerIsFoundByItsExactName() throws {
    let layers = try EmbeddedLayers.open()
    #expect(layers["parks"]?.titleChinese == "起步区产业园区")
    #expect(layers["Parks"] == nil)
    #expect(layers.workingSystem == "EPSG:4548")
    #expect(layers.sources.map(\.code).starts(with: ["S0", "S1", "S2", "S3", "S4"]))
  }

  @Test func filesAreFoundFromAnyFolder() throws {
    for layer in try EmbeddedLayers.open().all {
      // Beside the executable, wherever that is run from; the sources are only for when it lost its bundle.
      #expect(layer.url.path.hasPrefix("/"))
      #expect(layer.url.path.contains("Catchment_GeoData.resources/layers/"))
      #expect(try layer.data().count > 100)
    }
  }

  @Test func missingLayersAreAnErrorThatSaysWhereItLooked() {
    let nowhere = URL(fileURLWithPath: "/nowhere/layers")
    #expect(throws: EmbeddedLayersError.missing(searched: ["/nowhere/layers"])) {
      try EmbeddedLayers(firstOf: [nowhere])
    }
    #expect("\(EmbeddedLayersError.missing(searched: ["/a", "/b"]))".contains("looked in /a, /b"))
  }

  @Test func aSpoiltManifestAndALostLayerAreErrors() throws {
    let folder = try TemporaryFolder()
    let manifest = URL(fileURLWithPath: try folder.write("manifest.json", "{\"layers\": 3"))
    let spoilt = #expect(throws: EmbeddedLayersError.self) { try EmbeddedLayers(firstOf: [folder.url]) }
    #expect(spoilt.map { "\($0)".contains("manifest.json") } == true)

    let parks = try #require(try EmbeddedLayers.open()["parks"])
    try FileManager.default.removeItem(at: manifest)
    try FileManager.default.copyItem(
      at: parks.url.deletingLastPathComponent().appendingPathComponent("manifest.json"), to: manifest)
    let lost = try #require(try EmbeddedLayers(firstOf: [folder.url])["parks"])
    #expect(throws: EmbeddedLayersError.self) { try lost.data() }
  }

  @Test func theCommittedFilesAreWhatTheGeneratorWrites() throws {
    let folder = try #require(try EmbeddedLayers.open()["parks"]).url.deletingLastPathComponent()
    let files = try GeoDataSet().files
    for file in files {
      let committed = try Data(contentsOf: folder.appendingPathComponent(file.name))
      #expect(
        committed == Data(file.text.utf8),
        "\(file.name) differs: swift run geodata-generator GeoData/layers, and look at what changed")
    }
    let present = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
    #expect(present.sorted() == files.map(\.name).sorted())
    #expect(files.reduce(0) { $0 + $1.text.utf8.count } < 12_000_000)
  }
}
