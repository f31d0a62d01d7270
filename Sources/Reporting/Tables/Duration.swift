/// Seconds as people read them: `0.3 ms`, `12 ms`, `1.24 s`, `2 min 05 s`.
func durationText(_ seconds: Double) -> String {
  if seconds < 0.0095 { return "\(NumberFormat.fixed(seconds * 1000, decimals: 1)) ms" }
  if seconds < 0.9995 { return "\(NumberFormat.fixed(seconds * 1000, decimals: 0)) ms" }
  if seconds < 59.995 { return "\(NumberFormat.fixed(seconds, decimals: 2)) s" }
  let whole = Int(seconds.rounded())
  let rest = whole % 60
  return "\(whole / 60) min \(rest < 10 ? "0" : "")\(rest) s"
}

/// `1 row`, `266 rows`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
