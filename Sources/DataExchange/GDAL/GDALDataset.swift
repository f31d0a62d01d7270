import CGDAL

/// An open dataset; closed on every path out of the scope that holds it.
struct GDALDataset: ~Copyable {
  let handle: GDALDatasetH

  init(_ handle: GDALDatasetH) { self.handle = handle }

  /// Opens a vector file for reading; `nil` when none of the drivers takes it.
  init?(reading path: String, drivers: [String], options: [String]) {
    GDALLibrary.start()
    let opened = GDALLibrary.withStrings(drivers) { drivers in
      GDALLibrary.withStrings(options) { options in
        GDALOpenEx(path, UInt32(GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR), drivers, options, nil)
      }
    }
    guard let opened else { return nil }
    handle = opened
  }

  deinit { GDALClose(handle) }

  /// Closes now, so that what closing has to say can still be heard.
  consuming func close() {}

  var driverName: String {
    guard let driver = GDALGetDatasetDriver(handle), let name = GDALGetDriverShortName(driver) else { return "" }
    return String(cString: name)
  }

  var layerCount: Int { Int(GDALDatasetGetLayerCount(handle)) }

  func layer(_ index: Int) -> OGRLayerH? { GDALDatasetGetLayer(handle, Int32(index)) }
}
