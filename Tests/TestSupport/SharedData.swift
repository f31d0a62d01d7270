import Foundation

/// Files of the real world, which lie beside the checkout and are no part of it.
public enum SharedData {
  /// `../shared/data` beside the package, or what the environment variable CATCHMENT_TEST_DATA says.
  public static let folder: String = {
    if let said = ProcessInfo.processInfo.environment["CATCHMENT_TEST_DATA"] { return said }
    var package = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { package.deleteLastPathComponent() }
    return package.deletingLastPathComponent().appendingPathComponent("shared/data").path
  }()

  public static let isThere = FileManager.default.fileExists(atPath: path("wuhan_streets.gpkg"))

  /// Why a test that needs them is skipped.
  public static let absence =
    "no real data in \(folder): put it there, or name its folder in the environment variable CATCHMENT_TEST_DATA"

  public static func path(_ name: String) -> String { folder + "/" + name }
}
