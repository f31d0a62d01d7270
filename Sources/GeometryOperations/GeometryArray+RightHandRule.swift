import GeometryKernel

extension GeometryArray {
  /// The same geometries with outer rings counter-clockwise and holes clockwise: the right-hand rule that RFC 7946
  /// (3.1.6) asks of GeoJSON. O(vertices).
  public func rightHanded() -> GeometryArray {
    guard !isPointsLayout else { return self }
    var xs = xs
    var ys = ys
    var turned = false
    for part in partDimensions.indices where partDimensions[part] == .area {
      let rings = rings(ofPart: part)
      for ring in rings {
        let area = doubleSignedArea(ofRing: ring)
        guard ring == rings.lowerBound ? area < 0 : area > 0 else { continue }
        let run = coordinates(ofRing: ring)
        xs[run].reverse()
        ys[run].reverse()
        turned = true
      }
    }
    return turned ? replacingCoordinates(xs: xs, ys: ys) : self
  }
}
