/// The loops of fixed-size kernels. The body is inlined where they are used: no call and no allocation a row.

@inline(__always)
func map<A, R>(_ a: Operand<A>, count: Int, _ body: (A) -> R) -> [R] {
  let (start, step) = (a.start, a.step)
  return [R](unsafeUninitializedCapacity: count) { result, initialized in
    a.values.withUnsafeBufferPointer { a in
      for i in 0..<count { result.initializeElement(at: i, to: body(a[start + i &* step])) }
    }
    initialized = count
  }
}

@inline(__always)
func map<A, B, R>(_ a: Operand<A>, _ b: Operand<B>, count: Int, _ body: (A, B) -> R) -> [R] {
  let (startA, stepA, startB, stepB) = (a.start, a.step, b.start, b.step)
  return [R](unsafeUninitializedCapacity: count) { result, initialized in
    a.values.withUnsafeBufferPointer { a in
      b.values.withUnsafeBufferPointer { b in
        for i in 0..<count {
          result.initializeElement(at: i, to: body(a[startA + i &* stepA], b[startB + i &* stepB]))
        }
      }
    }
    initialized = count
  }
}

/// True where both are; an empty array means true everywhere.
func both(_ a: [Bool], _ b: [Bool]) -> [Bool] {
  if a.isEmpty { return b }
  if b.isEmpty { return a }
  return map(Operand(values: a, start: 0, step: 1), Operand(values: b, start: 0, step: 1), count: a.count) { $0 && $1 }
}
