import WorkControl

/// An OpenStreetMap file of either format, read twice: first for the streets, then for the nodes that they name, so that
/// memory is what the streets need, however large the file is.
protocol StreetMapSource {
  func ways(_ filter: StreetFilter, _ workers: Workers) throws -> StreetMapWays

  /// - Parameter nodes: Ids, ascending, each once.
  func positions(of nodes: [Int64], _ workers: Workers) throws -> StreetMapPositions
}

/// Which ways are streets.
struct StreetFilter {
  /// Ferries are left out unless asked for: they have timetables.
  var ferries = false
}

/// Ways that are streets, in the order of the file.
struct StreetMapWays {
  var ids: [Int64] = []
  var tags: [StreetTags] = []
  /// Offsets into `nodes`, one more than there are ways.
  var starts: [Int32] = [0]
  var nodes: [Int64] = []
  /// Ways with a class on which nobody travels, and ferries, by class.
  var leftOut: [String: Int] = [:]

  /// Whether a way is a street; counts those that look like one.
  mutating func takes(_ tags: StreetTags, _ filter: StreetFilter) -> Bool {
    guard let name = tags.streetClass else { return false }
    if StreetTags.classes.contains(name) || (name == StreetTags.ferry && filter.ferries) { return true }
    leftOut[name, default: 0] += 1
    return false
  }

  mutating func endWay(_ id: Int64, _ tags: StreetTags) {
    ids.append(id)
    self.tags.append(tags)
    starts.append(Int32(truncatingIfNeeded: nodes.count))
  }

  mutating func append(_ other: StreetMapWays) {
    let offset = Int32(truncatingIfNeeded: nodes.count)
    ids += other.ids
    tags += other.tags
    nodes += other.nodes
    starts += other.starts.dropFirst().map { $0 &+ offset }
    leftOut.merge(other.leftOut, uniquingKeysWith: +)
  }
}

/// Longitudes and latitudes of nodes; NaN for those that the file does not have.
struct StreetMapPositions {
  private(set) var longitudes: [Double]
  private(set) var latitudes: [Double]

  init(count: Int) {
    longitudes = Array(repeating: .nan, count: count)
    latitudes = longitudes
  }

  mutating func set(_ place: Int, _ longitude: Double, _ latitude: Double) {
    longitudes[place] = longitude
    latitudes[place] = latitude
  }
}

/// Finds numbers in an ascending list, fast where they are asked for in ascending order.
struct AscendingSearch {
  private let values: [Int64]
  private var next = 0

  init(_ values: [Int64]) { self.values = values }

  /// Where the number is in the list; `nil` where it is not. O(log n), O(1) for what follows soon after the last.
  mutating func find(_ value: Int64) -> Int? {
    var low = 0
    var high = values.count
    if next < values.count, values[next] <= value {
      // Doubling steps from where the last one was.
      var step = 1
      while next + step < high, values[next + step] <= value { step *= 2 }
      low = next + step / 2
      high = min(high, next + step)
    } else {
      high = min(high, next)
    }
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    next = low
    return low < values.count && values[low] == value ? low : nil
  }
}
