import CMalloc

/// What becomes of memory that a question has freed.
enum FreedMemory {
  /// Has 64 MB of it kept for the next question, in blocks of up to 4 MB.
  ///
  /// Given back to the system, which glibc does with a few hundred kilobytes at first, each of its pages costs a fault
  /// when it is used again: 2.6 µs on a virtual machine, a tenth of the first question to the streets of a city. See
  /// mallopt(3).
  static func keep() {
    _ = mallopt(M_MMAP_THRESHOLD, 4 << 20)
    _ = mallopt(M_TRIM_THRESHOLD, 64 << 20)
  }
}
