import Benchmark
import CAllocationCount
import Glibc

extension BenchmarkMetric {
  /// Memory asked for in one iteration, by all threads; the same on every machine.
  static let allocations = BenchmarkMetric.custom("Allocations", polarity: .prefersSmaller, useScalingFactor: false)
}

/// One kernel: what it does is measured, what it says is checked, each time.
///
/// - Parameters:
///   - prepare: Makes what the work needs, before the first measurement.
///   - work: What is measured.
///   - check: What is wrong with the answer, if anything; the run then fails.
func kernel<Input, Answer>(
  _ name: String, prepare: @escaping () throws -> Input, work: @escaping (Input) throws -> Answer,
  check: @escaping (Answer) -> String?
) {
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .cpuUser, .allocations], warmupIterations: 1, maxDuration: .seconds(5), maxIterations: 7)
  let prepared = Prepared<Input>()
  Benchmark(name, configuration: configuration) { benchmark in
    let ready = try prepared.input ?? prepare()
    prepared.input = ready
    benchmark.startMeasurement()
    let before = allocation_count()
    let answer = try work(ready)
    let made = allocation_count() - before
    benchmark.stopMeasurement()
    benchmark.measurement(.allocations, made)
    if let wrong = check(answer) {
      benchmark.error("\(name): \(wrong)")
      // The runner would report it and still end with status 0; it fails where a benchmark's process does.
      atexit {
        fflush(nil)
        _exit(1)
      }
    }
  } teardown: {
    prepared.input = nil
  }
}

/// What a kernel works on, from its first iteration to its last; files among it are removed then.
private final class Prepared<Input> {
  var input: Input?
}

/// What is wrong unless the two are equal.
func differs<Value: Equatable>(_ answer: Value, from expected: Value) -> String? {
  answer == expected ? nil : "\(answer) instead of \(expected)"
}

/// What is wrong unless the two are equal to a share of the expected.
func differs(_ answer: Double, from expected: Double, byMore share: Double) -> String? {
  abs(answer - expected) <= share * abs(expected) ? nil : "\(answer) instead of \(expected)"
}
