/// Numbers what would be called the same: `name`, `name_2`, `name_3`. In either case of letters, because the store and most
/// formats do not tell `Name` from `name`.
public struct UniqueNames: Sendable {
  private var taken: Set<String>

  /// - Parameter reserved: names that nothing may get, in lower case.
  public init(reserving reserved: Set<String> = []) { taken = reserved }

  /// The next name. O(clashes).
  ///
  /// - Parameter fit: puts a suffix behind a name, which it may cut for that.
  public mutating func take(
    _ wanted: String, fit: (_ name: String, _ suffix: String) -> String = { $0 + $1 }
  ) -> String {
    var name = fit(wanted, "")
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = fit(wanted, "_\(number)")
      number += 1
    }
    return name
  }

  func contains(_ name: String) -> Bool { taken.contains(name.lowercased()) }
}
