import CPROJ
import Synchronization

/// A PROJ context together with the operations made in it.
///
/// A PROJ object may be used by one thread at a time and only in its own context, and an operation costs about 25 ms to
/// make. So contexts are kept in a pool with their operations and lent to one borrower at a time: as many exist as were
/// ever used at once, and a repeated transformation finds its operation ready.
///
/// `@unchecked Sendable`: `ProjectionContext.borrow` is the only way to one, and it never lends one twice at a time.
final class ProjectionContext: @unchecked Sendable {
  let handle: OpaquePointer
  private var operations: [OperationKey: OpaquePointer] = [:]
  private let log = ProjectionLog()

  struct OperationKey: Hashable {
    let source: String
    let target: String
  }

  /// More operations than this are not kept: a session uses a handful.
  private static let operationLimit = 64
  private static let idle = Mutex<[ProjectionContext]>([])

  private init?() {
    guard let handle = proj_context_create() else { return nil }
    self.handle = handle
    // Coordinates must not depend on what a server answers today, and a query must not wait for one.
    proj_context_set_enable_network(handle, 0)
    proj_log_func(handle, Unmanaged.passUnretained(log).toOpaque()) { log, _, text in
      guard let log, let text else { return }
      Unmanaged<ProjectionLog>.fromOpaque(log).takeUnretainedValue().last = String(cString: text)
    }
  }

  deinit {
    forgetOperations()
    proj_context_destroy(handle)
  }

  /// Runs `body` with a context that no other thread uses meanwhile.
  static func borrow<Result>(
    _ body: (ProjectionContext) throws(ReferenceSystemError) -> Result
  ) throws(ReferenceSystemError) -> Result {
    guard let context = idle.withLock({ $0.popLast() }) ?? ProjectionContext() else {
      throw .libraryUnavailable
    }
    defer { idle.withLock { $0.append(context) } }
    context.log.last = ""
    return try body(context)
  }

  /// What PROJ said last, for an error's text.
  var message: String {
    if !log.last.isEmpty { return log.last }
    return text(ofError: proj_context_errno(handle))
  }

  func text(ofError code: Int32) -> String {
    guard code != 0, let text = proj_context_errno_string(handle, code) else { return "no reason given" }
    return String(cString: text)
  }

  /// The operation between two definitions, with longitude or easting first on both sides; made once and kept.
  func operation(from source: String, to target: String) throws(ReferenceSystemError) -> OpaquePointer {
    let key = OperationKey(source: source, target: target)
    if let operation = operations[key] { return operation }
    guard let raw = proj_create_crs_to_crs(handle, source, target, nil) else {
      throw .noOperation(from: source, to: target, reason: message)
    }
    defer { proj_destroy(raw) }
    guard let operation = proj_normalize_for_visualization(handle, raw) else {
      throw .noOperation(from: source, to: target, reason: message)
    }
    if operations.count >= Self.operationLimit { forgetOperations() }
    operations[key] = operation
    return operation
  }

  private func forgetOperations() {
    for operation in operations.values { proj_destroy(operation) }
    operations.removeAll()
  }
}

/// The last message of a PROJ context, which would otherwise go to standard error.
private final class ProjectionLog {
  var last = ""
}
