import CGEOS
import GeometryKernel

/// Geometry operations by GEOS over batches of rows, through its reentrant C functions.
///
/// One context for each worker: it must not be used by two threads at a time, and is not `Sendable`. Making one is
/// cheap. Coordinates should be in a metric reference system: everything is planar.
///
/// In all operations a null row gives a null row and an empty one an empty one; areas come out as `polygon` or
/// `multiPolygon` with counter-clockwise outer rings and clockwise holes (the right-hand rule of RFC 7946). The same
/// input gives the same output, bit for bit.
public final class GEOSContext {
  let handle: OpaquePointer
  private let messages = MessageBox()

  public init() throws(GeometryError) {
    _ = GeometryInterrupt.isRegistered
    guard let handle = GEOS_init_r() else {
      throw .failed(function: "GEOS_init_r", message: "no memory", row: nil)
    }
    self.handle = handle
    GEOSContext_setErrorMessageHandler_r(
      handle,
      { message, box in
        guard let message, let box else { return }
        Unmanaged<MessageBox>.fromOpaque(box).takeUnretainedValue().last = String(cString: message)
      }, Unmanaged.passUnretained(messages).toOpaque())
  }

  deinit { GEOS_finish_r(handle) }

  /// Between rows.
  func checkCancelled() throws(GeometryError) {
    if GeometryInterrupt.isRequested { throw .cancelled }
  }

  // MARK: One checker for each C return convention

  /// A geometry that is ours, or NULL.
  func owned(
    _ result: OpaquePointer?, _ function: StaticString, row: Int? = nil
  ) throws(GeometryError) -> OwnedGeometry {
    guard let result else { throw failure(function, row: row) }
    return OwnedGeometry(result, in: handle)
  }

  /// A geometry with its index.
  func prepared(_ geometry: consuming OwnedGeometry, row: Int? = nil) throws(GeometryError) -> PreparedGeometry {
    guard let pointer = GEOSPrepare_r(handle, geometry.pointer) else { throw failure("GEOSPrepare_r", row: row) }
    return PreparedGeometry(pointer, of: geometry, in: handle)
  }

  /// 1 true, 0 false, 2 exception.
  func truth(_ result: CChar, _ function: StaticString, row: Int? = nil) throws(GeometryError) -> Bool {
    if result == 2 { throw failure(function, row: row) }
    return result == 1
  }

  /// 1 success, 0 exception.
  func succeeded(_ result: Int32, _ function: StaticString, row: Int? = nil) throws(GeometryError) {
    if result == 0 { throw failure(function, row: row) }
  }

  /// A count, or −1.
  func count(_ result: Int32, _ function: StaticString, row: Int? = nil) throws(GeometryError) -> Int {
    if result < 0 { throw failure(function, row: row) }
    return Int(result)
  }

  /// The error of the call that just failed.
  func failure(_ function: StaticString, row: Int?) -> GeometryError {
    let message = messages.last
    messages.last = ""
    if message.hasPrefix("InterruptedException") { return .cancelled }
    return .failed(function: "\(function)", message: message.isEmpty ? "no reason given" : message, row: row)
  }
}

/// The last error message of a context.
private final class MessageBox {
  var last = ""
}
