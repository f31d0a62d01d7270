import GeometryKernel

extension EdgeTreeView {
  /// Calls `body` with the items that may meet a box: an edge, and the first of up to eight of its segments.
  func forEachItem(meeting box: Box, _ body: (_ edge: Int, _ firstVertex: Int) -> Void) {
    guard boxes.count > 0 else { return }
    withUnsafeTemporaryAllocation(of: (level: Int32, node: Int32).self, capacity: 128) { stack in
      stack.initializeElement(at: 0, to: (Int32(truncatingIfNeeded: levelStarts.count - 2), 0))
      var depth = boxes[boxes.count - 1].intersects(box) ? 1 : 0
      while depth > 0 {
        depth -= 1
        let (level, node) = stack[depth]
        let firstChild = Int(node) * EdgeTree.fanOut
        if level == 0 {
          for item in firstChild..<min(firstChild + EdgeTree.fanOut, itemEdges.count) {
            body(Int(itemEdges[item]), Int(itemVertices[item]))
          }
          continue
        }
        let start = levelStarts[Int(level) - 1]
        let end = levelStarts[Int(level)] - start
        for child in (firstChild..<min(firstChild + EdgeTree.fanOut, end)).reversed()
        where boxes[start + child].intersects(box) {
          stack.initializeElement(at: depth, to: (level - 1, Int32(truncatingIfNeeded: child)))
          depth += 1
        }
      }
    }
  }
}
