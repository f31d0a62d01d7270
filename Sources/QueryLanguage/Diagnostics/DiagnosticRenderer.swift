/// Diagnostics as text, with the place in the source underlined:
///
/// ```
/// night.cq:1:9: error[syntax.unknown-step]: there is no step `wher`
///   parks | wher kind == "core"
///           ^~~~
///   fix: did you mean `where`? …
/// ```
public struct DiagnosticRenderer: Sendable {
  public let source: SourceText
  private let lineStarts: [Int]

  /// O(bytes): finds the lines once for all diagnostics.
  public init(_ source: SourceText) {
    // What is printed may be read by others.
    let source = source.withoutSecrets
    self.source = source
    var starts = [0]
    let bytes = source.bytes
    for (index, byte) in bytes.enumerated() {
      let isLineEnd = byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A))
      if isLineEnd { starts.append(index + 1) }
    }
    lineStarts = starts
  }

  /// Where a byte of the source stands; columns count Unicode scalars, from 1.
  public func position(ofByte offset: Int) -> SourcePosition {
    let offset = min(max(0, offset), source.bytes.count)
    let line = lineIndex(of: offset)
    let column = scalarCount(textStart(ofLine: line)..<max(offset, textStart(ofLine: line)))
    return SourcePosition(line: line + 1, column: column + 1)
  }

  /// One diagnostic in one to four lines without a final line end. A range over several lines is cut to its first.
  public func render(_ diagnostic: Diagnostic) -> String {
    var lines: [String] = []
    let kind = "\(diagnostic.severity.rawValue)[\(diagnostic.code.name)]: \(diagnostic.message)"
    if let range = diagnostic.range {
      let position = position(ofByte: range.lowerBound)
      lines.append("\(source.name):\(position.line):\(position.column): \(kind)")
      let (excerpt, underline) = excerpt(of: range)
      if !excerpt.isEmpty { lines += ["  " + excerpt, "  " + underline] }
    } else {
      lines.append("\(source.name): \(kind)")
    }
    if let fix = diagnostic.fix { lines.append("  fix: \(fix)") }
    return lines.joined(separator: "\n")
  }

  public func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(render).joined(separator: "\n")
  }

  // MARK: The source line

  /// A line is shown up to so many bytes; of a longer one, what lies around the place.
  private static let longestExcerpt = 160

  private func excerpt(of range: Range<Int>) -> (line: String, underline: String) {
    let bytes = source.bytes
    let place = min(max(0, range.lowerBound), bytes.count)
    let line = lineIndex(of: place)
    let whole = textStart(ofLine: line)..<lineEnd(line)
    guard !whole.isEmpty else { return ("", "") }
    var shown = whole
    if whole.count > Self.longestExcerpt {
      let start = aligned(max(whole.lowerBound, min(place, whole.upperBound) - Self.longestExcerpt / 3))
      shown = start..<aligned(min(whole.upperBound, start + Self.longestExcerpt))
    }
    let start = min(max(place, shown.lowerBound), shown.upperBound)
    let end = min(max(start, range.upperBound), shown.upperBound)
    let before = printable(shown.lowerBound..<start)
    let marked = printable(start..<end)
    let after = printable(end..<shown.upperBound)
    let head = shown.lowerBound > whole.lowerBound ? "…" : ""
    let tail = shown.upperBound < whole.upperBound ? "…" : ""
    let indent = String(repeating: " ", count: displayWidth(head + before))
    let mark = "^" + String(repeating: "~", count: max(0, displayWidth(marked) - 1))
    return (head + before + marked + after + tail, indent + mark)
  }

  /// Text as it may be sent to a terminal: a tab is a space, other control characters are shown as their pictures.
  private func printable(_ range: Range<Int>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in source[range].unicodeScalars {
      switch scalar.value {
      case 0x09: result.append(" ")
      case 0..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "?")
      case 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The first byte of a line that is text: a byte-order mark is not.
  private func textStart(ofLine line: Int) -> Int {
    line == 0 && source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : lineStarts[line]
  }

  private func lineEnd(_ line: Int) -> Int {
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : source.bytes.count
    let start = textStart(ofLine: line)
    while end > start, source.bytes[end - 1] == 0x0A || source.bytes[end - 1] == 0x0D { end -= 1 }
    return max(start, end)
  }

  private func scalarCount(_ range: Range<Int>) -> Int {
    source.bytes[range].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  /// The beginning of the scalar to which a byte belongs.
  private func aligned(_ offset: Int) -> Int {
    var offset = offset
    while offset > 0, offset < source.bytes.count, source.bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }
}
