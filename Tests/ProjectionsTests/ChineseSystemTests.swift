import CPROJ
import Testing

@testable import Projections

/// The systems of Chinese surveys as ESRI's programs write them: by a name of their own, without a code.
@Suite struct ChineseSystemTests {
  /// Of the zones of Gauss and Krüger, with their number before the easting and without, every ninth; geographic systems,
  /// UTM, Web Mercator.
  private static let codes: [Int] =
    [4491...4554, 2327...2390, 2401...2442].flatMap {
      Array(stride(from: $0.lowerBound, through: $0.upperBound, by: 9))
    }
    + [21413, 21423, 21453, 21463, 4490, 4610, 4214, 4326, 3857, 32643, 32650]

  private func esriText(_ code: Int) throws -> String {
    let context = try #require(proj_context_create())
    defer { proj_context_destroy(context) }
    let crs = try #require(proj_create(context, "EPSG:\(code)"))
    defer { proj_destroy(crs) }
    return String(cString: try #require(proj_as_wkt(context, crs, PJ_WKT1_ESRI, nil)))
  }

  @Test func everyZoneIsIdentifiedFromItsESRIText() throws {
    for code in Self.codes {
      let text = try esriText(code)
      let system = try ReferenceSystem(parsing: text)
      #expect(system.identifier == "EPSG:\(code)", "\(text)")
    }
  }

  @Test(arguments: [
    ("CGCS2000_3_Degree_GK_CM_117E", 4548), ("CGCS2000_3_Degree_GK_Zone_39", 4527), ("CGCS2000_GK_Zone_20", 4498),
    ("Xian_1980_3_Degree_GK_Zone_39", 2363), ("Xian_1980_3_Degree_GK_CM_117E", 2384),
    ("Beijing_1954_3_Degree_GK_CM_117E", 2436), ("Beijing_1954_3_Degree_GK_Zone_39", 2415),
    ("GCS_China_Geodetic_Coordinate_System_2000", 4490), ("WGS_1984_Web_Mercator_Auxiliary_Sphere", 3857),
    ("WGS_1984_UTM_Zone_50N", 32650), ("GCS_Xian_1980", 4610), ("GCS_Beijing_1954", 4214),
  ]) func theNamesAreESRIs(name: String, code: Int) throws {
    #expect(try esriText(code).contains("\"\(name)\""))
    // The name alone is enough.
    #expect(try ReferenceSystem(parsing: name).identifier == "EPSG:\(code)")
  }

  /// Easting or longitude comes first in all of them, whatever the order of axes in the EPSG dataset.
  @Test func eastingsComeFirst() throws {
    for code in [4490, 4527, 4548, 2384, 4610, 2436, 32650, 3857] {
      let system = try ReferenceSystem(parsing: "EPSG:\(code)")
      let place = try CoordinateTransform(from: .wgs84, to: system).apply(x: 117, y: 36.7)
      if system.isGeographic {
        #expect(abs(place.x - 117) < 0.01 && abs(place.y - 36.7) < 0.01, "EPSG:\(code)")
      } else {
        #expect(place.y > 4_000_000 && place.y < 4_500_000, "EPSG:\(code)")
        #expect(place.x < 1_000_000 || place.x > 13_000_000, "EPSG:\(code)")
      }
    }
  }
}
