/// How sure a finding is.
public enum Certainty: String, Sendable, CaseIterable {
  /// No data that is right looks like this.
  case certain
  /// Data that is right may look like this, and seldom does.
  case suspected
}

/// What quality is made of: the elements of ISO 19157 (Geographic information: data quality), in its order.
public enum QualityElement: String, Sendable, CaseIterable {
  /// Something is missing, or there twice.
  case completeness
  /// Against the rules of shapes, of formats and of neighbours.
  case logicalConsistency = "logical consistency"
  /// In the wrong place.
  case positionalAccuracy = "positional accuracy"
  /// Wrong in what is said of it.
  case thematicAccuracy = "thematic accuracy"
  /// Wrong in when.
  case temporalQuality = "temporal quality"
}
