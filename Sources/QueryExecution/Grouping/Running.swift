import FeatureTables

/// What is remembered of the values of one group while they go by.
protocol RunningValue {
  associatedtype Element

  init()

  mutating func add(_ value: Element)
}

/// An aggregate that needs only a few numbers for each group.
///
/// It holds functions over the states of its groups, not the states: the methods of a generic class that are called
/// through a protocol are not specialised, and adding a value would be a call through a witness table.
final class Running: Aggregation {
  private let grow: (Int) -> Void
  private let add: (Vector, [Bool], [Int32]) -> Void
  private let column: () -> Column?

  /// - Parameters:
  ///   - operand: The values of a vector of the argument's type.
  ///   - column: The results; `nil` when one cannot be told.
  init<State: RunningValue>(
    _: State.Type, _ operand: @escaping (Vector) -> Operand<State.Element>?, _ column: @escaping ([State]) -> Column?
  ) {
    var states: [State] = []
    grow = { states.grow(to: $0, filling: State()) }
    add = { values, validity, groups in
      guard let operand = operand(values) else { return }
      let (start, step) = (operand.start, operand.step)
      states.withUnsafeMutableBufferPointer { states in
        operand.values.withUnsafeBufferPointer { values in
          for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] {
            states[Int(group)].add(values[start + row &* step])
          }
        }
      }
    }
    self.column = { column(states) }
  }

  func grow(to groupCount: Int) { grow(groupCount) }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    if let values { add(values, validity, groups) }
  }

  func finish() -> Column? { column() }
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
