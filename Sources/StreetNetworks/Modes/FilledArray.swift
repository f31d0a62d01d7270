import WorkControl

extension Workers {
  /// An array of which threads fill run after run. O(count).
  ///
  /// - Throws: `Cancelled`.
  func array<Element: BitwiseCopyable & Sendable>(
    _ count: Int, _ element: @Sendable (Int) -> Element
  ) throws -> [Element] {
    try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      let runs = runs(of: count, atLeast: 1 << 14)
      try forEach(pieces: runs.count) { piece in
        for i in runs[piece] { buffer.initializeElement(at: i, to: element(i)) }
      }
      initialized = count
    }
  }
}
