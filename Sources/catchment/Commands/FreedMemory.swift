import CMalloc

/// What becomes of memory that a question has freed.
enum FreedMemory {
  /// Has blocks of up to 32 MB kept for the next question, and up to 64 MB of them for each thread that worked: from the
  /// start what glibc comes to by itself once a block of 32 MB was freed, see mallopt(3).
  ///
  /// What is given back to the system costs a fault for each page when it is used again: 2.6 µs on a virtual machine, a
  /// tenth of the first question to the streets of a city.
  static func keep() {
    _ = mallopt(M_MMAP_THRESHOLD, 32 << 20)
    _ = mallopt(M_TRIM_THRESHOLD, 64 << 20)
  }
}
