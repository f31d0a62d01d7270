import CGEOS
import GeometryKernel

/// GEOS geometries of an array's rows, each made when first asked for and kept for the next time, within a bound.
struct RowHandles: ~Copyable {
  private let array: GeometryArray
  private let context: OpaquePointer
  private var pointers: [OpaquePointer?]
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
    for row in made { GEOSGeom_destroy_r(context, pointers[Int(row)]) }
  }

  /// Good until the next call.
  mutating func pointer(row: Int, in context: GEOSContext) throws(GeometryError) -> OpaquePointer {
    if let pointer = pointers[row] { return pointer }
    if coordinates > Self.coordinateLimit { forget() }
    let pointer = try context.geometry(array, row: row).release()
    pointers[row] = pointer
    made.append(Int32(row))
    coordinates += array.coordinates(at: row).count
    return pointer
  }

  private mutating func forget() {
    for row in made {
      GEOSGeom_destroy_r(context, pointers[Int(row)])
      pointers[Int(row)] = nil
    }
    made.removeAll(keepingCapacity: true)
    coordinates = 0
  }
}
