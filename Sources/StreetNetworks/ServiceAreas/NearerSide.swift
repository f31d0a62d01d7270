import GeometryKernel

/// How far one may go from a position on a reached street, straight away, before an unreached street is nearer.
struct NearerSide {
  private struct Rival {
    var segment: Segment
    /// A unit along the segment.
    var dx: Double
    var dy: Double
    var length: Double
  }

  private let rivals: [Rival]
  let width: Double

  init(_ segments: [Segment], width: Double) {
    rivals = segments.map { segment in
      let (dx, dy) = (segment.bx - segment.ax, segment.by - segment.ay)
      let length = (dx * dx + dy * dy).squareRoot()
      return Rival(segment: segment, dx: dx / length, dy: dy / length, length: length)
    }
    self.width = width
  }

  /// The way along the ray from (x, y) in the direction of the unit (nx, ny), at most the width.
  ///
  /// At t along the ray the street itself is t away. The distance to a segment grows by no more than t, so that there is
  /// one way at which the two are equal: the least of those for its ends and, where the foot lies on it, for its line.
  func height(_ x: Double, _ y: Double, _ nx: Double, _ ny: Double) -> Double {
    var least = width
    for rival in rivals {
      let (ax, ay) = (x - rival.segment.ax, y - rival.segment.ay)
      // Of the line: signed distance δ and its slope c along the ray, δ + c t = t.
      var distance = ay * rival.dx - ax * rival.dy
      var slope = ny * rival.dx - nx * rival.dy
      if distance < 0 || (distance == 0 && slope < 0) { (distance, slope) = (-distance, -slope) }
      // A ray that leaves the line at a right angle never comes nearer to it.
      if 1 - slope > 1e-9 {
        let t = distance / (1 - slope)
        let foot = ax * rival.dx + ay * rival.dy + t * (nx * rival.dx + ny * rival.dy)
        // On its way from a common end a ray is over the segment where it goes along it.
        let along = nx * rival.dx + ny * rival.dy
        let isOver =
          t > 1e-6
          ? foot >= -1e-7 && foot <= rival.length + 1e-7
          : (foot > 1e-7 || along > 1e-9) && (foot < rival.length - 1e-7 || along < -1e-9) && foot > -1e-7
            && foot < rival.length + 1e-7
        if isOver { least = min(least, max(t, 0)) }
      }
      for (ex, ey) in [(ax, ay), (x - rival.segment.bx, y - rival.segment.by)] {
        let square = ex * ex + ey * ey
        let nearing = -(nx * ex + ny * ey)
        if square > 1e-12, nearing > 0 { least = min(least, square / (2 * nearing)) }
      }
    }
    return least
  }

  /// Metres along a segment at which the height has to be known: opposite the ends of unreached streets, and often
  /// enough between.
  func stations(along segment: Segment, _ dx: Double, _ dy: Double, _ length: Double) -> [Double] {
    if rivals.isEmpty { return [0, length] }
    var stations: [Double] = [0, length]
    for rival in rivals {
      let a = (rival.segment.ax - segment.ax, rival.segment.ay - segment.ay)
      let b = (rival.segment.bx - segment.ax, rival.segment.by - segment.ay)
      let (alongA, alongB) = (a.0 * dx + a.1 * dy, b.0 * dx + b.1 * dy)
      stations += [alongA, alongB]
    }
    // Between those the border bends as parabolas do.
    let steps = Int((length / (width / 4)).rounded(.up))
    if steps > 1 { for step in 1..<steps { stations.append(length * Double(step) / Double(steps)) } }
    stations = stations.filter { $0 >= 0 && $0 <= length }
    stations.sort()
    var kept: [Double] = []
    for station in stations where kept.last.map({ station - $0 > 1e-6 }) ?? true { kept.append(station) }
    return kept
  }

  /// Where unreached streets cross a segment between its ends, in its order.
  func crossings(of segment: Segment) -> [(Double, Double)] {
    if rivals.isEmpty { return [] }
    let (dx, dy) = (segment.bx - segment.ax, segment.by - segment.ay)
    var shares: [Double] = []
    for rival in rivals {
      let (ax, ay) = (rival.segment.ax - segment.ax, rival.segment.ay - segment.ay)
      let (bx, by) = (rival.segment.bx - segment.ax, rival.segment.by - segment.ay)
      let (offA, offB) = (ay * dx - ax * dy, by * dx - bx * dy)
      guard offA != offB, offA * offB <= 0 else { continue }
      let share = offA / (offA - offB)
      let along = (ax + share * (bx - ax)) * dx + (ay + share * (by - ay)) * dy
      shares.append(along / (dx * dx + dy * dy))
    }
    let least = 1e-3 / (dx * dx + dy * dy).squareRoot()
    shares = shares.filter { $0 > least && $0 < 1 - least }.sorted()
    var places: [(Double, Double)] = []
    var last = 0.0
    for share in shares where share - last > least {
      places.append((segment.ax + share * dx, segment.ay + share * dy))
      last = share
    }
    return places
  }
}
