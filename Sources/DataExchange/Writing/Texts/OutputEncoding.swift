import Glibc

/// The encodings that text is written in.
public enum OutputEncoding: String, CaseIterable, Sendable {
  case utf8 = "UTF-8"
  case gbk = "GBK"
  case gb18030 = "GB18030"
  case big5 = "Big5"

  /// Reads a name as people write it: `utf-8`, `gbk`, `cp936`, `GB2312`.
  public init?(name: String) {
    switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
    case "utf8", "utf8sig", "utf8bom": self = .utf8
    case "gbk", "gb2312", "cp936", "936", "ansi936": self = .gbk
    case "gb18030": self = .gb18030
    case "big5", "cp950", "950", "ansi950": self = .big5
    default: return nil
    }
  }

  /// False where the C library lacks its tables.
  var isAvailable: Bool { self == .utf8 || Converter(self) != nil }

  /// What is written for a character that the encoding has not.
  private static let replacement = UInt8(ascii: "?")

  /// The bytes of UTF-8 text in the encoding.
  ///
  /// - Parameter missing: what to write for a character that the encoding has not; `?` where it is `nil`.
  func encoded(
    _ text: ArraySlice<UInt8>, missing: ((Unicode.Scalar) -> [UInt8]?)? = nil, lost: inout Int
  ) -> [UInt8] {
    guard self != .utf8, text.contains(where: { $0 >= 0x80 }) else { return Array(text) }
    guard let converter = Converter(self) else { return Array(text) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if scalar.isASCII {
        result.append(UInt8(scalar.value))
      } else if let bytes = converter.bytes(of: scalar) {
        result += bytes
      } else if let bytes = missing?(scalar) {
        result += bytes
      } else {
        lost += 1
        result.append(Self.replacement)
      }
    }
    return result
  }

  /// The text with `?` for each character that the encoding has not; `nil` where it has all of them.
  func withoutMissing(_ text: ArraySlice<UInt8>, lost: inout Int) -> String? {
    guard self != .utf8, text.contains(where: { $0 >= 0x80 }), let converter = Converter(self) else { return nil }
    var kept = String.UnicodeScalarView()
    var missing = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if scalar.isASCII || converter.bytes(of: scalar) != nil {
        kept.append(scalar)
      } else {
        missing += 1
        kept.append("?")
      }
    }
    lost += missing
    return missing > 0 ? String(kept) : nil
  }

  func byteCount(_ text: ArraySlice<UInt8>) -> Int {
    var lost = 0
    return self == .utf8 ? text.count : encoded(text, lost: &lost).count
  }

  /// The longest beginning that takes no more than so many bytes, cut between two characters as people see them;
  /// `nil` when all of it does.
  func cut(_ text: ArraySlice<UInt8>, to bytes: Int) -> String? {
    guard byteCount(text) > bytes else { return nil }
    var kept = ""
    var count = 0
    for character in String(decoding: text, as: UTF8.self) {
      count += byteCount(Array(String(character).utf8)[...])
      if count > bytes { break }
      kept.append(character)
    }
    return kept
  }

  /// One of the C library's converters (iconv), closed with its object.
  private final class Converter {
    private let handle: iconv_t

    init?(_ encoding: OutputEncoding) {
      guard let handle = iconv_open(encoding.rawValue, "UTF-8"), Int(bitPattern: handle) != -1 else { return nil }
      self.handle = handle
    }

    deinit { iconv_close(handle) }

    /// `nil` for a character that the encoding has not.
    func bytes(of scalar: Unicode.Scalar) -> [UInt8]? {
      var source = Array(String(scalar).utf8).map { CChar(bitPattern: $0) }
      var target = [CChar](repeating: 0, count: 8)
      var (sourceLeft, targetLeft) = (source.count, target.count)
      let failed = source.withUnsafeMutableBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
          var from = source.baseAddress
          var to = target.baseAddress
          return iconv(handle, &from, &sourceLeft, &to, &targetLeft) == -1
        }
      }
      return failed ? nil : target[..<(8 - targetLeft)].map { UInt8(bitPattern: $0) }
    }
  }
}

/// What comes in as UTF-8 goes on in another encoding.
struct EncodingSink<Target: ByteSink>: ByteSink {
  private(set) var target: Target
  let encoding: OutputEncoding
  private(set) var lost = 0

  init(_ target: Target, _ encoding: OutputEncoding) {
    self.target = target
    self.encoding = encoding
  }

  /// - Parameter bytes: whole characters.
  mutating func write(_ bytes: [UInt8]) throws { try target.write(encoding.encoded(bytes[...], lost: &lost)) }
}
