import GeometryKernel

/// What a query looks from: a position, or one chain of a line or an outline.
protocol Probe {
  var box: Box { get }
  func squaredDistance(to box: Box) -> Double
  func squaredDistance(x: Double, y: Double) -> Double
  func squaredDistance(to chain: Chain, in view: GeometryView) -> Double
}

struct PointProbe: Probe {
  let x: Double
  let y: Double

  @inline(__always) var box: Box { Box(minX: x, minY: y, maxX: x, maxY: y) }

  @inline(__always)
  func squaredDistance(to box: Box) -> Double { box.squaredDistance(x: x, y: y) }

  @inline(__always)
  func squaredDistance(x otherX: Double, y otherY: Double) -> Double {
    let dx = otherX - x
    let dy = otherY - y
    return dx * dx + dy * dy
  }

  @inline(__always)
  func squaredDistance(to chain: Chain, in view: GeometryView) -> Double {
    view.squaredDistance(x: x, y: y, to: chain)
  }
}

struct ChainProbe: Probe {
  let view: GeometryView
  let chain: Chain
  let box: Box

  init(_ chain: Chain, in view: GeometryView) {
    self.view = view
    self.chain = chain
    box = view.box(of: chain.coordinates)
  }

  func squaredDistance(to box: Box) -> Double { self.box.squaredDistance(to: box) }

  func squaredDistance(x: Double, y: Double) -> Double { view.squaredDistance(x: x, y: y, to: chain) }

  func squaredDistance(to otherChain: Chain, in otherView: GeometryView) -> Double {
    view.squaredDistance(chain, to: otherView, otherChain)
  }
}

/// A rectangle: finds the boxes that overlap it, at distance 0.
struct BoxProbe: Probe {
  let box: Box

  func squaredDistance(to box: Box) -> Double { self.box.squaredDistance(to: box) }

  func squaredDistance(x: Double, y: Double) -> Double { box.squaredDistance(x: x, y: y) }

  func squaredDistance(to chain: Chain, in view: GeometryView) -> Double {
    box.squaredDistance(to: view.box(of: chain.coordinates))
  }
}
