import GeometryKernel

/// The distinct centres of discs in Z-order, eight to a leaf, under a binary tree of boxes.
///
/// Node `i` has the children `2 i` and `2 i + 1`; the leaves are the last half. Centres on one spot count once, so that
/// a hundred thousand rows at one address are one disc. Centres nearer to each other than 2⁻⁶⁰ radii are one spot, too:
/// without that their squared distance could vanish.
struct DiscTree: Sendable {
  let xs: [Double]
  let ys: [Double]
  let boxes: [Box]

  static let leafSize = 8

  /// Takes all points with finite coordinates. O(n).
  init(_ centres: GeometryArray, radius: Double) {
    var xs: [Double] = []
    var ys: [Double] = []
    centres.withView { view in
      xs.reserveCapacity(view.count)
      ys.reserveCapacity(view.count)
      for row in 0..<view.count {
        for part in view.parts(at: row) where view.dimension(ofPart: part) == .point {
          for i in view.coordinates(ofPart: part) where view.xs[i].isFinite && view.ys[i].isFinite {
            xs.append(Self.snapped(view.xs[i], radius))
            ys.append(Self.snapped(view.ys[i], radius))
          }
        }
      }
    }
    self.init(xs, ys)
  }

  init(_ xs: [Double], _ ys: [Double]) {
    let order = ZOrder.distinct(xs, ys)
    let sortedXs = order.map { xs[Int($0)] }
    let sortedYs = order.map { ys[Int($0)] }
    self.xs = sortedXs
    self.ys = sortedYs
    var leaves = 1
    while leaves * Self.leafSize < order.count { leaves *= 2 }
    var boxes = [Box](repeating: .empty, count: 2 * leaves)
    for i in order.indices { boxes[leaves + i / Self.leafSize].formUnion(x: sortedXs[i], y: sortedYs[i]) }
    for node in stride(from: leaves - 1, to: 0, by: -1) {
      boxes[node] = boxes[2 * node]
      boxes[node].formUnion(boxes[2 * node + 1])
    }
    self.boxes = boxes
  }

  /// To a multiple of 2⁻⁶⁰ radii or less. Larger coordinates already are: only some very near 0 change.
  private static func snapped(_ x: Double, _ radius: Double) -> Double {
    let shift = radius * 0x1.8p-8
    return abs(x) < radius * 0x1p-10 ? (x + shift) - shift : x
  }

  /// Calls `body` with the buffers, which must not leave it. O(1).
  @inline(__always)
  func withView<Result>(_ body: (DiscTreeView) throws -> Result) rethrows -> Result {
    try xs.withUnsafeBufferPointer { xs in
      try ys.withUnsafeBufferPointer { ys in
        try boxes.withUnsafeBufferPointer { try body(DiscTreeView(xs: xs, ys: ys, boxes: $0)) }
      }
    }
  }
}

/// The buffers of a `DiscTree` for the length of one closure.
struct DiscTreeView {
  let xs: UnsafeBufferPointer<Double>
  let ys: UnsafeBufferPointer<Double>
  let boxes: UnsafeBufferPointer<Box>

  var firstLeaf: Int { boxes.count / 2 }

  @inline(__always)
  func discs(ofLeaf node: Int) -> Range<Int> {
    let first = (node - firstLeaf) * DiscTree.leafSize
    return min(first, xs.count)..<min(first + DiscTree.leafSize, xs.count)
  }

  /// Calls `body` with the centres within a distance of a box, in ascending order; stops where it returns false.
  @inline(__always)
  func forEach(near box: Box, within distance: Double, _ body: (Int) -> Bool) {
    let limit = distance * distance
    var stack = NodeStack()
    stack.push(1)
    while let node = stack.pop() {
      guard boxes[node].squaredDistance(to: box) <= limit else { continue }
      guard node >= firstLeaf else {
        stack.push(2 * node + 1)
        stack.push(2 * node)
        continue
      }
      for disc in discs(ofLeaf: node) where box.squaredDistance(x: xs[disc], y: ys[disc]) <= limit {
        guard body(disc) else { return }
      }
    }
  }
}

/// The nodes still to be looked at in a walk through a binary tree: never more than it is deep, and one.
struct NodeStack {
  private var nodes: InlineArray<64, Int32> = .init(repeating: 0)
  private var count = 0

  @inline(__always)
  mutating func push(_ node: Int) {
    nodes[count] = Int32(truncatingIfNeeded: node)
    count += 1
  }

  @inline(__always)
  mutating func pop() -> Int? {
    guard count > 0 else { return nil }
    count -= 1
    return Int(nodes[count])
  }
}
