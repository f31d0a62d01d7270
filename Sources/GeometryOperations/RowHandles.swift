import CGEOS
import GeometryKernel

/// GEOS geometries of an array's rows, each made when first asked for and kept for the next time, within a bound.
struct RowHandles: ~Copyable {
  private let array: GeometryArray
  private let context: OpaquePointer
  private var pointers: [OpaquePointer?]
  /// Empty before the first is asked for.
  private var preparedPointers: [OpaquePointer?] = []
  private var made: [Int32] = []
  private var coordinates = 0

  /// Some 200 MB in GEOS.
  private static let coordinateLimit = 4_000_000

  init(_ array: GeometryArray, in context: GEOSContext) {
    self.array = array
    self.context = context.handle
    pointers = Array(repeating: nil, count: array.count)
  }

  deinit {
    for row in made {
      if !preparedPointers.isEmpty { GEOSPreparedGeom_destroy_r(context, preparedPointers[Int(row)]) }
      GEOSGeom_destroy_r(context, pointers[Int(row)])
    }
  }

  /// Good until the next call for a row that was not asked for before.
  mutating func pointer(row: Int, in context: GEOSContext) throws(GeometryError) -> OpaquePointer {
    if let pointer = pointers[row] { return pointer }
    if coordinates > Self.coordinateLimit { forget() }
    let pointer = try context.geometry(array, row: row).release()
    pointers[row] = pointer
    made.append(Int32(row))
    coordinates += array.coordinates(at: row).count
    return pointer
  }

  /// With GEOS's index over its edges; good as long as the geometry.
  mutating func prepared(row: Int, in context: GEOSContext) throws(GeometryError) -> OpaquePointer {
    if preparedPointers.isEmpty { preparedPointers = Array(repeating: nil, count: array.count) }
    if let prepared = preparedPointers[row] { return prepared }
    let geometry = try pointer(row: row, in: context)
    guard let prepared = GEOSPrepare_r(self.context, geometry) else {
      throw context.failure("GEOSPrepare_r", row: row)
    }
    preparedPointers[row] = prepared
    return prepared
  }

  private mutating func forget() {
    for row in made {
      if !preparedPointers.isEmpty {
        GEOSPreparedGeom_destroy_r(context, preparedPointers[Int(row)])
        preparedPointers[Int(row)] = nil
      }
      GEOSGeom_destroy_r(context, pointers[Int(row)])
      pointers[Int(row)] = nil
    }
    made.removeAll(keepingCapacity: true)
    coordinates = 0
  }
}
