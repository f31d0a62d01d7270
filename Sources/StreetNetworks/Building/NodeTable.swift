/// The places of nodes by their ids: open addressing, without a collection's overhead for millions of look-ups.
struct NodeTable {
  private var ids: [Int64]
  /// −1 for a free slot.
  private var places: [Int32]

  init(expecting count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    ids = [Int64](repeating: 0, count: size)
    places = [Int32](repeating: -1, count: size)
  }

  /// −1 for an id that is not there.
  subscript(id: Int64) -> Int32 {
    get { places[slot(of: id)] }
    set {
      let slot = slot(of: id)
      ids[slot] = id
      places[slot] = newValue
    }
  }

  /// Where the id is, or the free slot where it belongs; there always is one, as the table is at most half full.
  private func slot(of id: Int64) -> Int {
    let mixed = UInt64(bitPattern: id) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed >> 32) & (ids.count - 1)
    while places[slot] >= 0, ids[slot] != id { slot = (slot + 1) & (ids.count - 1) }
    return slot
  }
}
