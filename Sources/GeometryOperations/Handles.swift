import CGEOS

/// A GEOS geometry that is ours to free.
struct OwnedGeometry: ~Copyable {
  let pointer: OpaquePointer
  private let context: OpaquePointer

  init(_ pointer: OpaquePointer, in context: OpaquePointer) {
    self.pointer = pointer
    self.context = context
  }

  deinit { GEOSGeom_destroy_r(context, pointer) }

  /// Gives the geometry away: whoever takes it frees it.
  consuming func release() -> OpaquePointer {
    let released = pointer
    discard self
    return released
  }
}

/// Geometries on their way into a polygon or a collection.
struct GeometryStack: ~Copyable {
  private var pointers: [OpaquePointer?] = []
  private let context: OpaquePointer

  init(in context: OpaquePointer) { self.context = context }

  deinit {
    for pointer in pointers { GEOSGeom_destroy_r(context, pointer) }
  }

  var count: Int { pointers.count }

  mutating func push(_ geometry: consuming OwnedGeometry) { pointers.append(geometry.release()) }

  mutating func pop() -> OwnedGeometry? {
    guard let last = pointers.popLast(), let last else { return nil }
    return OwnedGeometry(last, in: context)
  }

  /// Hands all geometries to a function that takes them over, as `GEOSGeom_create…_r` do even when they fail.
  mutating func handOver(
    _ create: (UnsafeMutablePointer<OpaquePointer?>?, UInt32) -> OpaquePointer?
  ) -> OpaquePointer? {
    let created = pointers.withUnsafeMutableBufferPointer { create($0.baseAddress, UInt32($0.count)) }
    pointers.removeAll()
    return created
  }
}

/// A geometry with GEOS's index over its edges, for many questions to it.
struct PreparedGeometry: ~Copyable {
  let pointer: OpaquePointer
  /// The index points into the geometry, which is freed after it: fields go when `deinit` has run.
  let geometry: OwnedGeometry
  private let context: OpaquePointer

  /// - Parameter pointer: from `GEOSPrepare_r` of this geometry.
  init(_ pointer: OpaquePointer, of geometry: consuming OwnedGeometry, in context: OpaquePointer) {
    self.pointer = pointer
    self.geometry = geometry
    self.context = context
  }

  deinit { GEOSPreparedGeom_destroy_r(context, pointer) }
}
