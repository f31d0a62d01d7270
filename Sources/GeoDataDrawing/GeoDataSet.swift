/// The whole of GeoData: every layer drawn, and the files that ship.
public struct GeoDataSet: Sendable {
  public let layers: [DrawnLayer]

  /// A file to be written beside the others.
  public struct File: Sendable {
    public let name: String
    public let text: String
  }

  /// Draws every layer, always the same. About a second in a debug build.
  ///
  /// - Throws: `ArcMap.Mistake` when the text of a drawing is wrong.
  public init() throws {
    let map = try JinanMap()
    let residents = try Residents(map: map)
    var layers = map.areaLayers()
    layers.append(try ParkLayer.layer())
    layers += PlaceLayers.layers
    layers.append(WasteFacilityLayer.layer)
    layers.append(try SalePointLayer.layer(map: map))
    layers.append(try CollectionPointLayer(map: map, residents: residents).layer())
    layers += NeighbourhoodServices(map: map, residents: residents).layers
    layers.append(residents.layer)
    layers.append(RoadLayer(residents: residents).layer)
    self.layers = layers
  }

  /// The manifest first, then a file a layer.
  public var files: [File] {
    [File(name: "manifest.json", text: manifest)] + layers.map { File(name: $0.fileName, text: $0.geoJSON) }
  }

  private static let sources = [
    ("S0", "newspaper, May 2021"),
    ("S1", "newspaper, March 2023"),
    (
      "S2",
      "Jinan Municipal Government Gazette 2022 no. 22 (start-up area industrial plan 济政字〔2022〕72号; "
        + "zero-waste city plan 济政字〔2022〕73号)"
    ),
    ("S3", "newspaper, December 2020"),
    ("S4", "newspaper, January 2024"),
    ("published coordinates", "coordinates of stations and well-known places that map services publish"),
    ("official area", "land areas and division codes as the authorities publish them"),
    ("synthetic", "made up by this project's generator"),
  ]

  /// JSON in a fixed order, one attribute a line.
  private var manifest: String {
    var text = """
      {
        "title": "GeoData of Catchment: Jinan and its start-up area",
        "reference_system": "OGC:CRS84",
        "working_system": "EPSG:4548",
        "sources": [

      """
    text += Self.sources.map {
      "    { \"code\": \(quoted($0.0)), \"description\": \(quoted($0.1)) }"
    }.joined(separator: ",\n")
    text += "\n  ],\n  \"layers\": [\n"
    text += layers.map(\.manifestEntry).joined(separator: ",\n")
    return text + "\n  ]\n}\n"
  }
}

extension DrawnLayer {
  /// Everything here is drawn or made up by this project, or plain fact: given to the public domain.
  private static let licence = "CC0-1.0"

  var fileName: String { name + ".geojson" }

  fileprivate var manifestEntry: String {
    let members: [(String, String)] = [
      ("name", quoted(name)), ("title_zh", quoted(titleChinese)), ("title_en", quoted(titleEnglish)),
      ("description", quoted(description)), ("source", quoted(source)), ("licence", quoted(Self.licence)),
      ("accuracy", quoted(accuracy.rawValue)), ("uncertainty", quoted(uncertainty)),
      ("geometry", quoted(features.first?.geometry.kind ?? "point")), ("count", String(features.count)),
      ("file", quoted(fileName)),
    ]
    var text = "    {\n"
    for (key, value) in members { text += "      \(quoted(key)): \(value),\n" }
    if let network {
      text += "      \"network\": { \"class\": \(quoted(network.classColumn)), "
      text += "\"oneway\": \(quoted(network.onewayColumn)) },\n"
    }
    text += "      \"columns\": [\n"
    text += allColumns.map { "        " + $0.manifestEntry }.joined(separator: ",\n")
    return text + "\n      ]\n    }"
  }
}

extension DrawnLayer.Column {
  fileprivate var manifestEntry: String {
    let unit = unit.map { ", \"unit\": \(quoted($0))" } ?? ""
    return "{ \"name\": \(quoted(name)), \"type\": \(quoted(type.rawValue))\(unit), "
      + "\"description\": \(quoted(description)) }"
  }
}
