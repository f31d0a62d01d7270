import CGDAL
import FeatureTables
import Foundation

/// Brings the text of a table to UTF-8.
enum TextEncoding {
  enum Failure: Error {
    case notUTF8(line: Int)
    case unknown(name: String)
    case notInEncoding(name: String)

    func explained(_ file: SourceFile) -> ExchangeError {
      switch self {
      case .notUTF8(let line):
        ExchangeError(
          .encodingUnknown, "“\(file.name)” is not UTF-8 text: line \(line) has other bytes.",
          fix: "Chinese tables are often GBK: write encoding \"gbk\".")
      case .unknown(let name):
        ExchangeError(
          .encodingUnknown, "no encoding is called “\(name)”.", fix: "Write encoding \"gbk\", \"gb18030\" or \"utf-8\"."
        )
      case .notInEncoding(let name):
        ExchangeError(
          .encodingUnknown, "“\(file.name)” is not text in \(name).",
          fix: "Leave out the encoding for UTF-8; write encoding \"gb18030\" for Chinese text.")
      }
    }
  }

  /// - Throws: `Failure` when the bytes are not text in the encoding, UTF-8 unless one is named.
  static func utf8(_ data: Data, _ encoding: String?) throws -> Data {
    guard let encoding, !isUTF8(encoding) else {
      if let line = firstInvalidLine(data) { throw Failure.notUTF8(line: line) }
      return data
    }
    return try GDALMessages.collecting { messages in
      GDALLibrary.start()
      var source = [CChar](repeating: 0, count: data.count + 1)
      source.withUnsafeMutableBytes { _ = data.copyBytes(to: $0) }
      guard CPLCanRecode(source, encoding, CPL_ENC_UTF8) != 0 || messages.reason == nil else {
        throw Failure.unknown(name: encoding)
      }
      let recoded = CPLRecode(source, encoding, CPL_ENC_UTF8)
      defer { VSIFree(recoded) }
      // GDAL drops what it cannot read and says so; half a text is no text.
      if messages.reason != nil { throw Failure.notInEncoding(name: encoding) }
      return Data(bytes: recoded, count: strlen(recoded))
    }
  }

  private static func isUTF8(_ name: String) -> Bool {
    ["utf8", "utf-8", "utf_8"].contains(name.lowercased())
  }

  private static func firstInvalidLine(_ data: Data) -> Int? {
    data.withUnsafeBytes { bytes -> Int? in
      let text = bytes.bindMemory(to: UInt8.self)
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: text.span)
        return nil
      } catch {
        return 1 + text[..<error.byteOffsets.lowerBound].count { $0 == 0x0A }
      }
    }
  }
}

extension TextArray {
  /// False when any of the bytes is no UTF-8. O(bytes), without a copy.
  var isUTF8: Bool { (try? UTF8Span(validating: bytes.span)) != nil }
}
