import Synchronization

/// A part of an index that is built when it is first asked for, once for all copies and threads.
final class Deferred<Value: Sendable>: Sendable {
  private let state: Mutex<Value?> = Mutex(nil)
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  var value: Value {
    state.withLock { state in
      if let value = state { return value }
      let value = make()
      state = value
      return value
    }
  }
}
