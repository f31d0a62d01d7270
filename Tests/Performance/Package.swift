// swift-tools-version: 6.2
import PackageDescription

// Apart from the engine's package, so that building and testing the engine needs nothing of what measures it.
let package = Package(
  name: "Performance",
  dependencies: [
    .package(name: "Catchment", path: "../.."),
    // Without its traits: the interposers that they bring are packages of their own. Allocations are counted here.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(name: "CAllocationCount"),
    .executableTarget(
      name: "Kernels",
      dependencies: [
        "CAllocationCount",
        .product(name: "CatchmentKernels", package: "Catchment"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Kernels",
      swiftSettings: [.treatAllWarnings(as: .error)],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
