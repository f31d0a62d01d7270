import GeometryKernel

/// Morton's order of positions: neighbours in the list are mostly neighbours in the plane.
enum ZOrder {
  private struct Entry {
    var key: UInt64
    var row: Int32
  }

  /// The rows of distinct positions in Z-order; of equal positions the first row. O(n).
  static func distinct(_ xs: [Double], _ ys: [Double]) -> [Int32] {
    var extent = Box.empty
    for i in xs.indices { extent.formUnion(x: xs[i], y: ys[i]) }
    let scale = 0x1p32 / max(extent.width, extent.height)
    var entries = xs.indices.map { i in
      Entry(
        key: spread(cell(xs[i] - extent.minX, scale)) | spread(cell(ys[i] - extent.minY, scale)) << 1,
        row: Int32(truncatingIfNeeded: i))
    }
    sort(&entries)
    var rows: [Int32] = []
    rows.reserveCapacity(entries.count)
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].key == entries[start].key { end += 1 }
      // Positions of one key are mostly, but not always, equal.
      if end - start > 1 {
        entries[start..<end].sort { a, b in
          let (a, b) = (Int(a.row), Int(b.row))
          return (xs[a], ys[a], a) < (xs[b], ys[b], b)
        }
      }
      for i in start..<end {
        let row = Int(entries[i].row)
        if i > start {
          let before = Int(entries[i - 1].row)
          if xs[before] == xs[row], ys[before] == ys[row] { continue }
        }
        rows.append(entries[i].row)
      }
      start = end
    }
    return rows
  }

  /// 0…2³² − 1; 0 for what is not a number, as when all positions are one.
  private static func cell(_ offset: Double, _ scale: Double) -> UInt64 {
    let cell = offset * scale
    return cell > 0 ? UInt64(min(cell, 0xFFFF_FFFF)) : 0
  }

  /// Puts a zero before each of the lower 32 bits.
  private static func spread(_ bits: UInt64) -> UInt64 {
    var x = bits
    x = (x | x << 16) & 0x0000_FFFF_0000_FFFF
    x = (x | x << 8) & 0x00FF_00FF_00FF_00FF
    x = (x | x << 4) & 0x0F0F_0F0F_0F0F_0F0F
    x = (x | x << 2) & 0x3333_3333_3333_3333
    return (x | x << 1) & 0x5555_5555_5555_5555
  }

  /// A radix sort, eleven bits at a time.
  private static func sort(_ entries: inout [Entry]) {
    var other = entries
    for shift in stride(from: UInt64(0), to: 64, by: 11) {
      var starts = [Int](repeating: 0, count: 2049)
      for entry in entries { starts[Int(entry.key >> shift & 2047) + 1] += 1 }
      for digit in 0..<2048 { starts[digit + 1] += starts[digit] }
      for entry in entries {
        let digit = Int(entry.key >> shift & 2047)
        other[starts[digit]] = entry
        starts[digit] += 1
      }
      swap(&entries, &other)
    }
  }
}
