import Synchronization
import Testing
import WorkControl

@Suite struct WorkersTests {
  private struct Broken: Error, Equatable { let piece: Int }

  @Test(arguments: [1, 2, 3, 8]) func resultsComeInTheOrderOfThePieces(count: Int) throws {
    let results = try Workers(count).map(pieces: 100) { $0 * $0 }
    #expect(results == (0..<100).map { $0 * $0 })
    #expect(try Workers(count).map(pieces: 0) { $0 }.isEmpty)
  }

  @Test func eachPieceIsDoneOnce() throws {
    let done = Mutex(Array(repeating: 0, count: 1000))
    try Workers(4).forEach(pieces: 1000) { piece in done.withLock { $0[piece] += 1 } }
    #expect(done.withLock { $0.allSatisfy { $0 == 1 } })
  }

  @Test(arguments: [1, 2, 8]) func theFirstErrorInOrderIsThrown(count: Int) {
    for _ in 0..<50 {
      #expect(throws: Broken(piece: 3)) {
        try Workers(count).forEach(pieces: 40) { piece in if piece >= 3 { throw Broken(piece: piece) } }
      }
    }
  }

  @Test(arguments: [1, 2]) func cancellationStopsBetweenPieces(count: Int) {
    let monitor = WorkMonitor()
    let done = Atomic<Int>(0)
    #expect(throws: Cancelled.self) {
      try Workers(count, monitor: monitor).forEach(pieces: 1000) { piece in
        done.wrappingAdd(1, ordering: .relaxed)
        if piece == 10 { monitor.cancel() }
      }
    }
    #expect(done.load(ordering: .relaxed) < 11 + count)
  }

  @Test func runsCoverTheRangeOnceAndInOrder() {
    for workers in 1...4 {
      for count in [0, 1, 5, 99, 100, 1001] {
        let runs = Workers(workers).runs(of: count, atLeast: 10)
        #expect(runs.first?.lowerBound == 0 && runs.last?.upperBound == count)
        for (a, b) in zip(runs, runs.dropFirst()) { #expect(a.upperBound == b.lowerBound) }
      }
    }
  }
}
