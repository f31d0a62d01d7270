// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A module of ours: `Sources/NAME`, tested by `Tests/NAMETests`.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

func system(_ name: String, _ pkgConfig: String, _ debianPackage: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debianPackage])])
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Catchment",
  products: [
    .executable(name: "catchment", targets: ["catchment"]),
    // For Tests/Performance, which measures these modules by themselves.
    .library(
      name: "CatchmentKernels",
      targets: [
        "WorkControl", "GeometryKernel", "SpatialIndexes", "DiscCoverage", "StreetNetworks", "Projections",
        "FeatureTables", "DataExchange", "DataCatalog", "TestSupport",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    system("CGEOS", "geos", "libgeos-dev"),
    system("CPROJ", "proj", "libproj-dev"),
    system("CSpatiaLite", "spatialite", "libspatialite-dev"),
    system("CGDAL", "gdal", "libgdal-dev"),
    system("CEditLine", "libedit", "libedit-dev"),
    .target(
      name: "CSimdjson", cxxSettings: [.treatAllWarnings(as: .error)], linkerSettings: [.linkedLibrary("simdjson")]),
    .systemLibrary(name: "CVectors"),
    .systemLibrary(name: "CMalloc"),

    // From text at the top to answers at the bottom; every arrow points up.
    module("WorkControl"),
    module("GeometryKernel"),
    module("QueryLanguage"),
    module("GeometryOperations", ["GeometryKernel", "CGEOS"]),
    module("Projections", ["GeometryKernel", "WorkControl", "CPROJ"]),
    module("SpatialIndexes", ["GeometryKernel", "WorkControl", "CVectors"]),
    module("DiscCoverage", ["GeometryKernel", "SpatialIndexes", "WorkControl"]),
    module("StreetNetworks", ["GeometryKernel", "SpatialIndexes", "WorkControl", "CVectors"]),
    module("FeatureTables", ["GeometryKernel"]),
    .target(
      name: "GeoData", path: "GeoData", exclude: [], sources: ["GeoData.swift"],
      resources: [.copy("layers")], swiftSettings: strict),
    module(
      "DataExchange",
      [
        "FeatureTables", "WorkControl", "Projections", "GeometryOperations", "StreetNetworks", "CGDAL", "CSimdjson",
      ]),
    module(
      "DataQuality",
      ["FeatureTables", "GeometryOperations", "SpatialIndexes", "Projections", "WorkControl"]),
    module(
      "DataCatalog",
      [
        "FeatureTables", "WorkControl", "Projections", "DataExchange", "StreetNetworks", "GeoData", "CSpatiaLite", grdb,
        sqlite,
      ]),
    module("QueryPlanning", ["QueryLanguage", "FeatureTables", "WorkControl"]),
    module(
      "QueryExecution",
      [
        "WorkControl", "QueryLanguage", "QueryPlanning", "DataCatalog", "DataQuality", "GeometryOperations",
        "Projections", "SpatialIndexes",
        "DiscCoverage", "StreetNetworks",
      ]),
    module("CatchmentEngine", ["QueryExecution", "DataExchange", "DataQuality", "StreetNetworks", "WorkControl"]),
    module("Reporting", ["CatchmentEngine", "DataExchange", "DataQuality"]),
    .executableTarget(
      name: "catchment",
      dependencies: ["Reporting", "CatchmentEngine", "WorkControl", "CEditLine", "CMalloc", argumentParser],
      swiftSettings: strict),

    // Draws the layers of GeoData and writes them; nothing that runs queries needs it.
    module("GeoDataDrawing"),
    .executableTarget(
      name: "geodata-generator", dependencies: ["GeoDataDrawing"], path: "Sources/GeoDataGenerator",
      swiftSettings: strict),

    // Seeded random numbers, temporary folders, drawn streets and real data, for the tests of every module.
    .target(
      name: "TestSupport", dependencies: ["GeometryKernel", "StreetNetworks"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("WorkControl"),
    tests("GeometryKernel"),
    tests("QueryLanguage"),
    tests("GeometryOperations"),
    tests("Projections", ["WorkControl", "CPROJ"]),
    tests("SpatialIndexes", ["WorkControl"]),
    tests("DiscCoverage", ["GeometryKernel", "GeometryOperations", "WorkControl"]),
    tests("StreetNetworks", ["GeometryKernel", "GeometryOperations", "WorkControl"]),
    tests("FeatureTables"),
    tests("GeoData", ["GeoDataDrawing", "GeometryKernel", "GeometryOperations", "Projections", "StreetNetworks"]),
    tests("DataExchange", exclude: ["Fixtures"]),
    tests("DataQuality", ["FeatureTables", "GeometryOperations", "GeometryKernel", "Projections", "WorkControl"]),
    tests("DataCatalog"),
    tests("QueryPlanning"),
    tests("QueryExecution", ["StreetNetworks", "GeometryKernel", "QueryLanguage", "QueryPlanning"]),
    tests("CatchmentEngine", ["DataQuality"]),
    tests("Reporting"),
    .testTarget(
      name: "GoldenQueries", dependencies: ["CatchmentEngine", "Reporting", "TestSupport"], exclude: ["Cases"],
      swiftSettings: strict),
    .testTarget(name: "CommandTests", dependencies: ["catchment", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WrongInputTests", dependencies: ["CatchmentEngine", "Reporting", "catchment", "TestSupport", sqlite],
      exclude: ["Cases"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
