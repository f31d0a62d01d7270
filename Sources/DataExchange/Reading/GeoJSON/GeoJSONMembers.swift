/// The members of a file's outermost object, all but the features.
struct GeoJSONMembers {
  private(set) var type: String?
  private(set) var name: String?
  private(set) var description: String?
  private(set) var referenceSystem = MemberReferenceSystem.unsaid

  /// Whether this can be a collection of features, as far as was read.
  var mayBeCollection: Bool { type == nil || type == Self.collection }
  var isCollection: Bool { type == Self.collection }
  var isFeatureOrShape: Bool { type == "Feature" || type.flatMap(ShapeCollector.kind(named:)) != nil }

  private static let collection = "FeatureCollection"

  /// True for the members that say something here.
  static func matter(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    name.isSpelt("type") || name.isSpelt("name") || name.isSpelt("description") || name.isSpelt("crs")
  }

  /// Takes up a member, its value at a place of the tape.
  mutating func take(_ name: String, _ tape: JSONTape, _ value: Int) {
    switch name {
    case "type": type = tape.string(value) ?? type
    case "name": self.name = tape.string(value)
    case "description": description = tape.string(value)
    case "crs": referenceSystem = MemberReferenceSystem(tape, value)
    default: break
    }
  }
}
