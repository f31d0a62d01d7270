import WorkControl

extension WorkMonitor {
  /// Looks for cancellation at every 4096th row: for loops that spend less than a microsecond or some on most rows.
  @inline(__always) func check(atRow row: Int) throws(Cancelled) {
    if row & 0xFFF == 0 { try check() }
  }
}
