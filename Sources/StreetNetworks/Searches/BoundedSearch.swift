/// Searches from one facility after another over the same network, each as far as a limit.
///
/// Nothing is cleared between searches: each counts in a window of numbers below those of the one before it, so that
/// every older label is more than any new one. Labels are 4 bytes a node.
struct BoundedSearch: ~Copyable {
  private let nodeCount: Int
  private let labels: UnsafeMutablePointer<UInt32>
  private let reached: UnsafeMutablePointer<Int32>
  private(set) var reachedCount = 0
  /// What stands for 0 in the present search.
  private var base = BoundedSearch.top
  private let limit: UInt32
  private var queue: BucketQueue

  /// Sums of a label and an edge stay under 2³².
  private static let top: UInt32 = 1 << 31

  init(_ travel: TravelGraph, limit: UInt32) {
    nodeCount = travel.graph.nodeCount
    labels = .allocate(capacity: max(1, nodeCount))
    labels.initialize(repeating: .max, count: nodeCount)
    reached = .allocate(capacity: max(1, nodeCount))
    self.limit = limit
    queue = BucketQueue(limit: limit, shift: BucketQueue.shift(limit: limit, meanCost: travel.meanCost))
  }

  deinit {
    labels.deallocate()
    reached.deallocate()
  }

  /// Forgets the last search. O(1), but every 2³¹ ÷ limit-th time O(nodes).
  mutating func restart() {
    reachedCount = 0
    if base <= limit {
      labels.update(repeating: .max, count: nodeCount)
      base = Self.top
    }
    base -= limit + 1
  }

  /// Lets the search begin at a node as well; more than the limit is passed over.
  @inline(__always)
  mutating func offer(_ node: Int, _ cost: UInt32) {
    let label = labels[node]
    guard cost <= limit, base + cost < label else { return }
    if label > base + limit {
      reached[reachedCount] = Int32(truncatingIfNeeded: node)
      reachedCount += 1
    }
    labels[node] = base + cost
    queue.push(node, cost)
  }

  /// Spreads as far as the limit.
  mutating func run(_ starts: UnsafeBufferPointer<Int32>, _ arcs: UnsafeBufferPointer<TravelGraph.Arc>) {
    let base = base
    let top = base &+ limit
    let labels = labels
    let reached = reached
    var reachedCount = reachedCount
    while let (node, cost) = queue.pop() {
      let label = base &+ cost
      guard labels[node] == label else { continue }
      var arc = Int(starts[node])
      let end = Int(starts[node &+ 1])
      while arc < end {
        let (head, cost) = (Int(arcs[arc].head), arcs[arc].cost)
        arc &+= 1
        let candidate = label &+ cost
        let old = labels[head]
        guard candidate < old, candidate <= top else { continue }
        if old > top {
          reached[reachedCount] = Int32(truncatingIfNeeded: head)
          reachedCount &+= 1
        }
        labels[head] = candidate
        queue.push(head, candidate &- base)
      }
    }
    self.reachedCount = reachedCount
  }

  /// A node that the search reached, in no useful order.
  @inline(__always)
  func reachedNode(_ i: Int) -> Int { Int(reached[i]) }

  /// The cost of a node, more than the limit where it was not reached.
  @inline(__always)
  func cost(of node: Int) -> UInt32 { labels[node] &- base > limit ? .max : labels[node] &- base }
}
