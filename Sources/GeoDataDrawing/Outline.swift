/// A closed ring without holes: counter-clockwise, the first vertex again at the end (RFC 7946's right-hand rule).
public struct Outline: Hashable, Sendable {
  public let vertices: [Position]

  /// Takes the vertices of an open or closed ring in either direction.
  init(_ ring: [Position]) {
    var open = ring
    if open.count > 1, open.first == open.last { open.removeLast() }
    var doubleArea = 0
    for (i, a) in open.enumerated() {
      let b = open[(i + 1) % open.count]
      doubleArea += (a.longitude - open[0].longitude) * (b.latitude - open[0].latitude)
      doubleArea -= (b.longitude - open[0].longitude) * (a.latitude - open[0].latitude)
    }
    // Turned about its first vertex, so that the ring starts where it was drawn from.
    if doubleArea < 0 { open[1...].reverse() }
    vertices = open + open.prefix(1)
  }

  /// The smallest box around the ring.
  var bounds: (low: Position, high: Position) {
    var low = vertices[0]
    var high = vertices[0]
    for vertex in vertices {
      low.longitude = min(low.longitude, vertex.longitude)
      low.latitude = min(low.latitude, vertex.latitude)
      high.longitude = max(high.longitude, vertex.longitude)
      high.latitude = max(high.latitude, vertex.latitude)
    }
    return (low, high)
  }

  /// Even-odd rule in whole numbers; on an edge the answer depends on the side. O(vertices).
  func contains(_ place: Position) -> Bool {
    var inside = false
    var a = vertices[0]
    for b in vertices.dropFirst() {
      if (a.latitude > place.latitude) != (b.latitude > place.latitude) {
        let side =
          (b.longitude - a.longitude) * (place.latitude - a.latitude)
          - (place.longitude - a.longitude) * (b.latitude - a.latitude)
        if (side > 0) == (b.latitude > a.latitude) { inside.toggle() }
      }
      a = b
    }
    return inside
  }

  /// A place inside, uniform over the area.
  func randomPlace(_ random: inout SplitMix64) -> Position {
    let (low, high) = bounds
    while true {
      let place = Position(
        longitude: low.longitude + random.below(high.longitude - low.longitude),
        latitude: low.latitude + random.below(high.latitude - low.latitude))
      if contains(place) { return place }
    }
  }
}
