extension LogicalPlan {
  /// Chooses how each operation is computed.
  ///
  /// The side of a spatial index: building over a row and asking with a row cost about the same, so the smaller side is
  /// indexed and the larger side asks, batch by batch. Counting in areas is different, see `fewAreas`.
  public func physical() -> PhysicalPlan {
    PhysicalPlan(self, strategy: strategy, inputs: inputs.map { $0.physical() })
  }

  /// Sorting points costs less than asking each of them where it is, and then areas take whole cells of them at once; but
  /// few areas are not worth the sorting.
  private static let fewAreas = 4.0

  private var strategy: PhysicalPlan.Strategy {
    switch operation {
    case .scan, .result, .table, .point, .filter, .project, .take, .union, .reproject: return .stream
    case .buffer, .centroid, .hull, .simplify: return .stream
    case .aggregateOverAll, .sort, .summarize, .repair, .dissolve, .tiles: return .collect
    case .distinct, .join: return .hash
    case .keep(.within(.travel)), .keep(.beyond(.travel, _)): return .streets
    case .nearest(_, _, .travel, _), .around(.travel, _, _), .coverage(.travel, _, _), .gaps(.travel): return .streets
    case .catchment: return .streets
    case .keep: return inputs[0].estimatedRows < inputs[1].estimatedRows ? .indexRows : .indexPlaces
    case .count, .density: return inputs[0].estimatedRows < Self.fewAreas ? .indexRows : .indexPlaces
    case .nearest, .locate, .around, .coverage, .clip, .erase, .gaps: return .indexPlaces
    }
  }
}
