import CVectors
import Synchronization

/// The least label of each node, which several threads lower at once, for the length of one closure.
///
/// Loads and exchanges are relaxed: a label stands for itself, and the threads are joined before all are read.
struct SharedLabels: @unchecked Sendable {
  private let labels: UnsafeMutablePointer<Atomic<UInt64>>

  /// The labels as `body` leaves them, none at first. They lie in the array all the time: an atomic number is laid out as
  /// the number is. O(nodes) and what `body` takes.
  ///
  /// - Throws: What `body` throws.
  static func lowered(count: Int, by body: (SharedLabels) throws -> Void) rethrows -> [FacilityLabel] {
    try [FacilityLabel](unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.initialize(repeating: .none)
      if let labels = UnsafeMutableRawPointer(buffer.baseAddress) {
        try body(SharedLabels(labels: labels.assumingMemoryBound(to: Atomic<UInt64>.self)))
      }
      initialized = count
    }
  }

  @inline(__always)
  subscript(node: Int) -> FacilityLabel { FacilityLabel(bits: labels[node].load(ordering: .relaxed)) }

  /// Begins to fetch a label into the cache.
  @inline(__always)
  func fetch(_ node: Int) { fetchAhead(labels + node) }

  /// Gives a node a label unless it has one that is as low; whether it did.
  @inline(__always)
  func lower(_ node: Int, to label: FacilityLabel) -> Bool {
    var old = labels[node].load(ordering: .relaxed)
    while label.bits < old {
      let (isLowered, met) = labels[node].weakCompareExchange(expected: old, desired: label.bits, ordering: .relaxed)
      if isLowered { return true }
      old = met
    }
    return false
  }
}
