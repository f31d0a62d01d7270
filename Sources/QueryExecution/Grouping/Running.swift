import FeatureTables

/// What is remembered of the values of one group while they go by.
protocol RunningValue {
  associatedtype Element

  init()

  mutating func add(_ value: Element)
}

/// An aggregate that needs only a few numbers for each group.
final class Running<State: RunningValue>: Aggregation {
  private let operand: (Vector) -> Operand<State.Element>?
  private let column: ([State]) -> Column?
  private var states: [State] = []

  /// - Parameters:
  ///   - operand: The values of a vector of the argument's type.
  ///   - column: The results; `nil` when one cannot be told.
  init(_ operand: @escaping (Vector) -> Operand<State.Element>?, _ column: @escaping ([State]) -> Column?) {
    self.operand = operand
    self.column = column
  }

  func grow(to groupCount: Int) { states.grow(to: groupCount, filling: State()) }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    guard let operand = values.flatMap(operand) else { return }
    let (start, step) = (operand.start, operand.step)
    states.withUnsafeMutableBufferPointer { states in
      operand.values.withUnsafeBufferPointer { values in
        for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] {
          states[Int(group)].add(values[start + row &* step])
        }
      }
    }
  }

  func finish() -> Column? { column(states) }
}

extension Column {
  /// A column of values, some of them null.
  static func optional<Element>(_ values: [Element?], _ storage: ([Element]) -> Storage) -> Column {
    // Without any value the type is not known here; `widened` gives the nulls theirs.
    guard let filler = values.lazy.compactMap({ $0 }).first else { return nulls(type: .boolean, count: values.count) }
    let validity = values.contains { $0 == nil } ? values.map { $0 != nil } : []
    return Column(storage(values.map { $0 ?? filler }), validity: validity)
  }
}
