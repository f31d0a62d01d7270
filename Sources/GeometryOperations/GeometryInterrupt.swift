import CGEOS
import Synchronization

/// The switch that ends long GEOS calls, in every context and on every thread.
///
/// GEOS asks its registered callback whether to stop at many places inside noding, overlay and buffering. The callback
/// looks at a flag of ours: GEOS's own flag (`GEOS_interruptRequest`) ends one call only, and creating another context
/// resets it. The operations here look at the flag between rows too.
public enum GeometryInterrupt {
  private static let requested = Atomic<Bool>(false)

  /// Ends running operations with `GeometryError.cancelled`, and every later one until `clear`. Async-signal-safe: it
  /// stores to a lock-free atomic.
  public static func request() { requested.store(true, ordering: .relaxed) }

  /// Lets operations run again. GEOS may still hold the request it was passed, so that is taken back too.
  public static func clear() {
    requested.store(false, ordering: .relaxed)
    GEOS_interruptCancel()
  }

  public static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Registers the callback, once, before the first context. Whatever was registered before is replaced.
  static let isRegistered: Bool = {
    _ = GEOS_interruptRegisterCallback {
      if GeometryInterrupt.isRequested { GEOS_interruptRequest() }
    }
    return true
  }()
}
