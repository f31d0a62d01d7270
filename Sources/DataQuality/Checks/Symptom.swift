/// What a check found, of one kind of problem; told of when somebody asks.
struct Symptom {
  let kind: ProblemKind
  /// Ascending, each once.
  let rows: [Int32]
  var column: String?
  /// The layer that it was compared with.
  var reference: ReferenceAreas?
  /// What is wrong with a row beyond its kind.
  var detail: (Int) -> String = { _ in "" }
  /// Where in a row it is; the row's place where it is `nil`.
  var place: ((Int) -> (x: Double, y: Double))?
  /// The row of which a row is a duplicate.
  var twin: (Int32) -> Int32? = { _ in nil }
  /// Places of what is no row's own, in order.
  var sites: [Site] = []

  /// A place between rows: where two overlap, or where there is none.
  struct Site: Sendable {
    let row: Int?
    let other: Int?
    let x: Double
    let y: Double
    let detail: String
  }

  init(
    kind: ProblemKind, rows: [Int32], column: String? = nil, reference: ReferenceAreas? = nil,
    detail: @escaping (Int) -> String = { _ in "" }, place: ((Int) -> (x: Double, y: Double))? = nil
  ) {
    self.kind = kind
    self.rows = rows
    self.column = column
    self.reference = reference
    self.detail = detail
    self.place = place
  }

  init(kind: ProblemKind, sites: [Site]) {
    self.kind = kind
    self.sites = sites
    rows = []
  }

  /// How often the problem is there.
  var count: Int { rows.count + sites.count }
}
