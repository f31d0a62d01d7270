import QueryPlanning

/// Makes the operators that work with places: keep and join by place, per area, shape.
enum PlaceOperators {
  /// `nil` for an operation of another family.
  static func make(
    _ plan: PhysicalPlan, inputs: [any BatchOperator], context: ExecutionContext
  ) throws -> (any BatchOperator)? {
    nil
  }
}
