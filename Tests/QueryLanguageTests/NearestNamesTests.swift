import QueryLanguage
import Testing

@Suite struct NearestNamesTests {
  private let layers = ["clinics", "parks", "schools", "诊所", "街道", "收集点", "markets", "bus_stops", "Clinics2"]

  @Test func closeNamesComeFirst() {
    #expect(nearestNames(to: "clincs", in: layers) == ["clinics", "Clinics2"])
    #expect(nearestNames(to: "CLINICS", in: layers) == ["clinics", "Clinics2"])
    #expect(nearestNames(to: "prak", in: layers) == [])
    #expect(nearestNames(to: "praks", in: layers) == ["parks"])
    #expect(nearestNames(to: "诊断", in: layers) == ["诊所"])
    #expect(nearestNames(to: "收积点", in: layers) == ["收集点"])
    #expect(nearestNames(to: "busstops", in: layers) == ["bus_stops"])
  }

  @Test func unlikeNamesDoNotCome() {
    for name in ["", "x", "residents", "居民", String(repeating: "a", count: 1000)] {
      #expect(nearestNames(to: name, in: layers) == [], "\(name)")
    }
    #expect(nearestNames(to: "a", in: ["b", ""]) == [])
    #expect(nearestNames(to: "ab", in: ["cd"]) == [])
    #expect(nearestNames(to: "x1", in: ["x2", "x3", "x4", "x5"]) == ["x2", "x3", "x4"])
  }
}
