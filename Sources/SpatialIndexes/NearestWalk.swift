import GeometryKernel

/// Items of a tree in the order of their distance from one or several probes: the best-first search of G. Hjaltason and
/// H. Samet, *Distance Browsing in Spatial Databases*, 1999.
struct NearestWalk {
  private struct Entry {
    var distance: Double
    /// The smallest item that the entry can lead to: orders equal distances by row.
    var least: Int32
    /// A node, or −1 for an item whose distance is exact.
    var node: Int32
    var probe: Int32

    @inline(__always)
    func precedes(_ other: Entry) -> Bool {
      distance < other.distance || (distance == other.distance && least < other.least)
    }
  }

  private var heap: [Entry] = []
  /// The largest square that is wanted.
  private var limit = Double.infinity

  /// Begins again at the root, once for each probe.
  mutating func restart(_ tree: TreeView, probes: Int, squared limit: Double) {
    heap.removeAll(keepingCapacity: true)
    self.limit = limit
    guard tree.leafCount > 0 else { return }
    let root = tree.boxes.count - 1
    for probe in 0..<probes {
      heap.append(
        Entry(
          distance: 0, least: tree.least[root], node: Int32(truncatingIfNeeded: root),
          probe: Int32(truncatingIfNeeded: probe)))
    }
  }

  /// Takes in an item that is known to be at distance 0.
  mutating func offer(_ item: Int) {
    push(Entry(distance: 0, least: Int32(truncatingIfNeeded: item), node: -1, probe: 0))
  }

  /// The next item and its exact distance, or `nil` at the end. Where `only` one item is wanted, what is farther than
  /// the nearest so far is dropped early.
  @inline(__always)
  mutating func next<P: Probe>(
    _ items: ItemView, probes: UnsafeBufferPointer<P>, only: Bool
  ) -> (item: Int, distance: Double)? {
    while let entry = pop() {
      let node = Int(entry.node)
      if node < 0 { return (Int(entry.least), entry.distance) }
      let probe = probes[Int(entry.probe)]
      if node < items.tree.leafCount {
        let squared = probe.squaredDistance(to: items.chains[Int(entry.least)], in: items.view)
        if squared <= limit {
          push(Entry(distance: squared.squareRoot(), least: entry.least, node: -1, probe: entry.probe))
          // A little more than the square, for items at the same distance after the root.
          if only { limit = min(limit, squared * 1.000_000_000_000_01) }
        }
        continue
      }
      for child in items.tree.children(of: node) {
        let squared = probe.squaredDistance(to: items.tree.boxes[child])
        guard squared <= limit else { continue }
        push(
          Entry(
            distance: squared.squareRoot(), least: items.tree.least[child], node: Int32(truncatingIfNeeded: child),
            probe: entry.probe))
      }
    }
    return nil
  }

  private mutating func push(_ entry: Entry) {
    heap.append(entry)
    heap.withUnsafeMutableBufferPointer { heap in
      var hole = heap.count - 1
      while hole > 0 {
        let parent = (hole - 1) / 2
        guard entry.precedes(heap[parent]) else { break }
        heap[hole] = heap[parent]
        hole = parent
      }
      heap[hole] = entry
    }
  }

  private mutating func pop() -> Entry? {
    guard let last = heap.popLast() else { return nil }
    if heap.isEmpty { return last }
    return heap.withUnsafeMutableBufferPointer { heap in
      let top = heap[0]
      var hole = 0
      while true {
        var child = 2 * hole + 1
        guard child < heap.count else { break }
        if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
        guard heap[child].precedes(last) else { break }
        heap[hole] = heap[child]
        hole = child
      }
      heap[hole] = last
      return top
    }
  }
}
