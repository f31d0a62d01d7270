/// Columns that a step with a mistake would have added: neither known nor wrong.
///
/// The rest of the pipeline is still bound, so that its own mistakes are told; what reads one of these names stays
/// unbound without a word, because its mistake has been told already.
struct UnknownColumns {
  /// The source itself could not be bound: any name may be one of its columns.
  private var isEverything = false
  private var names: Set<String> = []
  private var prefixes: Set<String> = []
  /// `let` and `param` names that could not be made out.
  private let unread: Set<String>

  init(unread: Set<String> = []) { self.unread = unread }

  mutating func insertEverything() { isEverything = true }
  mutating func insert(name: String) { names.insert(name) }
  /// All that a join would have added: `c.*`.
  mutating func insert(prefix: String) { prefixes.insert(prefix) }
  mutating func remove(name: String) { names.remove(name) }

  /// True when a name would mean the lost column, even where there is another of this name.
  func hides(_ name: String) -> Bool {
    if names.contains(name) { return true }
    guard let dot = name.firstIndex(of: ".") else { return false }
    return prefixes.contains(String(name[..<dot]))
  }

  /// True when a name that nothing else explains may be a lost one.
  func mayExplain(_ name: String) -> Bool { isEverything || unread.contains(name) || hides(name) }
}
