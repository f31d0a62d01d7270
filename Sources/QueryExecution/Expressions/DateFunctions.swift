import FeatureTables
import QueryPlanning

extension ExpressionEvaluator {
  func date(
    _ function: ScalarFunction, _ operand: Vector, _ count: Int, _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    if let days = operand.dates {
      switch function {
      case .year: return parts(days, count, validity) { $0.year }
      case .month: return parts(days, count, validity) { $0.month }
      case .day: return parts(days, count, validity) { $0.day }
      default: return Column(.date(map(days, count: count) { $0 }), validity: validity)
      }
    }
    let texts = try texts(operand, expression)
    var result = [Int32](repeating: 0, count: count)
    var valid = validity.isEmpty ? Array(repeating: true, count: count) : validity
    for i in 0..<count where valid[i] {
      if let date = CalendarDate(texts[operand.row(at: i)]) {
        result[i] = date.daysSince1970
      } else {
        valid[i] = false
        remarks.note("date() gives null where a text is not a date such as 2021-05-11")
      }
    }
    return Column(.date(result), validity: valid.contains(false) ? valid : [])
  }

  @inline(__always)
  private func parts(
    _ days: Operand<Int32>, _ count: Int, _ validity: [Bool],
    _ part: ((year: Int, month: Int, day: Int)) -> Int
  ) -> Column {
    Column(
      .integer(map(days, count: count) { Int64(part(CalendarDate(daysSince1970: $0).components)) }),
      validity: validity)
  }
}
