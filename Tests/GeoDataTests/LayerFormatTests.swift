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
    let dimensions: [EmbeddedLayer.Geometry: PartDimension] = [.point: .point, .line: .line, .area: .area]
    #expect(layer.metres.maximumDimension == dimensions[description.geometry])
    let columns = Set(description.columns.map(\.name))
    let strange = layer.features.filter {
      $0.properties.count != columns.count || !columns.isSuperset(of: $0.properties.keys)
    }
    #expect(strange.map(\.id).isEmpty)
    for column in description.columns {
      let misfits = layer.features.filter { !fits($0.properties[column.name] ?? .null, column.type) }
      #expect(misfits.map(\.id).isEmpty, "not of type \(column.type): \(column.name)")
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
    #expect(layer.features.map(\.id) == Array(1...layer.features.count))
    let printed = Set(layer.features.map { $0.text("source") ?? "" })
    for source in printed { #expect(sources.contains { source.hasPrefix($0) }, "unknown source: \(source)") }
    for accuracy in Set(layer.features.map { $0.text("accuracy") ?? "" }) {
      let accuracy = try #require(EmbeddedLayer.Accuracy(rawValue: accuracy))
      worst = max(worst, try #require(order.firstIndex(of: accuracy)))
    }
    let drawn = layer.features.filter { ["approximate", "sketch", "synthetic"].contains($0.text("accuracy") ?? "") }
    #expect(drawn.allSatisfy { $0.text("method")?.isEmpty == false })
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
    // Points have no rings.
    for row in 0..<layer.degrees.count where layer.description.geometry == .area {
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
    #expect(longestFraction(in: data) <= 7)
    let lines = text.split(separator: "\n")
    #expect(lines.count == layer.features.count + 2)
    #expect(lines.dropFirst().dropLast().allSatisfy { $0.hasPrefix("{\"type\":\"Feature\",\"id\":") })
  }

  /// The most digits after a decimal point.
  private func longestFraction(in data: Data) -> Int {
    var longest = 0
    var digits: Int?
    for byte in data {
      if byte == UInt8(ascii: ".") {
        digits = 0
      } else if let count = digits, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        digits = count + 1
        longest = max(longest, count + 1)
      } else {
        digits = nil
      }
    }
    return longest
  }
}
