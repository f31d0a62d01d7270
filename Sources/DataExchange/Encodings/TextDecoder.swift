import Glibc

/// Reads bytes in one encoding and writes them in UTF-8, or the other way round (`iconv`).
final class TextDecoder {
  let encoding: TextEncoding
  private let handle: iconv_t
  private var output = [UInt8](repeating: 0, count: 4096)

  struct Outcome {
    /// Bytes that are nothing in the encoding; each left a U+FFFD.
    var invalid = 0
    /// True when the bytes end in the middle of a character, which was left out.
    var isCut = false

    var isClean: Bool { invalid == 0 && !isCut }
  }

  /// - Throws: `ExchangeError` when the C library does not know the encoding.
  init(_ encoding: TextEncoding) throws(ExchangeError) {
    self.encoding = encoding
    guard let handle = Self.open("UTF-8", encoding.name) else {
      throw ExchangeError(
        .encodingUnknown, "this computer cannot read text in \(encoding.title).",
        fix: "Install the C library's gconv modules, or save the file as UTF-8.")
    }
    self.handle = handle
  }

  deinit { iconv_close(handle) }

  static func knows(_ name: String) -> Bool {
    guard let handle = open("UTF-8", name) else { return false }
    iconv_close(handle)
    return true
  }

  private static func open(_ to: String, _ from: String) -> iconv_t? {
    let handle = iconv_open(to, from)
    // POSIX marks failure by (iconv_t)-1.
    return Int(bitPattern: handle) == -1 ? nil : handle
  }

  /// Appends the text to `result`. O(bytes).
  func decode(_ bytes: some Sequence<UInt8>, into result: inout [UInt8]) -> Outcome {
    var input = Array(bytes)
    var outcome = Outcome()
    input.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { output in
        var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        iconv(handle, nil, nil, nil, nil)
        while left > 0 {
          var free = output.baseAddress?.assumingMemoryBound(to: CChar.self)
          var room = output.count
          let done = iconv(handle, &next, &left, &free, &room)
          let code = errno
          result.append(contentsOf: output[..<(output.count - room)])
          if done != -1 { break }
          if code == E2BIG { continue }
          if code == EINVAL {
            outcome.isCut = true
            break
          }
          outcome.invalid += 1
          result.append(contentsOf: [0xEF, 0xBF, 0xBD])
          next = next.map { $0 + 1 }
          left -= 1
        }
      }
    }
    return outcome
  }

  /// The bytes that a text has in an encoding; `nil` when it holds a letter that the encoding lacks. O(bytes).
  ///
  /// The five places that Windows-1252 leaves empty stand for themselves, as in ISO 8859-1: readers that garble texts
  /// take them so.
  static func encode(_ text: String, in encoding: TextEncoding, by handle: EncoderHandle) -> [UInt8]? {
    var result: [UInt8] = []
    if encoding == .latin1 {
      for scalar in text.unicodeScalars {
        if scalar.value < 0x100 {
          result.append(UInt8(scalar.value))
        } else if scalar.value <= 0x2122, let byte = handle.byte(of: scalar) {
          result.append(byte)
        } else {
          return nil
        }
      }
      return result
    }
    return handle.encode(text)
  }
}

/// The way from UTF-8 to an encoding.
final class EncoderHandle {
  private let handle: iconv_t

  /// `nil` when the C library does not know the encoding.
  init?(_ encoding: TextEncoding) {
    let opened = iconv_open(encoding.name, "UTF-8")
    guard Int(bitPattern: opened) != -1, let opened else { return nil }
    handle = opened
  }

  deinit { iconv_close(handle) }

  func byte(of scalar: Unicode.Scalar) -> UInt8? {
    guard let bytes = encode(String(Character(scalar))), bytes.count == 1 else { return nil }
    return bytes[0]
  }

  func encode(_ text: String) -> [UInt8]? {
    var input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: input.count * 2 + 8)
    let used = input.withUnsafeMutableBytes { input -> Int? in
      output.withUnsafeMutableBytes { output in
        var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        var free = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var room = output.count
        iconv(handle, nil, nil, nil, nil)
        return iconv(handle, &next, &left, &free, &room) == -1 ? nil : output.count - room
      }
    }
    return used.map { Array(output[..<$0]) }
  }
}
