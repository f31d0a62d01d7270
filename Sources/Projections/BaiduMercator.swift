import Glibc

/// Baidu's own Mercator metres (BD-09MC) of BD-09 longitudes and latitudes.
///
/// Northings are polynomials of the sixth degree in the latitude, a set of factors for each band of 15°, as Baidu's map
/// script has them (`LL2MC`) and the public converters repeat them. Where two bands meet the upper one begins higher: by
/// 1 cm at 15°, 4 cm at 30° and 41 cm at 45°, so that no northing has two latitudes. The inverse solves the polynomial;
/// the factors that Baidu publishes for it (`MC2LL`) miss by up to 2 cm below 40° and 27 cm above.
enum BaiduMercator {
  /// Where Baidu's maps end.
  private static let lastLatitude = 74.0
  private static let bands: [Band] = [
    Band(
      60, 8.277824516172526e-4, 111320.7020463578,
      [
        647795574.6671607, -4082003173.641316, 10774905663.51142, -15171875531.51559, 12053065338.62167,
        -5124939663.577472, 913311935.9512032,
      ], 67.5),
    Band(
      45, 0.00337398766765, 111320.7020202162,
      [
        4481351.045890365, -23393751.19931662, 79682215.47186455, -115964993.2797253, 97236711.15602145,
        -43661946.33752821, 8477230.501135234,
      ], 52.5),
    Band(
      30, 0.00220636496208, 111320.7020209128,
      [
        51751.86112841131, 3796837.749470245, 992013.7397791013, -1221952.21711287, 1340652.697009075,
        -620943.6990984312, 144416.9293806241,
      ], 37.5),
    Band(
      15, -3.441963504368392e-4, 111320.7020576856,
      [
        278.2353980772752, 2485758.690035394, 6070.750963243378, 54821.18345352118, 9540.606633304236,
        -2710.55326746645, 1405.483844121726,
      ], 22.5),
    Band(
      0, -3.218135878613132e-4, 111320.7020701615,
      [
        0.00369383431289, 823725.6402795718, 0.46104986909093, 2351.343141331292, 1.58060784298199, 8.77738589078284,
        0.37238884252424,
      ], 7.45),
  ]

  /// The band of latitudes above `south`.
  private struct Band {
    let south: Double
    let offset: Double
    let metresPerDegree: Double
    let factors: [Double]
    let scale: Double
    /// The northing at which it begins.
    let firstNorthing: Double

    init(_ south: Double, _ offset: Double, _ metresPerDegree: Double, _ factors: [Double], _ scale: Double) {
      self.south = south
      self.offset = offset
      self.metresPerDegree = metresPerDegree
      self.factors = factors
      self.scale = scale
      firstNorthing = Self.value(factors, at: south / scale)
    }

    func northing(_ latitude: Double) -> Double { Self.value(factors, at: latitude / scale) }

    /// The latitude of a northing, by Newton's method to 10⁻¹² degrees.
    func latitude(_ northing: Double) -> Double {
      // The sphere's Mercator is off by at most a fifth of a degree.
      var t = (2 * atan(exp(northing / 6_378_206)) * 180 / .pi - 90) / scale
      for _ in 0..<12 {
        let step = (Self.value(factors, at: t) - northing) / Self.slope(factors, at: t)
        t -= step
        if abs(step) < 1e-14 { break }
      }
      return t * scale
    }

    private static func value(_ factors: [Double], at t: Double) -> Double {
      factors.reversed().reduce(0) { $0 * t + $1 }
    }

    private static func slope(_ factors: [Double], at t: Double) -> Double {
      factors.indices.dropFirst().reversed().reduce(0) { $0 * t + Double($1) * factors[$1] }
    }
  }

  /// - Parameter latitude: NaN and latitudes beyond Baidu's maps (±74°) have no image.
  static func metres(longitude: Double, latitude: Double) -> (x: Double, y: Double) {
    let distance = abs(latitude)
    guard distance <= lastLatitude, let band = bands.first(where: { distance > $0.south }) ?? bands.last else {
      return (.infinity, .infinity)
    }
    let x = band.offset + band.metresPerDegree * abs(longitude)
    let y = band.northing(distance)
    return (longitude < 0 ? -x : x, latitude < 0 ? -y : y)
  }

  static func degrees(x: Double, y: Double) -> (longitude: Double, latitude: Double) {
    let distance = abs(y)
    guard let index = bands.firstIndex(where: { distance > $0.firstNorthing }) ?? bands.indices.last else {
      return (.infinity, .infinity)
    }
    let band = bands[index]
    let north = index == 0 ? lastLatitude : bands[index - 1].south
    let latitude = min(max(band.latitude(distance), band.south), north)
    let longitude = (abs(x) - band.offset) / band.metresPerDegree
    return (x < 0 ? -longitude : longitude, y < 0 ? -latitude : latitude)
  }
}
