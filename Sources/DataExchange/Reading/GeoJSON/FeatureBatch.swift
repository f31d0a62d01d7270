import FeatureTables
import GeometryKernel
import Projections

/// The features of a piece of a GeoJSON file, or of several pieces put together.
struct FeatureBatch {
  private(set) var rows = 0
  var properties = PropertyTable()
  private(set) var shapes = ShapeCollector()
  /// Elements that are no objects, which were left out.
  private(set) var strangers = 0
  /// The features' own ids.
  private(set) var ids = PropertyColumn()
  /// From which numbers on the ids of rows that were judged count them; `nil` where they do not.
  private var idStarts: Set<Int?> = []

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
    idStarts.formUnion(other.idStarts)
    properties.append(other.properties, at: rows)
    shapes.append(other.shapes)
    strangers += other.strangers
    rows += other.rows
  }

  /// The column of the ids; `nil` when they say no more than the order does. O(rows).
  private func identifiers() -> (type: ValueType, column: Column)? {
    var ids = ids
    ids.skip(to: rows)
    let starts = idStarts.isEmpty ? [ids.countsFrom(behind: 0)] : idStarts
    return ids.hasValue && starts != [0] && starts != [1] ? ids.finish() : nil
  }

  /// The features as a layer, for which they are given up. O(rows and bytes).
  mutating func finish(named name: String, in system: ReferenceSystem?) -> RawLayer {
    var names = ColumnNames()
    var fields: [Field] = []
    var columns: [Column] = []
    for (position, property) in properties.finish(rows: rows).enumerated() {
      fields.append(Field(names.take(property.name, position: position + 1), property.type))
      columns.append(property.column)
    }
    if !names.contains("id"), let ids = identifiers() {
      fields.insert(Field(names.take("id", position: 0), ids.type), at: 0)
      columns.insert(ids.column, at: 0)
    }
    return RawLayer(
      name: name, fields: fields, columns: columns, geometry: shapes.finish(), referenceSystem: system,
      unreadable: shapes.unreadable, notes: names.notes + shapes.notes)
  }

  // MARK: Some of the features

  /// A copy of the features behind some others, with columns as all of them give them.
  func behind(_ others: FeatureBatch) -> FeatureBatch {
    var batch = self
    batch.properties = others.properties.withoutRows
    batch.properties.append(properties, at: 0)
    return batch
  }

  /// Keeps some rows, ascending; the others decide what the columns are all the same. O(rows and bytes).
  ///
  /// - Parameter before: How many features of the file are before these.
  mutating func keep(_ kept: [Int32], behind before: Int) {
    ids.skip(to: rows)
    if rows > 0 { idStarts.insert(ids.countsFrom(behind: before)) }
    ids.keep(kept)
    properties.keep(kept, of: rows)
    shapes.keep(kept)
    rows = kept.count
  }
}
