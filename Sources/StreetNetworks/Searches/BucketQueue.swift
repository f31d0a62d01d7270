/// A priority queue for searches of short range: costs fall into buckets of equal width, and a bucket is emptied in no
/// order (E. Dijkstra's algorithm in R. Dial's form, 1969, with the wide buckets of U. Meyer and P. Sanders,
/// *Δ-stepping*, 2003).
///
/// What a bucket gives out may be improved while the bucket is open and come back; labels are exact once the queue is
/// empty. Where buckets are narrower than edges nothing comes back. An entry whose cost is not the node's any more is
/// stale, and its taker passes it over.
struct BucketQueue: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var cost: UInt32
    var node: Int32
    /// The entry below it in the bucket, or in the list of free ones; −1 at the end.
    var next: Int32
  }

  /// The first entry of each bucket, −1 for none.
  private let heads: UnsafeMutablePointer<Int32>
  private let bucketCount: Int
  private let shift: UInt32
  private var entries: UnsafeMutablePointer<Entry>
  private var capacity = 4096
  private var used: Int32 = 0
  private var free: Int32 = -1
  private var bucket = 0
  private var count = 0

  /// A queue for costs up to a limit.
  ///
  /// - Parameter shift: Buckets are 2^shift wide.
  init(limit: UInt32, shift: UInt32) {
    self.shift = shift
    bucketCount = Int(limit >> shift) + 1
    heads = .allocate(capacity: bucketCount)
    heads.initialize(repeating: -1, count: bucketCount)
    entries = .allocate(capacity: capacity)
  }

  deinit {
    heads.deallocate()
    entries.deallocate()
  }

  /// The width for edges of a mean cost: a quarter of it, measured best; not more than a million buckets.
  static func shift(limit: UInt32, meanCost: UInt32) -> UInt32 {
    var shift: UInt32 = 0
    while (8 << shift) <= UInt64(meanCost) || limit >> shift > 1 << 20 { shift += 1 }
    return shift
  }

  /// Puts a node into the bucket of a cost, which is not more than the limit. O(1).
  @inline(__always)
  mutating func push(_ node: Int, _ cost: UInt32) {
    var entry = free
    if entry >= 0 {
      free = entries[Int(entry)].next
    } else {
      if Int(used) == capacity { grow() }
      entry = used
      used &+= 1
    }
    let head = heads + Int(cost >> shift)
    (entries + Int(entry)).initialize(
      to: Entry(cost: cost, node: Int32(truncatingIfNeeded: node), next: head.pointee))
    head.pointee = entry
    count &+= 1
  }

  /// Takes a node out of the first bucket that has one; `nil` at the end, and the queue is as new. O(1), buckets that
  /// are passed over apart.
  @inline(__always)
  mutating func pop() -> (node: Int, cost: UInt32)? {
    if count == 0 {
      bucket = 0
      used = 0
      free = -1
      return nil
    }
    count &-= 1
    while heads[bucket] < 0 { bucket &+= 1 }
    let head = heads[bucket]
    let entry = entries[Int(head)]
    heads[bucket] = entry.next
    entries[Int(head)].next = free
    free = head
    return (Int(entry.node), entry.cost)
  }

  /// The node that the next `pop` mostly gives: the one below the last in its bucket, −1 where it was the only one there.
  @inline(__always)
  var following: Int {
    let head = heads[bucket]
    return head < 0 ? -1 : Int(entries[Int(head)].node)
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: entries, count: capacity)
    entries.deallocate()
    entries = larger
    capacity *= 2
  }
}
