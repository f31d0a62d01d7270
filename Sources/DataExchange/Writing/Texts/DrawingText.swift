import FeatureTables
import GeometryKernel
import WorkControl

/// A drawing exchange file of AutoCAD's release 12 ("DXF Reference", AC1009): the dialect that every CAD program opens.
///
/// The column `layer` tells each row's layer of the drawing, else all are on one of the layer's own name. Areas are closed
/// polylines, points with a `text` are texts. Names and texts stand in the code page that the header names, GBK unless
/// another is asked for; a character that it has not is written `\U+XXXX`, as AutoCAD does.
struct DrawingText {
  static let layerNames: Set<String> = ["layer", "Layer", "LAYER", "图层"]
  static let textNames: Set<String> = ["text", "Text", "TEXT", "文字", "文本"]

  private let layer: PreparedLayer
  private let layerColumn: PreparedLayer.Attribute?
  private let textColumn: PreparedLayer.Attribute?
  private var bytes: [UInt8] = []
  private(set) var lost = 0

  init(_ layer: PreparedLayer) {
    self.layer = layer
    layerColumn = layer.attributes.first { Self.layerNames.contains($0.name) && $0.type == .text }
    textColumn = layer.attributes.first { Self.textNames.contains($0.name) && $0.type == .text }
  }

  /// O(vertices).
  mutating func write(to sink: inout some ByteSink, monitor: WorkMonitor) throws {
    guard let geometry = layer.geometry else { return }
    if let system = layer.referenceSystem { pair(999, system.description) }
    writeHeader(geometry.extent)
    writeTables()
    section("ENTITIES")
    let height = textHeight(geometry.extent)
    for row in 0..<layer.rowCount {
      let name = encoded(layerName(row))
      let text = textColumn.flatMap { Self.text($0, row) }
      for part in geometry.parts(at: row) { write(geometry, part, on: name, text, height) }
      if sink.takes(bytes) {
        try sink.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
      try layer.reportWritten(row, monitor)
    }
    pair(0, "ENDSEC")
    pair(0, "EOF")
    try sink.write(bytes)
  }

  // MARK: Before the entities

  private mutating func writeHeader(_ box: Box) {
    section("HEADER")
    variable("$ACADVER", 1, "AC1009")
    variable("$DWGCODEPAGE", 3, layer.encoding == .big5 ? "ANSI_950" : "ANSI_936")
    if !box.isEmpty {
      for (name, x, y) in [("$EXTMIN", box.minX, box.minY), ("$EXTMAX", box.maxX, box.maxY)] {
        pair(9, name)
        position(x, y)
      }
    }
    pair(0, "ENDSEC")
  }

  private mutating func writeTables() {
    section("TABLES")
    table("LTYPE", 1)
    pair(0, "LTYPE")
    pair(2, "CONTINUOUS")
    pair(70, "0")
    pair(3, "Solid line")
    pair(72, "65")
    pair(73, "0")
    pair(40, "0.0")
    pair(0, "ENDTAB")
    var names: Set<String> = []
    let layers = ["0"] + (0..<layer.rowCount).map(layerName)
    let distinct = layers.filter { names.insert($0.lowercased()).inserted }
    table("LAYER", distinct.count)
    for (index, name) in distinct.enumerated() {
      pair(0, "LAYER")
      pair(2, encoded(name))
      pair(70, "0")
      // White, then AutoCAD's six colours in turn.
      pair(62, index == 0 ? "7" : String(1 + (index - 1) % 6))
      pair(6, "CONTINUOUS")
    }
    pair(0, "ENDTAB")
    table("STYLE", 1)
    pair(0, "STYLE")
    pair(2, "STANDARD")
    for (code, value) in [(70, "0"), (40, "0.0"), (41, "1.0"), (50, "0.0"), (71, "0"), (42, "2.5"), (3, "txt")] {
      pair(code, value)
    }
    // AutoCAD's own Chinese strokes.
    pair(4, "gbcbig.shx")
    pair(0, "ENDTAB")
    pair(0, "ENDSEC")
  }

  /// Names may not hold these characters ("Symbol Names").
  static func symbol(_ name: String) -> String {
    let name = String(
      name.unicodeScalars.map { $0.value < 0x20 || "<>/\\\":;?*|,=`".unicodeScalars.contains($0) ? "_" : Character($0) }
    )
    return name.isEmpty ? "0" : name
  }

  private func layerName(_ row: Int) -> String {
    guard let layerColumn else { return Self.symbol(layer.name) }
    return Self.text(layerColumn, row).map(Self.symbol) ?? "0"
  }

  private static func text(_ attribute: PreparedLayer.Attribute, _ row: Int) -> String? {
    guard case .text(let texts) = attribute.column.storage, !attribute.column.isNull(at: row) else { return nil }
    return texts[row]
  }

  /// A two-hundredth of the drawing, in one digit.
  private func textHeight(_ box: Box) -> Double {
    let height = box.isEmpty ? 0 : max(box.width, box.height) / 200
    guard height > 0 else { return 1 }
    var power = 1.0
    while power > height { power /= 10 }
    while power * 10 <= height { power *= 10 }
    return (height / power).rounded() * power
  }

  // MARK: Entities

  private mutating func write(
    _ geometry: GeometryArray, _ part: Int, on name: [UInt8], _ text: String?, _ height: Double
  ) {
    let dimension = geometry.dimension(ofPart: part)
    for ring in geometry.rings(ofPart: part) {
      let run = geometry.coordinates(ofRing: ring)
      guard dimension != .point else {
        begin(text == nil ? "POINT" : "TEXT", on: name)
        position(geometry.xs[run.lowerBound], geometry.ys[run.lowerBound])
        if let text {
          number(40, height)
          pair(1, encoded(Self.escaped(Self.line(text))))
        }
        continue
      }
      begin("POLYLINE", on: name)
      pair(66, "1")
      position(0, 0)
      pair(70, dimension == .area ? "1" : "0")
      for i in dimension == .area ? run.dropLast() : run {
        begin("VERTEX", on: name)
        position(geometry.xs[i], geometry.ys[i])
      }
      begin("SEQEND", on: name)
    }
  }

  /// Without the line ends that an entity `TEXT` has not.
  static func line(_ text: String) -> String { String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }) }

  /// A caret begins a control character.
  private static func escaped(_ text: String) -> String { String(text.flatMap { $0 == "^" ? "^ " : String($0) }) }

  private mutating func begin(_ entity: String, on name: [UInt8]) {
    pair(0, entity)
    pair(8, name)
  }

  private mutating func position(_ x: Double, _ y: Double) {
    number(10, x)
    number(20, y)
    pair(30, "0.0")
  }

  // MARK: Groups

  private mutating func section(_ name: String) {
    pair(0, "SECTION")
    pair(2, name)
  }

  private mutating func table(_ name: String, _ count: Int) {
    pair(0, "TABLE")
    pair(2, name)
    pair(70, String(count))
  }

  private mutating func variable(_ name: String, _ code: Int, _ value: String) {
    pair(9, name)
    pair(code, value)
  }

  private mutating func number(_ code: Int, _ value: Double) {
    group(code)
    appendDecimal(value, decimals: layer.referenceSystem?.isGeographic ?? false ? 9 : 4, to: &bytes)
    bytes += [0x0D, 0x0A]
  }

  private mutating func pair(_ code: Int, _ value: String) { pair(code, encoded(value)) }

  private mutating func pair(_ code: Int, _ value: [UInt8]) {
    group(code)
    bytes += value
    bytes += [0x0D, 0x0A]
  }

  private mutating func group(_ code: Int) {
    let digits = String(code)
    bytes += String(repeating: " ", count: max(0, 3 - digits.count)).utf8
    bytes += digits.utf8
    bytes += [0x0D, 0x0A]
  }

  private mutating func encoded(_ text: String) -> [UInt8] {
    let escape: (Unicode.Scalar) -> [UInt8]? = { scalar in
      guard scalar.value <= 0xFFFF else { return nil }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return Array("\\U+\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
    }
    return layer.encoding.encoded(Array(text.utf8)[...], missing: escape, lost: &lost)
  }
}
