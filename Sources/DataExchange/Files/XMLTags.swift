/// The tags of an XML file in UTF-8, one after the other, with the text before each.
///
/// Comments, declarations and processing instructions are passed over. Nothing is checked that its readers do not need:
/// what they read is written by programs.
struct XMLTags {
  private let bytes: UnsafeRawBufferPointer
  /// Where the last tag ended.
  private(set) var offset = 0
  private var textEnd = 0
  private var textStart = 0

  /// - Parameter bytes: Must outlive the tags.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next tag; `nil` at the end.
  ///
  /// - Throws: `ExchangeError` for one without end.
  mutating func next(in source: SourceFile) throws(ExchangeError) -> XMLTag? {
    textStart = offset
    while let start = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[(start + 1)...])
      let isMarkup = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "?")
      if isMarkup, rest.starts(with: "!--".utf8) {
        offset = start + 4
        while offset < bytes.count, !bytes[offset...].starts(with: "-->".utf8) { offset += 1 }
        continue
      }
      guard let tag = XMLTag(rest) else {
        throw ExchangeError(
          .damaged, "“\(source.name)” is damaged: byte \(start + 1) begins a tag without end.",
          fix: "Nothing was imported. Fetch the file again.")
      }
      offset = start + 1 + tag.length
      if isMarkup { continue }
      textEnd = start
      return tag
    }
    return nil
  }

  /// What stands between the tag before the last one and the last one, entities read.
  var text: ArraySlice<UInt8> {
    let raw = bytes[textStart..<max(textStart, textEnd)]
    guard raw.contains(UInt8(ascii: "&")) else { return ArraySlice(raw) }
    return ArraySlice(XMLTag.withoutEntities(String(decoding: raw, as: UTF8.self)).utf8)
  }
}

/// A tag of XML, behind its `<`.
struct XMLTag {
  /// `/way` for an end. A prefix that stands for a namespace is left out.
  let name: String
  /// With the `>`.
  let length: Int
  private let bytes: UnsafeRawBufferPointer

  /// Whether the element has no content, and no end of its own.
  var isEmpty: Bool { bytes.last == UInt8(ascii: "/") }

  /// `nil` where the tag does not end.
  fileprivate init?(_ rest: UnsafeRawBufferPointer) {
    var quote: UInt8?
    var end = 0
    while end < rest.count, quote != nil || rest[end] != UInt8(ascii: ">") {
      let byte = rest[end]
      if quote == byte { quote = nil } else if quote == nil, byte == 0x22 || byte == 0x27 { quote = byte }
      end += 1
    }
    guard end < rest.count else { return nil }
    let isEnd = rest.first == UInt8(ascii: "/")
    var nameEnd = isEnd ? 1 : 0
    var nameStart = 0
    while nameEnd < end, rest[nameEnd] > 0x20, rest[nameEnd] != UInt8(ascii: "/") {
      nameEnd += 1
      if rest[nameEnd - 1] == UInt8(ascii: ":") { nameStart = nameEnd }
    }
    let local = String(decoding: rest[nameStart..<nameEnd], as: UTF8.self)
    name = isEnd && nameStart > 0 ? "/" + local : local
    length = end + 1
    bytes = UnsafeRawBufferPointer(rebasing: rest[nameEnd..<end])
  }

  /// The value of an attribute, whatever namespace its prefix names.
  subscript(key: String) -> String? {
    var offset = 0
    while let sign = bytes[offset...].firstIndex(of: UInt8(ascii: "=")) {
      var name = bytes[offset..<sign].drop { $0 <= 0x20 }.prefix { $0 > 0x20 }
      if let colon = name.firstIndex(of: UInt8(ascii: ":")) { name = name[(colon + 1)...] }
      guard let open = bytes[(sign + 1)...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
        let close = bytes[(open + 1)...].firstIndex(of: bytes[open])
      else { return nil }
      if name.elementsEqual(key.utf8) {
        let text = String(decoding: bytes[(open + 1)..<close], as: UTF8.self)
        return text.utf8.contains(UInt8(ascii: "&")) ? Self.withoutEntities(text) : text
      }
      offset = close + 1
    }
    return nil
  }

  fileprivate static func withoutEntities(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let sign = rest.firstIndex(of: "&"), let end = rest[sign...].firstIndex(of: ";") {
      result += rest[..<sign]
      let name = rest[rest.index(after: sign)..<end]
      let code =
        name.hasPrefix("#x")
        ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      if let scalar = code.flatMap(Unicode.Scalar.init) {
        result.unicodeScalars.append(scalar)
      } else {
        result += ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"][name] ?? "&\(name);"
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
