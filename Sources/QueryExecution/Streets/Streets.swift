import GeometryKernel
import QueryLanguage
import QueryPlanning
import StreetNetworks
import WorkControl

extension DiagnosticCode {
  static let network = DiagnosticCode("data.network", .data)
  static let tooManyNearest = DiagnosticCode("query.too-many-nearest", .query)
}

/// The streets of a reach as its mode travels them, and how rows and places join them.
struct Streets: Sendable {
  let reach: TravelReach
  let network: TravelNetwork
  let travel: TravelGraph
  let settings: TravelSettings

  /// - Throws: `Diagnostic` for a network or a mode that cannot be used.
  init(_ reach: TravelReach, _ work: PlaceWork) throws {
    let (plan, data) = (work.plan, work.context.data)
    guard let system = plan.inputs.lazy.compactMap(\.referenceSystem).first else {
      throw ExecutionDiagnostic.unexpected("ways along the streets without a reference system", at: plan.range)
    }
    self.reach = reach
    settings = data.travelSettings
    network = try data.travelNetwork(named: reach.network, in: system)
    do {
      travel = try network.travel(data.travelMode(named: reach.mode), reach.measure == .length ? .length : .time)
    } catch let error as StreetNetworkError {
      throw Diagnostic(.network, at: plan.range, error.description, fix: error.fix)
    }
  }

  /// Metres or seconds.
  var limit: Double { reach.limit ?? .infinity }

  var direction: TravelDirection { reach.direction == .toPlaces ? .toFacilities : .fromFacilities }

  /// Where rows of any kinds join the streets.
  func entries(
    of rows: GeometryArray, by entrances: Entrances? = nil, workers: Workers = .one
  ) throws -> NetworkEntries {
    try network.entries(of: rows, by: entrances, to: travel, settings.snapping, workers: workers)
  }

  /// What a metre of the straight line costs where it stands for the streets; `nil` where it never does.
  var costOfStraightMetre: Double? {
    settings.detour.map { detour in
      reach.measure == .length ? detour : detour / (travel.mode.otherSpeed ?? travel.mode.approachSpeed)
    }
  }

  /// `streets of roads, 92667 edges, by walk`
  var description: String { "streets of \(reach.network), \(network.graph.edgeCount) edges, by \(reach.mode)" }
}
