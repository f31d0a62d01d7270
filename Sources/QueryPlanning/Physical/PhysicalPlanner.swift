extension LogicalPlan {
  /// Chooses how each operation is computed.
  ///
  /// The side of a spatial index: building over a point and asking with a point cost about the same, so the smaller
  /// side is indexed and the larger side asks, batch by batch.
  public func physical() -> PhysicalPlan {
    PhysicalPlan(self, strategy: strategy, inputs: inputs.map { $0.physical() })
  }

  private var strategy: PhysicalPlan.Strategy {
    switch operation {
    case .scan, .result, .table, .point, .filter, .project, .take, .union, .reproject: return .stream
    case .buffer, .centroid, .hull, .simplify: return .stream
    case .aggregateOverAll, .sort, .summarize, .dissolve, .tiles: return .collect
    case .distinct, .join: return .hash
    case .keep, .count, .density:
      return inputs[0].estimatedRows < inputs[1].estimatedRows ? .indexRows : .indexPlaces
    case .nearest, .locate, .around, .coverage, .clip, .erase, .gaps: return .indexPlaces
    }
  }
}
