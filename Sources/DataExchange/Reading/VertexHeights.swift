import CGDAL
import GeometryKernel
import WorkControl

extension LayerSource {
  /// The heights (Z) of lines that were read from a file, which are flat here: read again, and found by position, so
  /// that it does not matter which rows were kept. Of several at one position the first counts.
  ///
  /// - Parameters:
  ///   - options: With which the lines were read.
  ///   - lines: In the file's reference system.
  /// - Returns: One for each coordinate in the unit of the file, not a number where there is none.
  /// - Throws: `ExchangeError`, `noHeights` where no position has any; `Cancelled`. O(vertices of the file).
  public func heights(
    _ options: ImportOptions, at lines: GeometryArray, monitor: WorkMonitor = WorkMonitor()
  ) throws -> [Float] {
    guard case .file(let source) = self else {
      throw ExchangeError(.noHeights, "heights are read from files only.", fix: "Leave out with heights.")
    }
    let (file, options) = try source.choose(options)
    // GDAL reads what is otherwise read here, too, whose one layer it may name otherwise.
    let isGeoJSON = file.content == .json
    let drivers = isGeoJSON ? ["GeoJSON"] : GDALLibrary.importDrivers
    let heights = try GDALMessages.collecting { messages in
      try DatasetLayer.open(file, encoding: nil, drivers: drivers, messages: messages)
        .heights(isGeoJSON ? nil : options.layer, monitor: monitor)
    }
    let found = lines.withView { view in
      (0..<view.xs.count).map { heights[VertexPosition(view.xs[$0], view.ys[$0])] ?? .nan }
    }
    guard found.contains(where: \.isFinite) else {
      throw ExchangeError(
        .noHeights, "the lines of “\(file.name)” have no heights (Z).", fix: "Leave out with heights.")
    }
    return found
  }
}

private struct VertexPosition: Hashable {
  private let x: UInt64
  private let y: UInt64

  init(_ x: Double, _ y: Double) {
    // Adding 0 makes −0 and 0 one position.
    self.x = (x + 0).bitPattern
    self.y = (y + 0).bitPattern
  }
}

extension DatasetLayer {
  fileprivate borrowing func heights(
    _ wanted: String?, monitor: WorkMonitor
  ) throws -> [VertexPosition: Float] {
    let layer = try choose(wanted)
    var heights: [VertexPosition: Float] = [:]
    var rows = 0
    OGR_L_ResetReading(layer)
    while let feature = OGR_L_GetNextFeature(layer) {
      defer { OGR_F_Destroy(feature) }
      if let geometry = OGR_F_GetGeometryRef(feature), OGR_G_Is3D(geometry) != 0 { Self.collect(geometry, &heights) }
      rows += 1
      if rows & 0x3FF == 0 { try monitor.report("reading the heights of \(file.name)", fraction: nil, done: rows) }
    }
    return heights
  }

  private static func collect(_ geometry: OGRGeometryH, _ heights: inout [VertexPosition: Float]) {
    for part in 0..<OGR_G_GetGeometryCount(geometry) {
      if let part = OGR_G_GetGeometryRef(geometry, part) { collect(part, &heights) }
    }
    for vertex in 0..<OGR_G_GetPointCount(geometry) {
      let height = Float(OGR_G_GetZ(geometry, vertex))
      let position = VertexPosition(OGR_G_GetX(geometry, vertex), OGR_G_GetY(geometry, vertex))
      if height.isFinite, heights[position] == nil { heights[position] = height }
    }
  }
}
