import GeometryKernel

/// An R-tree over boxes, packed along a Hilbert curve into flat buffers (I. Kamel, C. Faloutsos, *On Packing R-trees*,
/// 1993; the layout of mourner/flatbush).
///
/// Nodes are numbered from the leaves, in Hilbert order, level by level to the root, which is last. The children of
/// inner node `i` are the nodes `childStarts[i - leafCount]..<childStarts[i - leafCount + 1]`.
struct PackedTree: Sendable {
  static let fanOut = 16

  /// The box of each node.
  let boxes: [Box]
  /// The item of each leaf; for an inner node the smallest item below it.
  let least: [Int32]
  let childStarts: [Int32]
  let leafCount: Int

  /// Packs boxes; item `i` is box `i`. O(n).
  init(_ items: [Box]) {
    leafCount = items.count
    var least = hilbertOrder(of: items)
    var boxes: [Box] = []
    boxes.reserveCapacity(items.count + items.count / 15 + 8)
    for item in least { boxes.append(items[Int(item)]) }
    var childStarts: [Int32] = [0]
    var level = 0..<items.count
    while level.count > 1 || (level.count == 1 && level.upperBound == leafCount) {
      for first in stride(from: level.lowerBound, to: level.upperBound, by: Self.fanOut) {
        let children = first..<min(first + Self.fanOut, level.upperBound)
        var box = Box.empty
        var smallest = Int32.max
        for child in children {
          box.formUnion(boxes[child])
          smallest = min(smallest, least[child])
        }
        boxes.append(box)
        least.append(smallest)
        childStarts.append(Int32(children.upperBound))
      }
      level = level.upperBound..<boxes.count
    }
    self.boxes = boxes
    self.least = least
    self.childStarts = childStarts
  }

  /// Calls `body` with the buffers, which must not leave it.
  @inline(__always)
  func withView<Result>(_ body: (TreeView) throws -> Result) rethrows -> Result {
    try boxes.withUnsafeBufferPointer { boxes in
      try least.withUnsafeBufferPointer { least in
        try childStarts.withUnsafeBufferPointer { childStarts in
          try body(TreeView(boxes: boxes, least: least, childStarts: childStarts, leafCount: leafCount))
        }
      }
    }
  }

  /// What is wrong with the structure, if anything: every item once, every box and smallest item that of the children,
  /// every node but the root one parent's child. O(n).
  func invariantViolation() -> String? {
    guard boxes.count == least.count else { return "\(boxes.count) boxes for \(least.count) items" }
    guard leafCount > 0 else { return boxes.isEmpty ? nil : "nodes without a leaf" }
    guard least[..<leafCount].sorted() == Array(0..<Int32(leafCount)) else { return "leaves are not each item once" }
    guard childStarts.count == boxes.count - leafCount + 1, childStarts.first == 0 else { return "child list length" }
    guard Int(childStarts[childStarts.count - 1]) == boxes.count - 1 else { return "not every node has a parent" }
    for node in leafCount..<boxes.count {
      let children = Int(childStarts[node - leafCount])..<Int(childStarts[node - leafCount + 1])
      guard !children.isEmpty, children.count <= Self.fanOut else {
        return "node \(node) has \(children.count) children"
      }
      guard children.upperBound <= node else { return "node \(node) comes before its children" }
      var box = Box.empty
      for child in children { box.formUnion(boxes[child]) }
      guard box == boxes[node] else { return "node \(node) has not the box of its children" }
      guard least[children].min() == least[node] else { return "node \(node) has not the smallest item" }
    }
    return nil
  }
}

/// The buffers of a `PackedTree` for the length of one closure.
struct TreeView {
  let boxes: UnsafeBufferPointer<Box>
  let least: UnsafeBufferPointer<Int32>
  let childStarts: UnsafeBufferPointer<Int32>
  let leafCount: Int

  /// A tree without a leaf.
  static var empty: TreeView {
    let none = UnsafeBufferPointer<Int32>(start: nil, count: 0)
    return TreeView(
      boxes: UnsafeBufferPointer(start: nil, count: 0), least: none, childStarts: none, leafCount: 0)
  }

  @inline(__always)
  func children(of node: Int) -> Range<Int> {
    Int(childStarts[node - leafCount])..<Int(childStarts[node - leafCount + 1])
  }

  /// The number of leaves under a node. O(depth).
  func leaves(under node: Int) -> Int {
    var first = node
    var last = node
    while first >= leafCount { first = children(of: first).lowerBound }
    while last >= leafCount { last = children(of: last).upperBound - 1 }
    return last - first + 1
  }
}

/// A walk through a tree that meets, one by one, the items whose boxes are near a probe.
struct TreeWalk: ~Copyable {
  private let tree: TreeView
  private let stack: UnsafeMutablePointer<Int32>
  private var depth = 0

  /// Eight levels of sixteen hold more items than an `Int32` counts.
  init(_ tree: TreeView) {
    self.tree = tree
    stack = .allocate(capacity: 9 * PackedTree.fanOut)
  }

  deinit { stack.deallocate() }

  /// Goes back to the root.
  mutating func restart() {
    depth = 0
    if tree.leafCount > 0 { push(tree.boxes.count - 1) }
  }

  private mutating func push(_ node: Int) {
    (stack + depth).initialize(to: Int32(truncatingIfNeeded: node))
    depth += 1
  }

  /// The next item whose box is within the root of `limit` of the probe, or −1 at the end. In no useful order.
  @inline(__always)
  mutating func next<P: Probe>(near probe: P, squared limit: Double) -> Int {
    while depth > 0 {
      depth -= 1
      let node = Int(stack[depth])
      if node < tree.leafCount { return Int(tree.least[node]) }
      for child in tree.children(of: node) where probe.squaredDistance(to: tree.boxes[child]) <= limit { push(child) }
    }
    return -1
  }

  /// How many leaves lie within the root of `limit` of a position, where every leaf box is a point: nodes that lie
  /// wholly within are counted without a look inside.
  mutating func countPoints(near probe: PointProbe, squared limit: Double) -> Int {
    restart()
    var count = 0
    while depth > 0 {
      depth -= 1
      let node = Int(stack[depth])
      for child in tree.children(of: node) {
        let box = tree.boxes[child]
        guard probe.squaredDistance(to: box) <= limit else { continue }
        if child < tree.leafCount {
          count += 1
        } else {
          let dx = max((box.minX - probe.x).magnitude, (box.maxX - probe.x).magnitude)
          let dy = max((box.minY - probe.y).magnitude, (box.maxY - probe.y).magnitude)
          if dx * dx + dy * dy <= limit { count += tree.leaves(under: child) } else { push(child) }
        }
      }
    }
    return count
  }
}
