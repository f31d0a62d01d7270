import FeatureTables
import QueryPlanning

extension ExpressionEvaluator {
  /// `characters` counts Unicode scalars, as `_` of `like` does.
  func text(
    _ function: ScalarFunction, _ operand: Vector, _ count: Int, _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    let texts = try texts(operand, expression)
    return withBuffers(texts) { buffers in
      if function == .characters {
        var counts = [Int64](repeating: 0, count: count)
        for i in 0..<count where validity.isEmpty || validity[i] {
          counts[i] = Int64(buffers.text(operand.row(at: i)).count { $0 & 0xC0 != 0x80 })
        }
        return Column(.integer(counts), validity: validity)
      }
      var writer = TextWriter(rows: count)
      for i in 0..<count {
        if validity.isEmpty || validity[i] {
          let text = buffers.text(operand.row(at: i))
          switch function {
          case .lower: Self.appendLower(text, to: &writer.bytes)
          case .upper: Self.appendUpper(text, to: &writer.bytes)
          default: Self.appendTrimmed(text, to: &writer.bytes)
          }
        }
        writer.endRow()
      }
      return Column(.text(writer.finish()), validity: validity)
    }
  }

  private static func appendLower(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    guard text.allSatisfy({ $0 < 0x80 }) else {
      return bytes.append(contentsOf: String(decoding: text, as: UTF8.self).lowercased().utf8)
    }
    for byte in text { bytes.append(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte) }
  }

  private static func appendUpper(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    guard text.allSatisfy({ $0 < 0x80 }) else {
      return bytes.append(contentsOf: String(decoding: text, as: UTF8.self).uppercased().utf8)
    }
    for byte in text { bytes.append(byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte & 0xDF : byte) }
  }

  /// Without Unicode white space at both ends, the ideographic space included.
  private static func appendTrimmed(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    guard let first = text.first, let last = text.last else { return }
    if (0x21..<0x80).contains(first) && (0x21..<0x80).contains(last) { return bytes.append(contentsOf: text) }
    var rest = String(decoding: text, as: UTF8.self).unicodeScalars[...]
    while let scalar = rest.first, scalar.properties.isWhitespace { rest.removeFirst() }
    while let scalar = rest.last, scalar.properties.isWhitespace { rest.removeLast() }
    bytes.append(contentsOf: String(rest).utf8)
  }

  /// One text after the other.
  func concatenated(
    _ operands: [Vector], _ count: Int, _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    let parts = try operands.map { try texts($0, expression) }
    var writer = TextWriter(rows: count)
    for i in 0..<count {
      if validity.isEmpty || validity[i] {
        for (operand, texts) in zip(operands, parts) {
          writer.bytes.append(contentsOf: texts.bytes[texts.range(at: operand.row(at: i))])
        }
      }
      writer.endRow()
    }
    return Column(.text(writer.finish()), validity: validity)
  }
}

extension Value {
  /// As it is typed: numbers in base units, whole ones without a point; empty for null.
  var text: String {
    switch self {
    case .null: ""
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let whole): String(whole)
    case .number(let number): Int64(exactly: number).map { String($0) } ?? number.description
    case .text(let text): text
    case .date(let date): date.text
    }
  }
}
