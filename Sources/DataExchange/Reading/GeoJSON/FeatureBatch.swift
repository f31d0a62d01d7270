import FeatureTables
import GeometryKernel

/// The features of a piece of a GeoJSON file, or of several pieces put together.
struct FeatureBatch {
  private(set) var rows = 0
  var properties = PropertyTable()
  private(set) var shapes = ShapeCollector()
  /// Elements that are no objects, which were left out.
  private(set) var strangers = 0
  /// The features' own ids.
  private(set) var ids = PropertyColumn()

  init(reservingRows rows: Int = 0) {
    shapes = ShapeCollector(reservingRows: rows)
    properties.reserveCapacity(rows)
  }

  /// Appends the features of an array on the tape. O(its words).
  mutating func append(_ tape: JSONTape, elementsOf array: Int) {
    var i = array + 1
    while tape.mark(i) != JSONTape.Mark.arrayEnd {
      if tape.mark(i) == JSONTape.Mark.object {
        append(tape, feature: i)
      } else {
        strangers += 1
      }
      i = tape.next(i)
    }
  }

  private mutating func append(_ tape: JSONTape, feature: Int) {
    var geometry: Int?
    var attributes: Int?
    var i = feature + 1
    while tape.mark(i) != JSONTape.Mark.objectEnd {
      let key = tape.text(i)
      let value = i + 1
      switch key.count {
      case 2 where key.isSpelt("id"): ids.set(tape, value, row: rows)
      case 8 where key.isSpelt("geometry"): geometry = value
      case 10 where key.isSpelt("properties"): attributes = value
      default: break
      }
      i = tape.next(value)
    }
    if let attributes {
      properties.set(tape, membersOf: attributes, row: rows)
    } else if geometry != nil {
      // As GDAL does: without properties, the feature's own members are taken for them.
      properties.set(tape, membersOf: feature, row: rows, except: Self.ownMembers)
    }
    if let geometry {
      shapes.append(tape, geometry)
    } else if attributes == nil && ShapeCollector.isShape(tape, feature) {
      shapes.append(tape, feature)
    } else {
      shapes.appendNull()
    }
    rows += 1
  }

  private static let ownMembers: [StaticString] = ["type", "id", "geometry", "bbox", "crs", "center", "centroid"]

  /// Appends the rows of another batch. O(its rows and coordinates).
  mutating func append(_ other: consuming FeatureBatch) {
    ids.skip(to: rows)
    ids.append(other.ids)
    properties.append(other.properties, at: rows)
    shapes.append(other.shapes)
    strangers += other.strangers
    rows += other.rows
  }

  /// The column of the ids; `nil` when they say no more than the order does. O(rows).
  func identifiers() -> (type: ValueType, column: Column)? {
    var ids = ids
    ids.skip(to: rows)
    return ids.hasValue && !ids.isPosition ? ids.finish() : nil
  }

  mutating func finishShapes() -> GeometryArray { shapes.finish() }
}
