import CVectors
import Synchronization

/// The least label of each node, which several threads lower at once.
///
/// Loads and exchanges are relaxed: a label stands for itself, and the threads are joined before all are read.
struct SharedLabels: ~Copyable, @unchecked Sendable {
  private let labels: UnsafeMutablePointer<Atomic<UInt64>>
  private let count: Int

  /// None at each node. O(nodes).
  init(count: Int) {
    self.count = count
    labels = .allocate(capacity: max(1, count))
    for node in 0..<count { (labels + node).initialize(to: Atomic(FacilityLabel.none.bits)) }
  }

  deinit {
    labels.deinitialize(count: count)
    labels.deallocate()
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

  /// O(nodes).
  var all: [FacilityLabel] { (0..<count).map { self[$0] } }
}
