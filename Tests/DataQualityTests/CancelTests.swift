import FeatureTables
import GeometryKernel
import Synchronization
import Testing
import WorkControl

@testable import DataQuality

/// Each check tells how far it is and stops there when it is cancelled.
@Suite struct CancelTests {
  /// Cancels at the report of a number, and keeps what was reported.
  private final class Log: Sendable {
    private let last: Int
    private let activities = Mutex<[String]>([])

    init(cancellingAt last: Int = .max) { self.last = last }

    func run(_ work: (Workers) throws -> Void) throws -> [String] {
      let box = Mutex<WorkMonitor?>(nil)
      let monitor = WorkMonitor { progress in
        let count = self.activities.withLock { list in
          list.append(progress.activity)
          return list.count
        }
        if count == self.last { box.withLock { $0 }?.cancel() }
      }
      box.withLock { $0 = monitor }
      try work(Workers(1, monitor: monitor))
      return activities.withLock { $0 }
    }

    var count: Int { activities.withLock { $0.count } }
  }

  private func expectCancelled(atEachReportOf work: (Workers) throws -> Void) throws -> [String] {
    let all = try Log().run(work)
    for number in 1...all.count {
      let log = Log(cancellingAt: number)
      #expect(throws: Cancelled.self, "\(all[number - 1])") { try log.run(work) }
      #expect(log.count == number)
    }
    return all
  }

  @Test func everyCheckOfPointsStops() throws {
    var city = CityOfPoints(count: 500, seed: 1)
    for way in CityOfPoints.ways { city.spoil(way, rows: 3) }
    let references = try CityOfPoints.references()
    let activities = try expectCancelled { workers in
      _ = try Checkup.run(city.layer(), references: references, workers: workers)
    }
    let checks = [
      "looking for geometry", "looking for duplicates", "looking at shapes", "looking for short lines",
      "measuring shapes", "looking at places", "looking for coarse coordinates", "comparing names with districts",
      "comparing places with districts", "reading opened", "reading floors",
    ]
    #expect(Set(checks).subtracting(activities) == [])
    _ = try expectCancelled { workers in
      _ = try Repair.run(city.layer(), references: references, workers: workers)
    }
  }

  @Test func everyCheckOfAreasStops() throws {
    var city = CityOfAreas(seed: 1)
    for way in CityOfAreas.ways { city.spoil(way) }
    _ = city.tear()
    let layer = try city.layer()
    let activities = try expectCancelled { workers in
      _ = try Checkup.run(layer, asCoverage: true, workers: workers)
    }
    let checks = [
      "measuring units", "comparing edges", "finding neighbours", "overlaying neighbours", "uniting areas",
    ]
    #expect(Set(checks).subtracting(activities) == [])
  }
}
