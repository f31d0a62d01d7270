import Foundation
import GeoData
import GeometryKernel
import GeometryOperations
import Testing

/// What holds for every layer alike.
struct LayerFormatTests {
  static let names = (try? EmbeddedLayers.open().all.map(\.name)) ?? []

  @Test(arguments: names) func theManifestAgreesWithTheFile(_ name: String) throws {
    let layer = try ReadLayer.named(name)
    let description = layer.description
    #expect(layer.features.count == description.count)
    #expect(description.count > 0)
    #expect(description.licence == "CC0-1.0")
    for text in [
      description.titleChinese, description.titleEnglish, description.description, description.source,
      description.uncertainty,
    ] { #expect(!text.isEmpty) }
    #expect(description.titleChinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    #expect(layer.metres.maximumDimension == (description.geometry == .point ? .point : .area))
    let columns = Set(description.columns.map(\.name))
    for feature in layer.features { #expect(Set(feature.properties.keys) == columns) }
    for column in description.columns {
      for feature in layer.features {
        let value = try #require(feature.properties[column.name])
        #expect(fits(value, column.type), "\(name) \(feature.id): \(column.name) is \(value)")
      }
    }
  }

  private func fits(_ value: ReadLayer.Value, _ type: EmbeddedLayer.Column.ValueType) -> Bool {
    switch (value, type) {
    case (.null, _), (.text, .text), (.number, .number), (.boolean, .boolean): true
    case (.number(let number), .integer): number == number.rounded()
    case (.text(let text), .date): text.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil
    default: false
    }
  }

  @Test(arguments: names) func everyFeatureSaysWhereItComesFrom(_ name: String) throws {
    let layer = try ReadLayer.named(name)
    let order = EmbeddedLayer.Accuracy.allCases
    var worst = 0
    let sources = try EmbeddedLayers.open().sources.map(\.code)
    for (row, feature) in layer.features.enumerated() {
      #expect(feature.id == row + 1)
      let source = try #require(feature.text("source"))
      #expect(sources.contains { source.hasPrefix($0) }, "\(source) is not in the manifest's list")
      let accuracy = try #require(feature.text("accuracy").flatMap(EmbeddedLayer.Accuracy.init))
      worst = max(worst, try #require(order.firstIndex(of: accuracy)))
      if [.approximate, .sketch, .synthetic].contains(accuracy) { #expect(feature.text("method")?.isEmpty == false) }
    }
    #expect(order[worst] == layer.description.accuracy)
  }

  @Test(arguments: names) func namesAreInBothLanguages(_ name: String) throws {
    let layer = try ReadLayer.named(name)
    // People and bins have no names of their own.
    guard !["collection_points", "residents"].contains(name) else {
      #expect(layer.description.columns.allSatisfy { $0.name != "name" })
      return
    }
    for feature in layer.features {
      #expect(feature.text("name")?.isEmpty == false)
      let english = try #require(feature.text("name_en"))
      #expect(!english.isEmpty && english.allSatisfy(\.isASCII))
    }
    let unique = Set(layer.features.compactMap { $0.text("name") })
    #expect(unique.count == layer.features.count)
  }

  @Test(arguments: names) func geometryFollowsRFC7946(_ name: String) throws {
    let layer = try ReadLayer.named(name)
    for row in 0..<layer.degrees.count {
      for part in layer.degrees.parts(at: row) where layer.degrees.dimension(ofPart: part) == .area {
        for (number, ring) in layer.degrees.rings(ofPart: part).enumerated() {
          let run = layer.degrees.coordinates(ofRing: ring)
          #expect(run.count >= 4)
          #expect(layer.degrees.xs[run.lowerBound] == layer.degrees.xs[run.upperBound - 1])
          #expect(layer.degrees.ys[run.lowerBound] == layer.degrees.ys[run.upperBound - 1])
          // Outer rings counter-clockwise, holes clockwise.
          #expect((layer.degrees.doubleSignedArea(ofRing: ring) > 0) == (number == 0))
        }
      }
    }
    let extent = layer.degrees.extent
    #expect(extent.minX > 116 && extent.maxX < 118.2 && extent.minY > 35.9 && extent.maxY < 37.7)
    #expect(try GEOSContext().validity(of: layer.metres).isEmpty)
  }

  @Test(arguments: names) func coordinatesHaveSevenDecimalsAtMostAndFeaturesALineEach(_ name: String) throws {
    let layer = try ReadLayer.named(name)
    let data = try layer.description.data()
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.firstMatch(of: /\d\.\d{8}/) == nil)
    let lines = text.split(separator: "\n")
    #expect(lines.count == layer.features.count + 2)
    #expect(lines.dropFirst().dropLast().allSatisfy { $0.hasPrefix("{\"type\":\"Feature\",\"id\":") })
  }
}
