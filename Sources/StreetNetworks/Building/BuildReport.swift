/// What building a network met, for the one who must decide whether to trust it.
public struct BuildReport: Sendable, Equatable, Codable {
  public var lineCount = 0
  /// Rows without a line, or with a coordinate that is not a finite number.
  public var skippedRowCount = 0
  /// Vertices that were moved to a place within the tolerance.
  public var joinedCount = 0
  /// Crossings and touches that `planar` made into nodes.
  public var crossingCount = 0
  /// Stretches without length that were left out.
  public var zeroLengthCount = 0
  /// Edges with the course of an edge before them, which stay in the network.
  public var duplicateCount = 0
  /// Nodes that a way names and the source does not have.
  public var missingNodeCount = 0
  /// Gaps that were bridged, where that was asked for.
  public var bridged: [Gap] = []
  /// Dead ends that all but meet another street and are not joined to it.
  public var nearMisses: [Gap] = []

  /// From a dead end to the nearest position of another street.
  public struct Gap: Sendable, Equatable, Codable {
    public var x: Double
    public var y: Double
    public var otherX: Double
    public var otherY: Double
    /// Metres.
    public var width: Double

    public init(x: Double, y: Double, otherX: Double, otherY: Double, width: Double) {
      self.x = x
      self.y = y
      self.otherX = otherX
      self.otherY = otherY
      self.width = width
    }
  }

  public init() {}
}
