import Synchronization

/// A part of an index that is built when it is first asked for, once for all copies and threads.
final class Deferred<Value: Sendable>: Sendable {
  private let state: Mutex<Value?> = Mutex(nil)
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  var value: Value { value(from: make) }

  /// The value, built in another way if it is not yet: what `make` would build, on several threads perhaps.
  @discardableResult
  func value(from make: () throws -> Value) rethrows -> Value {
    try state.withLock { state in
      if let value = state { return value }
      let value = try make()
      state = value
      return value
    }
  }
}
