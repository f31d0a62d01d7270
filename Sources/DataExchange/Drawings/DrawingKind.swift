/// The kinds of objects by their numbers (Open Design Specification for .dwg files, chapter 20).
enum DrawingKind {
  private static let text = 1
  static let attribute = 2
  static let attributeDefinition = 3
  static let insertion = 7
  static let insertionGrid = 8
  static let vertex2D = 10
  static let vertex3D = 11
  static let polyline2D = 15
  static let polyline3D = 16
  static let layer = 51
  static let blockHeader = 49
  static let lineType = 57

  /// Names in DXF of what is drawn, by number.
  private static let names: [Int: String] = [
    1: "TEXT", 2: "ATTRIB", 3: "ATTDEF", 7: "INSERT", 8: "INSERT", 15: "POLYLINE", 16: "POLYLINE", 17: "ARC",
    18: "CIRCLE", 19: "LINE", 20: "DIMENSION", 21: "DIMENSION", 22: "DIMENSION", 23: "DIMENSION", 24: "DIMENSION",
    25: "DIMENSION", 26: "DIMENSION", 27: "POINT", 28: "3DFACE", 29: "POLYFACE", 30: "MESH", 31: "SOLID", 32: "TRACE",
    33: "SHAPE", 34: "VIEWPORT", 35: "ELLIPSE", 36: "SPLINE", 37: "REGION", 38: "3DSOLID", 39: "BODY", 40: "RAY",
    41: "XLINE", 43: "OLEFRAME", 44: "MTEXT", 45: "LEADER", 46: "TOLERANCE", 47: "MLINE", 74: "OLE2FRAME",
    77: "LWPOLYLINE", 78: "HATCH", 498: "ACAD_PROXY_ENTITY",
  ]

  /// The vertices of polylines, which are drawn with their polyline.
  private static let parts = 10...14

  static func isEntity(_ type: Int, _ file: DrawingFile) -> Bool {
    names[type] != nil || parts.contains(type) || file.classes[type]?.isEntity ?? false
  }

  static func isText(_ type: Int) -> Bool { [text, attribute, attributeDefinition].contains(type) }

  /// The name in DXF of a kind that all files have; `nil` for others.
  static func name(_ type: Int) -> String? { names[type] }

  static func name(_ type: Int, _ file: DrawingFile) -> String {
    names[type] ?? file.classes[type]?.name ?? "kind \(type)"
  }
}
