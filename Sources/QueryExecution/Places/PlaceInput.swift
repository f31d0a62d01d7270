import FeatureTables
import GeometryKernel
import GeometryOperations
import QueryLanguage
import QueryPlanning
import SpatialIndexes
import WorkControl

extension DiagnosticCode {
  static let geometry = DiagnosticCode("data.geometry", .data)
}

/// What the spatial operators share.
struct PlaceWork {
  let plan: PhysicalPlan
  let context: ExecutionContext

  /// All rows of an input, with their geometry; a relation without any has rows of nulls.
  func collect(_ input: any BatchOperator, _ number: Int) throws -> (batch: Batch, geometry: GeometryArray) {
    let table = try input.collected(plan.inputs[number].schema)
    guard table.rowCount <= Int(Int32.max) else {
      throw ExecutionDiagnostic.tooManyRows(table.rowCount, at: plan.range)
    }
    let batch = Batch(table)
    return (batch, batch.places)
  }

  /// The candidates of a join by place in the order of their ids, where they have ids: of equals the first is taken, and
  /// that has to be the one with the smaller id, however the rows were sorted.
  func collectByID(_ input: any BatchOperator, _ number: Int) throws -> (batch: Batch, geometry: GeometryArray) {
    let (batch, geometry) = try collect(input, number)
    guard let ids = batch.materialised("id"), case .integer(let values) = ids.storage, ids.nullCount == 0,
      zip(values, values.dropFirst()).contains(where: { $0 > $1 })
    else { return (batch, geometry) }
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.map { Int32(truncatingIfNeeded: $0) }
    // Joins read columns by their own row numbers: the order has to be that of the columns, not of views of them.
    let columns = batch.selecting(order).views.map { $0.materialised() }
    return (
      Batch(Table(schema: batch.schema, columns: columns, rowCount: batch.rowCount)), geometry.gather(order)
    )
  }

  /// An index over places, built by all workers.
  func index(_ places: GeometryArray) throws -> SpatialIndex {
    try SpatialIndex(places, workers: context.workers)
  }

  /// An index over areas that will be asked what they hold, with what this needs built by all workers.
  func areaIndex(_ places: GeometryArray) throws -> SpatialIndex {
    let index = try index(places)
    try index.prepareAreas(workers: context.workers)
    return index
  }

  /// Notes that an input has no areas where only areas hold anything: an answer of 0 would read as one of the data.
  ///
  /// - Parameter highest: The highest dimension of its geometries; `nil` when it has none at all.
  func noteUnlessAreas(_ highest: PartDimension?, ofInput number: Int) {
    guard let highest, highest < .area else { return }
    context.note(
      "\(plan.name(ofInput: number)) has no areas, and a point or a line holds nothing; `within` and `around` go by distance"
    )
  }
}

extension PhysicalPlan {
  /// Runs work in GEOS; its errors become diagnostics at the step. Each call has a context of its own, so that threads
  /// can work at once.
  func inGEOS<Result>(_ monitor: WorkMonitor, _ work: (GEOSContext) throws -> Result) throws -> Result {
    try monitor.check()
    do {
      return try work(GEOSContext())
    } catch let error as GeometryError {
      if error == .cancelled { throw Cancelled() }
      throw Diagnostic(.geometry, at: range, error.description, fix: error.fix)
    }
  }

  /// What an input is called, for reasons and notes: `clinics`.
  func name(ofInput number: Int) -> String { inputs.indices.contains(number) ? inputs[number].layerName : "the layer" }

  /// The layer or result at the start of the pipeline.
  var layerName: String {
    switch operation {
    case .scan(let layer): layer
    case .result(let key): String(key.prefix { $0 != "@" })
    case .point: "the point"
    case .table(_, let label): label
    default: inputs.first?.layerName ?? "the layer"
    }
  }
}

extension GeometryArray {
  /// The rows that are neither null nor empty. O(rows).
  var placedRows: [Int32] {
    (0..<count).compactMap { isNullOrEmpty(at: $0) ? nil : Int32(truncatingIfNeeded: $0) }
  }

  /// True when every row is a single point or null: kernels for points serve it. O(rows).
  var holdsOnlySinglePoints: Bool {
    isPointsLayout || (0..<count).allSatisfy { kind(at: $0) == .point || kind(at: $0) == .null }
  }

  /// The rows as points: lines and areas by their centroid.
  var singlePoints: GeometryArray { holdsOnlySinglePoints ? self : centroids() }

  /// True when every row is an area or null. O(rows).
  var holdsOnlyAreas: Bool {
    !isPointsLayout
      && (0..<count).allSatisfy { kind(at: $0) == .polygon || kind(at: $0) == .multiPolygon || kind(at: $0) == .null }
  }
}
