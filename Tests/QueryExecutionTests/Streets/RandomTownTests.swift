import FeatureTables
import GeometryKernel
import StreetNetworks
import TestSupport
import Testing

/// Verbs in random towns against every way by Floyd and Warshall; streets count whole centimetres, so that a way of a few
/// stretches is off by a few of them.
@Suite struct RandomTownTests {
  private static let tolerance = 0.05

  private func town(_ world: RandomTown) throws -> Town {
    let town = Town(try world.graph())
    town.settings.snapping = Snapping(limit: 1000, isolatedShare: 0)
    town.add("homes", world.homes)
    town.add("clinics", world.clinics)
    return town
  }

  private func numbers(_ table: Table, _ name: String) throws -> [Double?] {
    let column = try #require(table[name])
    return (0..<table.rowCount).map { row in
      switch column.value(at: row) {
      case .number(let value): value
      case .integer(let value): Double(value)
      default: nil
      }
    }
  }

  @Test(arguments: 0..<6) func everyVerbAgreesWithEveryWay(_ round: Int) throws {
    let seed = UInt64(4100 + round)
    var random = SplitMix64(seed: seed)
    let world = RandomTown(&random, homes: 40, clinics: 1 + Int(random.next() % 9))
    let town = try town(world)
    for (mode, word) in [("walk", ""), ("cycle", ""), ("drive", "from ")] {
      let ways = world.distances(wheels: mode != "walk", fromClinics: !word.isEmpty)
      let context: Comment = "seed \(seed), by \(mode) \(word)"
      let limit = 350.0
      // Nobody is so near to the limit that a centimetre decides.
      let isClear = ways.map { $0.allSatisfy { abs($0 - limit) > Self.tolerance } }
      let reached = ways.map { $0.count { $0 <= limit } }

      let within = try town.ask("homes | within \(Int(limit)) m by \(mode) \(word.isEmpty ? "of" : "from") clinics")
      let kept = Set(try numbers(within, "id").compactMap(\.self))
      for home in ways.indices where isClear[home] {
        #expect(kept.contains(Double(home + 1)) == (reached[home] > 0), context)
      }
      let beyond = try town.ask("homes | beyond \(Int(limit)) m by \(mode) \(word.isEmpty ? "of" : "from") clinics")
      #expect(beyond.rowCount == 40 - within.rowCount, context)

      let around = try town.ask(
        "homes | around \(Int(limit)) m by \(mode) \(word)clinics as c (n = count(), d = sum(distance))")
      let counts = try numbers(around, "c.n")
      let sums = try numbers(around, "c.d")
      for home in ways.indices where isClear[home] {
        #expect(counts[home] == Double(reached[home]), context)
        #expect(abs((sums[home] ?? 0) - ways[home].filter { $0 <= limit }.reduce(0, +)) < 9 * Self.tolerance, context)
      }
      for count in [1, 3] {
        let nearest = try town.ask("homes | nearest \(count) \(word)clinics as c within 40 km by \(mode)")
        var found = [[Double]](repeating: [], count: 40)
        for (id, distance) in zip(try numbers(nearest, "id"), try numbers(nearest, "c.distance")) {
          if let id, let distance { found[Int(id) - 1].append(distance) }
        }
        for home in ways.indices {
          let expected = ways[home].filter(\.isFinite).sorted().prefix(count)
          #expect(found[home].count == expected.count, context)
          #expect(zip(found[home], expected).allSatisfy { abs($0 - $1) < Self.tolerance }, context)
        }
      }
    }
  }

  /// 252 s are 350 m at 5 km/h.
  @Test(arguments: 0..<3) func timesFollowFromLengthsAndRoutesFromBoth(_ round: Int) throws {
    let seed = UInt64(4200 + round)
    var random = SplitMix64(seed: seed)
    let world = RandomTown(&random, homes: 30, clinics: 4)
    let town = try town(world)
    let times = try numbers(town.ask("homes | nearest 1 clinics as c by walk"), "c.time")
    let ways = try town.ask("homes | nearest 1 clinics as c within 90 km by walk with route | derive l = length()")
    let lengths = try numbers(ways, "c.distance")
    let drawn = try numbers(ways, "l")
    let straight = try numbers(town.ask("homes | nearest 1 clinics as c"), "c.distance")
    for home in 0..<30 {
      guard let time = times[home], let length = lengths[home], let line = drawn[home], let air = straight[home] else {
        #expect(times[home] == nil && lengths[home] == nil, "seed \(seed)")
        continue
      }
      #expect(abs(time * 5 / 3.6 - length) < 0.1, "seed \(seed)")
      #expect(abs(line - length) < Self.tolerance, "seed \(seed)")
      #expect(length > air - Self.tolerance, "seed \(seed)")
    }
    // On foot there and back are the same.
    let back = try numbers(town.ask("homes | nearest 1 from clinics as c within 90 km by walk"), "c.distance")
    #expect(back == lengths, "seed \(seed)")
    var last = 0
    for minutes in [0, 1, 2, 3, 5, 8, 13, 60] {
      let kept = try town.ask("homes | within \(minutes) min by walk of clinics").rowCount
      #expect(kept >= last, "seed \(seed)")
      last = kept
    }
  }

  /// Batches and threads change nothing, not a byte.
  @Test func answersAreTheSameOnAnyNumberOfThreads() throws {
    var random = SplitMix64(seed: 4300)
    let world = RandomTown(&random, homes: 300, clinics: 12)
    let town = try town(world)
    town.settings.snapping = Snapping(limit: 30)
    let queries = [
      "homes | nearest 3 clinics as c by walk", "homes | beyond 3 min by cycle of clinics",
      "homes | within 300 m by drive from clinics", "homes | nearest 1 clinics as c by drive with route",
      "homes | around 5 min by walk clinics as c (n = count(), t = sum(time))",
    ]
    for query in queries {
      var expected: [String]?
      for (workers, batchRows) in [(1, 16_384), (1, 17), (2, 40), (3, 17)] {
        town.workers = workers
        town.batchRows = batchRows
        let table = try town.ask(query)
        let lines = (0..<table.rowCount).map { row in
          table.columns.map { column in
            column.geometry?.wkt(at: row, decimals: 9) ?? "\(column.value(at: row))"
          }.joined(separator: " | ")
        }
        #expect(lines + town.notes == expected ?? lines + town.notes, "\(query), \(workers) workers")
        expected = lines + town.notes
      }
    }
  }
}
