/// A cost and the facility it leads to in one number, ordered by cost, then by the facility's row.
struct FacilityLabel: Comparable, BitwiseCopyable, Sendable {
  var bits: UInt64

  @inline(__always)
  init(bits: UInt64) { self.bits = bits }

  @inline(__always)
  init(_ cost: UInt32, _ facility: Int32) { bits = UInt64(cost) << 32 | UInt64(UInt32(bitPattern: facility)) }

  /// More than any other.
  static let none = FacilityLabel(bits: .max)

  @inline(__always) var isNone: Bool { bits == .max }
  @inline(__always) var cost: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
  @inline(__always) var facility: Int32 { Int32(truncatingIfNeeded: bits) }

  /// The same facility at a higher cost; the sum must fit 32 bits.
  @inline(__always)
  func adding(_ cost: UInt32) -> FacilityLabel { FacilityLabel(bits: bits &+ UInt64(cost) << 32) }

  /// The same facility at a lower cost.
  @inline(__always)
  func subtracting(_ cost: UInt32) -> FacilityLabel { FacilityLabel(bits: bits &- UInt64(cost) << 32) }

  @inline(__always)
  static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }
}
