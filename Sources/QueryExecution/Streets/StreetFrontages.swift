import GeometryKernel
import StreetNetworks

/// Lines and areas by the streets beside them. A row that joins such a street goes straight from there, wherever on the
/// street the positions are by which the search enters.
struct StreetFrontages: Sendable {
  private let streets: Streets
  private let places: PlaceSubset
  /// The places that are entered from each edge.
  private let placesOfEdge: [Int32: Set<Int32>]
  /// Those that no street meets, and which are entered across what is between.
  private let apart: Set<Int32>

  /// - Parameters:
  ///   - rows: The places that are lines or areas, without those that are entered at named points.
  ///   - entries: Of all places.
  init(_ rows: [Int32], of geometry: GeometryArray, _ entries: NetworkEntries, _ streets: Streets, _ work: PlaceWork)
    throws
  {
    self.streets = streets
    places = try PlaceSubset(rows, of: geometry, work)
    var placesOfEdge: [Int32: Set<Int32>] = [:]
    var apart: Set<Int32> = []
    for place in rows {
      for position in entries.range(of: Int(place)) where entries.positions.edges[position] >= 0 {
        placesOfEdge[entries.positions.edges[position], default: []].insert(place)
        if entries.positions.distances[position] > NetworkEntries.touching { apart.insert(place) }
      }
    }
    self.placesOfEdge = placesOfEdge
    self.apart = apart
  }

  /// The places beside the streets that rows join. O(rows · log places).
  func ways(of joined: NetworkEntries) -> [StreetPlaces.Shortcut] {
    let (positions, travel) = (joined.positions, streets.travel)
    let asked = positions.edges.indices.filter { placesOfEdge[positions.edges[$0]] != nil }
    if asked.isEmpty { return [] }
    let points = asked.map { travel.graph.position(on: Int(positions.edges[$0]), at: positions.fractions[$0]) }
    let near = places.index.nearest(
      places.rows.count, to: GeometryArray(pointsX: points.map(\.x), y: points.map(\.y)),
      within: streets.settings.snapping.limit)
    var found: [StreetPlaces.Shortcut] = []
    for (query, position) in asked.enumerated() {
      for match in near.range(of: query) {
        let (place, distance) = (places.rows[Int(near.rows[match])], near.distances[match])
        guard placesOfEdge[positions.edges[position]]?.contains(place) == true,
          distance <= NetworkEntries.touching || apart.contains(place)
        else { continue }
        let cost =
          positions.countsApproach ? travel.approach(positions.distances[position]) + travel.approach(distance) : 0
        guard cost <= streets.limit else { continue }
        found.append(
          StreetPlaces.Shortcut(
            row: Int32(truncatingIfNeeded: joined.owner(of: position)), place: place, cost: cost, isDetour: false))
      }
    }
    return found
  }
}
