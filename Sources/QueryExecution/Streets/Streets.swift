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
  private let otherNetworks: [String]

  /// - Throws: `Diagnostic` for a network or a mode that cannot be used.
  init(_ reach: TravelReach, _ work: PlaceWork) throws {
    let (plan, data) = (work.plan, work.context.data)
    guard let system = plan.inputs.lazy.compactMap(\.referenceSystem).first else {
      throw ExecutionDiagnostic.unexpected("ways along the streets without a reference system", at: plan.range)
    }
    self.reach = reach
    settings = data.travelSettings
    otherNetworks = data.networks(beside: reach.network)
    network = try data.travelNetwork(named: reach.network, in: system)
    do {
      travel = try network.travel(
        data.travelMode(named: reach.mode), reach.measure == .length ? .length : .time, workers: work.context.workers)
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

  /// What is asked of these streets by an input of a name.
  func asked(by rows: String) -> AskedStreets {
    AskedStreets(
      rows: rows, network: reach.network, mode: reach.mode, limit: settings.snapping.limit, otherNetworks: otherNetworks
    )
  }

  /// Counts the rows of an input that are off the network, for a note where all are. Where the straight line stands for
  /// the streets nothing is amiss.
  func remark(_ joined: NetworkEntries, of asked: AskedStreets, _ remarks: Remarks) {
    guard settings.detour == nil else { return }
    let statuses = joined.positions.statuses
    if statuses.contains(where: { $0 != .offNetwork && $0 != .noGeometry }) {
      return remarks.count(Remark(what: .astray(asked), rows: 0, hasOthers: true))
    }
    var remark = Remark(what: .astray(asked), rows: 0)
    for row in 0..<joined.rowCount {
      let (status, distance) = joined.joint(of: row)
      guard status == .offNetwork else { continue }
      remark.rows += 1
      remark.nearest = min(remark.nearest, distance)
    }
    if remark.rows > 0 { remarks.count(remark) }
  }

  /// What a metre of the straight line costs where it stands for the streets; `nil` where it never does.
  var costOfStraightMetre: Double? {
    settings.detour.map { detour in
      reach.measure == .length ? detour : detour / (travel.mode.otherSpeed ?? travel.mode.approachSpeed)
    }
  }

  /// `streets of roads, 92667 edges, by walk`
  var description: String {
    let edges = network.graph.edgeCount
    return "streets of \(reach.network), \(edges) edge\(edges == 1 ? "" : "s"), by \(reach.mode)"
  }
}
