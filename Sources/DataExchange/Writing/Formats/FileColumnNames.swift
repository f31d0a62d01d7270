/// Names of columns in files: `h.distance` in metres is `h_distance_m`.
public struct FileColumnNames {
  private var unique: UniqueNames

  /// - Parameter reserved: names that the format needs for itself, in lower case.
  public init(reserved: Set<String> = []) { unique = UniqueNames(reserving: reserved) }

  /// The name of the next column. Clashes are numbered; letters' case makes no difference in most formats.
  ///
  /// - Parameter suffix: the unit's, which the name then ends in.
  public mutating func take(_ name: String, suffix: String?) -> String {
    var base = String(name.map { $0 == "." ? "_" : $0 })
    // A column that came from such a file carries its unit already.
    if let suffix, base != suffix, !base.hasSuffix("_" + suffix) { base += "_" + suffix }
    return unique.take(base)
  }
}
