import FeatureTables
import Testing

@testable import QueryPlanning

/// Reaches along streets: what they become, and what is wrong with them.
@Suite struct ReachTests {
  private func reach(_ text: String) throws -> TravelReach {
    try #require(try Bound.plan(text, hasStreets: true).operation.reach?.travel, "\(text)")
  }

  @Test func unitsDecideTheMeasure() throws {
    let time = try reach("residents | within 15 min by walk of clinics")
    #expect(time.measure == .time && time.limit == 900 && time.direction == .toPlaces)
    #expect(time.mode == "walk" && time.network == "wuhan_streets" && time.addedInputs == 0)
    let length = try reach("residents | beyond 1 km by cycle from clinics")
    #expect(length.measure == .length && length.limit == 1000 && length.direction == .fromPlaces)
    let endless = try reach("residents | nearest 2 clinics as c by drive")
    #expect(endless.measure == .time && endless.limit == nil)
  }

  @Test func columnsSayTheMeasureAndTheReason() throws {
    func added(_ text: String) throws -> [Field] {
      try Bound.plan(text, hasStreets: true).schema.fields.filter {
        !["pop", "subdistrict", "geometry"].contains($0.name)
      }
    }
    #expect(try added("residents | beyond 15 min by walk of clinics") == [Field("reason", .text)])
    #expect(try added("residents | beyond 15 min by walk of clinics as c") == [Field("c.reason", .text)])
    #expect(try added("residents | within 15 min by walk of clinics") == [])
    #expect(try added("residents | beyond 1 km of clinics") == [])
    let nearest = try added("residents | nearest clinics as c by walk")
    #expect(nearest.contains(Field("c.time", .number(.minute))) && nearest.contains(Field("c.reason", .text)))
    #expect(
      try added("residents | nearest clinics as c within 1 km by walk").contains(Field("c.distance", .number(.metre))))
    #expect(
      try added("residents | around 5 min by walk clinics as c (t = min(time))") == [
        Field("c.t", .number(.minute))
      ])
  }

  @Test func whatAReachAddsComesLast() throws {
    let plan = try Bound.plan(
      "subdistricts | coverage by parks via places within 15 min by walk of residents", hasStreets: true)
    #expect(plan.inputs.count == 4 && plan.operation.reach?.travel?.hasEntrances == true)
    #expect(plan.sourceNames == ["subdistricts", "parks", "residents", "places", "wuhan_streets"])
    let open = try Bound.plan(
      "residents | nearest (sale_points | where district == \"a\" and open on 2021-06-01) as s by walk",
      hasStreets: true)
    #expect(open.operation.reach?.travel?.openingDay == "2021-06-01")
    // The last input has the other condition still.
    guard case .filter(let condition)? = open.inputs.last?.operation else {
      Issue.record("no filter")
      return
    }
    #expect(condition.fields == ["district"])
  }

  @Test(arguments: [
    (
      "residents | within 15 min of clinics",
      "network.mode-missing «15 min» a time needs a way to travel → write by walk behind it, or a length for the straight line, such as 1000 m"
    ),
    (
      "residents | within 15 min by wlak of clinics",
      "network.unknown-mode «wlak» nobody travels by \"wlak\" → did you mean walk? modes: walk, cycle, drive"
    ),
    (
      "residents | within 15 km2 by walk of clinics",
      "unit.mismatch «15 km2» a length is due here, not an area → write 500 m or 500 min"
    ),
    (
      "residents | within 400 h by walk of clinics",
      "value.out-of-range «400 h» this is more than 12 days → write a time such as 15 min"
    ),
    (
      "residents | nearest clinics as c by walk | nearest clinics as c by walk",
      "name.duplicate «c» \"c\" is taken: there is a column c.name already → choose another name after `as`"
    ),
    (
      "residents | beyond 1 min by walk of clinics | beyond 1 min by walk of markets",
      "name.duplicate «beyond» there is a column reason already → choose another name after `as`"
    ),
    (
      "residents | beyond 1 km of clinics as c",
      "network.straight-line «c» `beyond` in a straight line adds no columns, so there is nothing to name → leave `as c` out"
    ),
    (
      "residents | within 1 km of parks via places",
      "network.straight-line «places» entrances are for ways along the streets, and this is the straight line → write by walk behind the distance, or leave `via` out"
    ),
    (
      "residents | nearest clinics as c with route",
      "network.straight-line «nearest» a route is along the streets, and this is the straight line → write by walk with route, or leave `with route` out"
    ),
    (
      "residents | nearest 2 clinics as c by walk with route",
      "value.out-of-range «nearest» a row has one geometry, and so one route: to the nearest of all → write nearest 1, or leave `with route` out"
    ),
  ]) func mistakes(_ text: String, _ expected: String) {
    #expect(Bound(text, hasStreets: true).lines == [expected])
  }
}
