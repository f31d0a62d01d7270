import FeatureTables
import Glibc

/// The time of day for metadata.
enum Timestamp {
  /// `2026-01-15T08:30:00Z`
  static func now() -> String {
    let seconds = time(nil)
    let (days, rest) = (seconds >= 0 ? seconds / 86_400 : 0, seconds >= 0 ? seconds % 86_400 : 0)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let date = CalendarDate(daysSince1970: Int32(days)).text
    return "\(date)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
