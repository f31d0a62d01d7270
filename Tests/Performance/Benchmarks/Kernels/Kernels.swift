import Benchmark

// The expected answers come from other programs over the same points and cells, as each room says; or follow from how
// the data is made.
let benchmarks: @Sendable () -> Void = {
  joins()
  areas()
  coverage()
  streets()
  ingest()
}
