/// What a check found: rows of one kind of problem, told of when somebody asks.
struct Symptom {
  let kind: ProblemKind
  /// Ascending, each once.
  let rows: [Int32]
  var column: String?
  /// The layer that it was compared with.
  var reference: String?
  /// What is wrong with a row beyond its kind.
  var detail: (Int) -> String = { _ in "" }
  /// Where in a row it is; the row's place where it is `nil`.
  var place: ((Int) -> (x: Double, y: Double))?
}
