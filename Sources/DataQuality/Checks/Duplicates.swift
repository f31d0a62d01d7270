import FeatureTables
import GeometryKernel
import WorkControl

/// Rows that share a place: exact duplicates, places given twice, and pile-ups.
///
/// - A row with the geometry and all the attributes of an earlier one (but for its number) is a duplicate: certain.
/// - A row with the geometry of an earlier one and other attributes has a place that was given twice: suspected, for two
///   things may be in one place.
/// - Many points with different attributes on one place are what a geocoder gives that knows the town and no more:
///   suspected where they are `leastPileUp` or more, and 10 times as many as the median row has beside it.
///
/// Geometry is compared bit by bit. O(vertices + rows × columns of the rows that share a place).
enum Duplicates {
  static let leastPileUp = 5

  static func symptoms(of layer: CheckedLayer, _ workers: Workers) throws -> [Symptom] {
    guard let geometry = layer.geometry else { return [] }
    try workers.monitor.report("looking for duplicates", fraction: nil, done: 0)
    let places = try SharedPlaces(geometry, workers.monitor)
    var duplicates: [Int32: Int32] = [:]
    var sharing: [Int32: Int32] = [:]
    var piles: [(first: Int32, rows: [Int32])] = []
    var sizes: [Int] = []
    let attributes = Attributes(layer.table)
    for rows in places.groups {
      var distinct: [Int32] = []
      var firsts: [UInt64: [Int32]] = [:]
      for (number, row) in rows.enumerated() {
        try workers.monitor.check(atRow: number)
        let hash = attributes.hash(of: Int(row))
        if let twin = firsts[hash]?.first(where: { attributes.areEqual(Int($0), Int(row)) }) {
          duplicates[row] = twin
        } else {
          firsts[hash, default: []].append(row)
          distinct.append(row)
        }
      }
      guard distinct.count > 1 else { continue }
      sizes.append(distinct.count)
      piles.append((distinct[0], distinct))
    }
    let least = max(leastPileUp, 10 * (usualCompany(sizes.sorted(), ofRows: geometry.count) - 1))
    var piled: [Int32: (first: Int32, size: Int)] = [:]
    for pile in piles {
      if pile.rows.count >= least, geometry.kind(at: Int(pile.first)) == .point {
        for row in pile.rows { piled[row] = (pile.first, pile.rows.count) }
      } else {
        for row in pile.rows.dropFirst() { sharing[row] = pile.first }
      }
    }
    let (twins, others, pileOf) = (duplicates, sharing, piled)
    var repeated = Symptom(
      kind: .duplicateFeature, rows: duplicates.keys.sorted(),
      detail: { row in "as \(layer.label(ofOther: twins[Int32(row)]))" })
    repeated.twin = { twins[$0] }
    return [
      repeated,
      Symptom(
        kind: .duplicatePlace, rows: sharing.keys.sorted(),
        detail: { row in "the place of \(layer.label(ofOther: others[Int32(row)]))" }),
      Symptom(
        kind: .pileUp, rows: piled.keys.sorted(),
        detail: { row in "\(pileOf[Int32(row)]?.size ?? 0) rows on this place" }),
    ]
  }
}

extension Duplicates {
  /// How many rows are on the place of the median row.
  private static func usualCompany(_ sizes: [Int], ofRows count: Int) -> Int {
    var rows = count - sizes.reduce(0, +)
    for size in sizes {
      if 2 * rows >= count { break }
      rows += size
      if 2 * rows >= count { return size }
    }
    return 1
  }
}

extension CheckedLayer {
  fileprivate func label(ofOther row: Int32?) -> String { row.map { label(of: Int($0)) } ?? "" }
}

/// Rows whose geometries are equal bit by bit.
private struct SharedPlaces {
  /// Groups of two rows or more, by their first rows; rows ascend.
  let groups: [[Int32]]

  /// A hash table with open addressing over first rows. O(vertices).
  init(_ geometry: GeometryArray, _ monitor: WorkMonitor) throws {
    var capacity = 16
    while capacity < 2 * geometry.count { capacity *= 2 }
    var slots = [Int32](repeating: -1, count: capacity)
    var next: [Int32: [Int32]] = [:]
    try geometry.withView { view in
      for row in 0..<view.count where !view.coordinates(at: row).isEmpty {
        try monitor.check(atRow: row)
        var slot = Int(truncatingIfNeeded: view.hash(of: row)) & (capacity - 1)
        while slots[slot] >= 0, !view.areEqual(Int(slots[slot]), row) { slot = (slot + 1) & (capacity - 1) }
        if slots[slot] < 0 {
          slots[slot] = Int32(row)
        } else {
          next[slots[slot], default: [slots[slot]]].append(Int32(row))
        }
      }
    }
    groups = next.keys.sorted().compactMap { next[$0] }
  }
}

extension GeometryView {
  fileprivate func hash(of row: Int) -> UInt64 {
    var state: UInt64 = 0
    for i in coordinates(at: row) { state = mixed(mixed(state ^ (xs[i] + 0).bitPattern) ^ (ys[i] + 0).bitPattern) }
    return state
  }

  fileprivate func areEqual(_ a: Int, _ b: Int) -> Bool {
    let one = coordinates(at: a)
    let other = coordinates(at: b)
    guard one.count == other.count, isPointsLayout || hasStructure(of: a, b) else { return false }
    let shift = other.lowerBound - one.lowerBound
    return one.allSatisfy { xs[$0] == xs[$0 + shift] && ys[$0] == ys[$0 + shift] }
  }

  private func hasStructure(of a: Int, _ b: Int) -> Bool {
    let one = parts(at: a)
    let other = parts(at: b)
    guard one.count == other.count else { return false }
    return zip(one, other).allSatisfy { p, q in
      dimension(ofPart: p) == dimension(ofPart: q)
        && zip(rings(ofPart: p), rings(ofPart: q)).allSatisfy {
          coordinates(ofRing: $0).count == coordinates(ofRing: $1).count
        } && rings(ofPart: p).count == rings(ofPart: q).count
    }
  }
}

/// The columns by which rows are told apart: all but geometries and running numbers.
private struct Attributes {
  private let columns: [Column]

  init(_ table: Table) {
    columns = zip(table.schema.fields, table.columns).filter { field, _ in
      field.type != .geometry && !CheckedLayer.isNumber(field)
    }.map(\.1)
  }

  func hash(of row: Int) -> UInt64 {
    var state: UInt64 = 1
    for column in columns {
      guard !column.isNull(at: row) else {
        state = mixed(state ^ 0x9E37_79B9)
        continue
      }
      switch column.storage {
      case .boolean(let values): state = mixed(state ^ (values[row] ? 3 : 5))
      case .integer(let values): state = mixed(state ^ UInt64(bitPattern: values[row]))
      case .number(let values): state = mixed(state ^ values[row].bitPattern)
      case .date(let values): state = mixed(state ^ UInt64(bitPattern: Int64(values[row])))
      case .text(let values): for byte in values.utf8(at: row) { state = mixed(state ^ UInt64(byte)) }
      case .geometry: continue
      }
    }
    return state
  }

  func areEqual(_ a: Int, _ b: Int) -> Bool {
    columns.allSatisfy { column in
      if column.isNull(at: a) || column.isNull(at: b) { return column.isNull(at: a) == column.isNull(at: b) }
      switch column.storage {
      case .boolean(let values): return values[a] == values[b]
      case .integer(let values): return values[a] == values[b]
      case .number(let values): return values[a] == values[b]
      case .date(let values): return values[a] == values[b]
      case .text(let values): return values.compare(a, to: values, b) == 0
      case .geometry: return true
      }
    }
  }
}

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
private func mixed(_ value: UInt64) -> UInt64 {
  var z = value &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
