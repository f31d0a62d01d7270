import CPROJ
import GeometryKernel
import Synchronization
import WorkControl

/// The way from one reference system to another, for whole columns of geometries.
///
/// The value may be used from any thread. What PROJ needs is made once a thread and pair of systems and kept; a
/// coordinate then costs about 0.15 µs. Vertices are transformed, edges are not split.
///
/// CGCS2000 and WGS 84 are taken as equal, as everywhere in planning practice: they agree within a metre (both are
/// ITRF, at different epochs), and PROJ gives no operation between them but a null one.
public struct CoordinateTransform: Sendable {
  public let source: ReferenceSystem
  public let target: ReferenceSystem

  /// What PROJ is given for the two systems.
  private let definitions: (source: String, target: String)

  /// - Throws: `ReferenceSystemError.noOperation` when PROJ knows no way. Takes 25 to 60 ms the first time, below one
  ///   between WGS 84 and a projection of CGCS2000.
  public init(from source: ReferenceSystem, to target: ReferenceSystem) throws(ReferenceSystemError) {
    self.source = source
    self.target = target
    definitions = (source.definition(towards: target), target.definition(towards: source))
    guard needsPROJ else { return }
    let definitions = definitions
    try ProjectionContext.borrow { context throws(ReferenceSystemError) in
      _ = try context.operation(from: definitions.source, to: definitions.target)
    }
  }

  /// True when nothing has to be done.
  public var isIdentity: Bool { source == target }

  private var needsPROJ: Bool { !isIdentity && source.definition != target.definition }

  /// Transforms all rows on the caller's thread: `apply(to:workers:)` for a few coordinates.
  ///
  /// - Throws: `ReferenceSystemError` when PROJ cannot be started.
  public func apply(to geometry: GeometryArray) throws(ReferenceSystemError) -> TransformedGeometry {
    do {
      return try apply(to: geometry, workers: .one)
    } catch let error as ReferenceSystemError {
      throw error
    } catch {
      // Nobody can cancel a single worker.
      throw .libraryUnavailable
    }
  }

  /// Transforms all rows, the same bytes at any number of workers. O(vertices); without a copy when the systems are
  /// equal.
  ///
  /// A row with a coordinate that is not finite or has no image in the target becomes null and is reported.
  ///
  /// - Parameter activity: What the workers' monitor is told that is being done.
  /// - Throws: `ReferenceSystemError` when PROJ cannot be started; `Cancelled`.
  public func apply(
    to geometry: GeometryArray, workers: Workers, activity: String = "transforming coordinates"
  ) throws -> TransformedGeometry {
    if isIdentity {
      return TransformedGeometry(geometry: geometry, failedRows: [], firstFailure: nil, unshiftedCoordinates: 0)
    }
    var xs = geometry.xs
    var ys = geometry.ys
    let unshifted = try transform(&xs, &ys, workers, activity)
    if geometry.isPointsLayout {
      // PROJ makes infinity of NaN, which stands for null here.
      for row in 0..<geometry.count where geometry.isNull(at: row) { xs[row] = .nan }
    }
    var transformed = geometry.replacingCoordinates(xs: xs, ys: ys)
    let failedRows = Self.failedRows(transformed, before: geometry)
    var firstFailure: TransformFailure?
    if let first = failedRows.first {
      firstFailure = try failure(inRow: Int(first), before: geometry, after: transformed)
      transformed = Self.makingNull(failedRows, in: transformed)
    }
    return TransformedGeometry(
      geometry: transformed, failedRows: failedRows, firstFailure: firstFailure, unshiftedCoordinates: unshifted)
  }

  /// Transforms one position.
  ///
  /// - Throws: `ReferenceSystemError.outOfDomain` when it has no image in the target.
  public func apply(x: Double, y: Double) throws(ReferenceSystemError) -> (x: Double, y: Double) {
    let done = try apply(to: GeometryArray(pointsX: [x], y: [y]))
    if let failure = done.firstFailure {
      throw .outOfDomain(x: x, y: y, target: target.identifier, reason: failure.reason)
    }
    guard !done.geometry.isNull(at: 0) else {
      throw .outOfDomain(x: x, y: y, target: target.identifier, reason: Self.notFinite)
    }
    return (done.geometry.xs[0], done.geometry.ys[0])
  }

  /// Coordinates that go through PROJ between two looks at the monitor: some 10 ms.
  private static let pieceSize = 1 << 16
  /// Fewer pieces stay on one thread: a second one would first have to make its own operation.
  private static let leastPiecesToShare = 4

  /// Transforms buffers in place; returns how many coordinates had no shift to add or take away.
  private func transform(
    _ xs: inout [Double], _ ys: inout [Double], _ workers: Workers, _ activity: String
  ) throws -> Int {
    let count = xs.count
    let pieces = (count + Self.pieceSize - 1) / Self.pieceSize
    let sharing = pieces < Self.leastPiecesToShare ? Workers(1, monitor: workers.monitor) : workers
    let done = Atomic<Int>(0)
    let unshifted = Atomic<Int>(0)
    try xs.withUnsafeMutableBufferPointer { xs in
      try ys.withUnsafeMutableBufferPointer { ys in
        // Pieces do not overlap, and the buffers outlive all of them.
        nonisolated(unsafe) let (xs, ys) = (xs, ys)
        try sharing.forEach(pieces: pieces) { piece in
          let run = (piece * Self.pieceSize)..<min((piece + 1) * Self.pieceSize, count)
          let missed = try transform(
            UnsafeMutableBufferPointer(rebasing: xs[run]), UnsafeMutableBufferPointer(rebasing: ys[run]))
          unshifted.add(missed, ordering: .relaxed)
          let sofar = done.wrappingAdd(run.count, ordering: .relaxed).newValue
          try workers.monitor.report(activity, fraction: Double(sofar) / Double(count), done: sofar)
        }
      }
    }
    return unshifted.load(ordering: .relaxed)
  }

  private func transform(
    _ xs: UnsafeMutableBufferPointer<Double>, _ ys: UnsafeMutableBufferPointer<Double>
  ) throws(ReferenceSystemError) -> Int {
    var unshifted = source.shift?.removeShift(xs, ys) ?? 0
    if needsPROJ {
      let definitions = definitions
      try ProjectionContext.borrow { context throws(ReferenceSystemError) in
        let operation = try context.operation(from: definitions.source, to: definitions.target)
        let stride = MemoryLayout<Double>.stride
        _ = proj_trans_generic(
          operation, PJ_FWD, xs.baseAddress, stride, xs.count, ys.baseAddress, stride, ys.count, nil, 0, 0, nil, 0, 0)
      }
    }
    if let shift = target.shift { unshifted = max(unshifted, shift.addShift(xs, ys)) }
    return unshifted
  }
}

// MARK: - Coordinates without an image

extension CoordinateTransform {
  private static let notFinite = "the coordinate is not a finite number"

  /// Rows with a coordinate that is not finite after the transformation.
  private static func failedRows(_ after: GeometryArray, before: GeometryArray) -> [Int32] {
    var rows: [Int32] = []
    after.xs.withUnsafeBufferPointer { xs in
      after.ys.withUnsafeBufferPointer { ys in
        if zip(xs, ys).allSatisfy({ $0.isFinite && $1.isFinite }) { return }
        for row in 0..<before.count
        where before.coordinates(at: row).contains(where: { !xs[$0].isFinite || !ys[$0].isFinite }) {
          rows.append(Int32(row))
        }
      }
    }
    return rows
  }

  private static func makingNull(_ rows: [Int32], in geometry: GeometryArray) -> GeometryArray {
    var chosen = [Int32](0..<Int32(geometry.count))
    for row in rows { chosen[Int(row)] = -1 }
    return geometry.gather(chosen)
  }

  private func failure(
    inRow row: Int, before: GeometryArray, after: GeometryArray
  ) throws(ReferenceSystemError) -> TransformFailure? {
    guard let i = before.coordinates(at: row).first(where: { !after.xs[$0].isFinite || !after.ys[$0].isFinite })
    else { return nil }
    let (x, y) = (before.xs[i], before.ys[i])
    return TransformFailure(row: row, x: x, y: y, reason: try reason(x: x, y: y))
  }

  private func reason(x: Double, y: Double) throws(ReferenceSystemError) -> String {
    guard x.isFinite, y.isFinite else { return Self.notFinite }
    if source.isGeographic && abs(y) > 90 {
      let swapped = abs(x) <= 90 && abs(y) <= 180
      return "\(y) is no latitude (−90 to 90)" + (swapped ? "; are longitude and latitude swapped?" : "")
    }
    return try ProjectionContext.borrow { context throws(ReferenceSystemError) in
      let operation = try context.operation(from: definitions.source, to: definitions.target)
      proj_errno_reset(operation)
      _ = proj_trans(operation, PJ_FWD, proj_coord(x, y, 0, .infinity))
      return "it lies outside \(target.identifier): " + context.text(ofError: proj_errno(operation))
    }
  }
}

// MARK: - What is done

extension CoordinateTransform: CustomStringConvertible {
  /// The operation at the middle of the area of use, in a sentence.
  public var description: String {
    "\(source.identifier) → \(target.identifier): \((try? operation().description) ?? "unknown operation")"
  }

  /// What is done to a coordinate. PROJ may know several operations between two systems, each for a region.
  ///
  /// PROJ is asked about the systems themselves, with no search saved.
  ///
  /// - Parameter place: a coordinate in the source system; the middle of the smaller area of use unless given.
  /// - Throws: `ReferenceSystemError` when PROJ cannot be started or `place` has no image.
  public func operation(at place: (x: Double, y: Double)? = nil) throws(ReferenceSystemError) -> TransformOperation {
    if isIdentity { return TransformOperation(name: "nothing to do", accuracyMetres: 0, isBallpark: false) }
    let shifts = [
      source.shift.map { _ in "\(source.identifier) unshifted" },
      target.shift.map { _ in "shifted to \(target.identifier)" },
    ]
    guard needsPROJ else {
      return TransformOperation(
        name: shifts.compactMap(\.self).joined(separator: ", "), accuracyMetres: 1, isBallpark: false)
    }
    let found = try projOperation(at: place ?? middle)
    let name = [shifts[0], found.name, shifts[1]].compactMap(\.self).joined(separator: ", ")
    let null =
      Self.coincident.contains(source.geodeticNameOfDefinition)
      && Self.coincident.contains(target.geodeticNameOfDefinition)
    if null && found.isBallpark {
      return TransformOperation(
        name: name.replacing("Ballpark geographic offset", with: "equal coordinates"), accuracyMetres: 1,
        isBallpark: false)
    }
    let shifted = source.shift != nil || target.shift != nil
    return TransformOperation(
      name: name, accuracyMetres: shifted ? found.accuracyMetres.map { max($0, 1) } : found.accuracyMetres,
      isBallpark: found.isBallpark)
  }

  /// Geodetic systems that agree within a metre.
  private static let coincident: Set<String> = [
    ReferenceSystem.wgs84.geodeticName, ReferenceSystem.cgcs2000Name,
  ]

  /// A place in the source system where the operation is asked for.
  private var middle: (x: Double, y: Double) {
    let areas = [source.areaOfUse, target.areaOfUse].compactMap(\.self)
    guard let area = areas.min(by: { $0.width * $0.height < $1.width * $1.height }) else { return (0, 0) }
    let lonLat = (x: area.centerX, y: area.centerY)
    guard let there = try? CoordinateTransform(from: .wgs84, to: source).apply(x: lonLat.x, y: lonLat.y) else {
      return lonLat
    }
    return there
  }

  private func projOperation(at place: (x: Double, y: Double)) throws(ReferenceSystemError) -> TransformOperation {
    try ProjectionContext.borrow { context throws(ReferenceSystemError) in
      let operation = try context.operation(from: source.definition, to: target.definition)
      let image = proj_trans(operation, PJ_FWD, proj_coord(place.x, place.y, 0, .infinity))
      guard image.xy.x.isFinite, let used = proj_trans_get_last_used_operation(operation) else {
        throw .outOfDomain(
          x: place.x, y: place.y, target: target.identifier, reason: context.text(ofError: proj_errno(operation)))
      }
      defer { proj_destroy(used) }
      let accuracy = proj_coordoperation_get_accuracy(context.handle, used)
      return TransformOperation(
        name: proj_get_name(used).map { String(cString: $0) } ?? "unnamed",
        accuracyMetres: accuracy >= 0 ? accuracy : nil,
        isBallpark: proj_coordoperation_has_ballpark_transformation(context.handle, used) != 0)
    }
  }
}

extension ReferenceSystem {
  /// The geodetic system that PROJ sees: WGS 84 below our shifted systems.
  fileprivate var geodeticNameOfDefinition: String { shift == nil ? geodeticName : Self.wgs84.geodeticName }
}
