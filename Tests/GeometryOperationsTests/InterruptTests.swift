import CGEOS
import GeometryKernel
import Testing

@testable import GeometryOperations

/// The switch is one for the process, so these tests run in processes of their own.
@Suite struct InterruptTests {
  @Test func aRequestEndsOperationsUntilItIsCleared() async {
    await #expect(processExitsWith: .success) {
      let context = try GEOSContext()
      let square = areas([corners(0, 0, 1, 1)])
      GeometryInterrupt.request()
      #expect(throws: GeometryError.cancelled) { try context.buffer(square, distance: 1) }
      #expect(throws: GeometryError.cancelled) { try context.union(square) }
      GeometryInterrupt.clear()
      #expect(try context.union(square).area(at: 0) == 1)
    }
  }

  @Test func aRequestEndsAGEOSCallFromWithin() async {
    await #expect(processExitsWith: .success) {
      let context = try GEOSContext()
      var stack = GeometryStack(in: context.handle)
      let discs = try context.buffer(
        GeometryArray(pointsX: (0..<50).map { Double($0) }, y: [Double](repeating: 0, count: 50)), distance: 5)
      for row in 0..<discs.count { stack.push(try context.geometry(discs, row: row)) }
      let collection = try context.collection(&stack, GEOS_GEOMETRYCOLLECTION)
      // Asked for after the last look that our loops take, and in another context too.
      GeometryInterrupt.request()
      _ = try GEOSContext()
      for _ in 0..<2 {
        let error = #expect(throws: GeometryError.self) {
          _ = try context.owned(GEOSUnaryUnion_r(context.handle, collection.pointer), "GEOSUnaryUnion_r").pointer
        }
        #expect(error == .cancelled)
      }
      GeometryInterrupt.clear()
      _ = try context.owned(GEOSUnaryUnion_r(context.handle, collection.pointer), "GEOSUnaryUnion_r").pointer
    }
  }
}
