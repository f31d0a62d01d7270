import FeatureTables
import GeometryKernel
import Projections
import TestSupport

@testable import DataQuality

/// A clean layer of points in and around Jinan with everything that the checks look at, and the ways to spoil it.
struct CityOfPoints {
  static let names = ["历下区", "市中区", "天桥区", "历城区"]
  /// The districts: four squares of a quarter of a degree.
  static let corners: [Position] = [(116.9, 36.5), (117.15, 36.5), (116.9, 36.75), (117.15, 36.75)]

  var xs: [Double] = []
  var ys: [Double] = []
  var titles: [String] = []
  var districts: [String] = []
  var opened: [String] = []
  var floors: [String] = []
  private var floorsAreText = false
  private(set) var spoiled: [ProblemKind: Set<Int32>] = [:]
  private var free: [Int]
  private var random: SplitMix64

  init(count: Int, seed: UInt64) {
    random = SplitMix64(seed: seed)
    free = Array(0..<count)
    for row in 0..<count {
      let district = Int.random(in: 0..<4, using: &random)
      let corner = Self.corners[district]
      // Towns: half of the rows are near the middle of their district.
      let spread = row % 2 == 0 ? 0.02 : 0.12
      xs.append(Self.rounded(corner.x + 0.125 + Double.random(in: -spread...spread, using: &random)))
      ys.append(Self.rounded(corner.y + 0.125 + Double.random(in: -spread...spread, using: &random)))
      titles.append("小区\(row)")
      districts.append(Self.names[district])
      let (month, day) = (Int.random(in: 1...12, using: &random), Int.random(in: 1...28, using: &random))
      opened.append("\(2000 + row % 24)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)")
      floors.append("\(Int.random(in: 1...33, using: &random))")
    }
    free.shuffle(using: &random)
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

  static func references() throws -> [ReferenceAreas] {
    var shapes = DrawnShapes()
    for corner in corners { shapes.area(square(corner.x, corner.y, 0.25)) }
    let table = DataQualityTests.layer(shapes.finish(), [("name", .texts(names))]).table
    return [ReferenceAreas(name: "districts", table: table, uncertainty: 0)].compactMap { $0 }
  }

  func layer() -> CheckedLayer {
    var shapes = DrawnShapes()
    for row in xs.indices {
      if spoiled[.missingGeometry]?.contains(Int32(row)) ?? false {
        shapes.null()
      } else if spoiled[.emptyGeometry]?.contains(Int32(row)) ?? false {
        shapes.empty(.point)
      } else {
        shapes.point(xs[row], ys[row])
      }
    }
    let columns: [(String, Column)] = [
      ("id", Column(.integer(titles.indices.map { Int64($0) }))), ("name", .texts(titles)),
      ("district", .texts(districts)), ("opened", .texts(opened)),
      ("floors", floorsAreText ? .texts(floors) : Column(.integer(floors.map { Int64($0) ?? 0 }))),
    ]
    return DataQualityTests.layer(shapes.finish(), columns)
  }

  /// The ways to spoil it, each told by its kind.
  static let ways: [ProblemKind] = [
    .missingGeometry, .emptyGeometry, .duplicateFeature, .swappedAxes, .impossibleCoordinates, .zeroCoordinates,
    .mistypedDigit, .outOfRegion, .truncatedCoordinates, .pileUp, .duplicatePlace, .wrongDistrict, .impossibleDate,
    .notADate, .notANumber, .numberAsText,
  ]

  /// Spoils rows that are still clean, or a column.
  mutating func spoil(_ kind: ProblemKind, rows count: Int = 6) {
    if kind == .numberAsText {
      floorsAreText = true
      spoiled[kind] = Set(floors.indices.filter { Int(floors[$0]) != nil }.map { Int32($0) })
      return
    }
    let rows = Array(free.suffix(count))
    free.removeLast(count)
    let pile = (xs[rows[0]], ys[rows[0]])
    for row in rows {
      let clean = free[Int.random(in: 0..<free.count / 2, using: &random)]
      switch kind {
      case .missingGeometry, .emptyGeometry: break
      case .duplicateFeature:
        // The later of two is the duplicate.
        copy(min(row, clean), from: clean)
        copy(max(row, clean), from: min(row, clean))
        spoiled[kind, default: []].insert(Int32(max(row, clean)))
        free.removeAll { $0 == clean }
        continue
      case .swappedAxes: (xs[row], ys[row]) = (ys[row], xs[row])
      case .impossibleCoordinates: (xs[row], ys[row]) = (xs[row] + 290, -ys[row] - 80)
      case .zeroCoordinates: (xs[row], ys[row]) = Bool.random(using: &random) ? (0, 0) : (0, ys[row])
      case .mistypedDigit:
        if Bool.random(using: &random) { xs[row] += 60 } else { ys[row] += 20 }
        (xs[row], ys[row]) = (Self.rounded(xs[row]), Self.rounded(ys[row]))
      case .outOfRegion: (xs[row], ys[row]) = (Self.rounded(xs[row] - 15.5), Self.rounded(ys[row] - 12.2))
      case .truncatedCoordinates:
        (xs[row], ys[row]) = ((xs[row] * 100).rounded() / 100, (ys[row] * 100).rounded() / 100)
      case .pileUp: (xs[row], ys[row]) = pile
      case .duplicatePlace:
        (xs[row], ys[row]) = (xs[clean], ys[clean])
        districts[row] = districts[clean]
        spoiled[kind, default: []].insert(Int32(max(row, clean)))
        free.removeAll { $0 == clean }
        continue
      case .wrongDistrict: districts[row] = Self.names[(Self.names.firstIndex(of: districts[row]) ?? 0) ^ 3]
      case .impossibleDate: opened[row] = ["2021-02-30", "2021-13-01", "2020-00-10"][row % 3]
      case .notADate: opened[row] = ["不详", "spring", "2021"][row % 3]
      case .notANumber:
        floorsAreText = true
        floors[row] = ["无", "1O", "12层"][row % 3]
      default: continue
      }
      if kind == .pileUp { districts[row] = districts[rows[0]] }
      spoiled[kind, default: []].insert(Int32(row))
    }
  }

  private mutating func copy(_ row: Int, from other: Int) {
    (xs[row], ys[row]) = (xs[other], ys[other])
    (titles[row], districts[row], opened[row], floors[row]) = (
      titles[other], districts[other], opened[other], floors[other]
    )
  }
}
