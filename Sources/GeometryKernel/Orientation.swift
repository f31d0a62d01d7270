/// The side of the directed line a → b on which c lies: 1 left, −1 right, 0 exactly on the line.
///
/// Exact for every input whose products neither overflow nor underflow: the determinant is taken in floating point, and
/// only where its error bound leaves the sign in doubt is it summed again without rounding (J. R. Shewchuk, *Adaptive
/// Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates*, 1997; GEOS `Orientation::index` asks
/// double-double arithmetic in the same place).
@inlinable
@inline(__always)
public func orientation(
  _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ cx: Double, _ cy: Double
) -> Int {
  let left = (ax - cx) * (by - cy)
  let right = (ay - cy) * (bx - cx)
  let determinant = left - right
  // Shewchuk's ccwerrboundA, (3 + 16ε)ε with ε = 2⁻⁵³.
  let bound = 3.3306690738754716e-16 * (left.magnitude + right.magnitude)
  if determinant > bound { return 1 }
  if determinant < -bound { return -1 }
  return exactOrientation(ax, ay, bx, by, cx, cy)
}

/// The sign of ax·by − ax·cy − cx·by − ay·bx + ay·cx + cy·bx, each product split into its exact two halves.
@inline(never)
@usableFromInline
func exactOrientation(
  _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ cx: Double, _ cy: Double
) -> Int {
  if (ax == cx && ay == cy) || (bx == cx && by == cy) || (ax == bx && ay == by) { return 0 }
  return withUnsafeTemporaryAllocation(of: Double.self, capacity: 12) { terms in
    var count = 0
    addProduct(ax, by, to: terms, &count)
    addProduct(-ax, cy, to: terms, &count)
    addProduct(-cx, by, to: terms, &count)
    addProduct(-ay, bx, to: terms, &count)
    addProduct(ay, cx, to: terms, &count)
    addProduct(cy, bx, to: terms, &count)
    // The components do not overlap and grow in magnitude: the last that is not zero has the sum's sign.
    while count > 0 {
      count -= 1
      if terms[count] != 0 { return terms[count] > 0 ? 1 : -1 }
    }
    return 0
  }
}

private func addProduct(_ a: Double, _ b: Double, to terms: UnsafeMutableBufferPointer<Double>, _ count: inout Int) {
  let product = a * b
  grow(terms, &count, by: (-product).addingProduct(a, b))
  grow(terms, &count, by: product)
}

/// Shewchuk's GROW-EXPANSION: adds one number to a sum that is kept as components.
private func grow(_ terms: UnsafeMutableBufferPointer<Double>, _ count: inout Int, by value: Double) {
  var carry = value
  for i in 0..<count {
    let term = terms[i]
    let sum = carry + term
    let shift = sum - carry
    terms[i] = (carry - (sum - shift)) + (term - shift)
    carry = sum
  }
  terms.initializeElement(at: count, to: carry)
  count += 1
}
