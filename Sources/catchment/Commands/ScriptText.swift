import Glibc
import QueryLanguage

/// The text of a script, read whole.
struct ScriptText {
  let source: SourceText

  init(text: String, name: String) { source = SourceText(text, name: name) }

  /// - Throws: `UnreadableScript` when there is no such file, or it is not a text in UTF-8.
  init(path: String) throws(UnreadableScript) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw UnreadableScript(path: path, error: errno) }
    defer { close(descriptor) }
    try self.init(descriptor: descriptor, name: path)
  }

  init(standardInputNamed name: String) throws(UnreadableScript) {
    try self.init(descriptor: STDIN_FILENO, name: name)
  }

  private init(descriptor: Int32, name: String) throws(UnreadableScript) {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw UnreadableScript(path: name, error: errno)
      }
      bytes.append(contentsOf: piece[..<count])
    }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
    if let offset = bytes.firstInvalidUTF8 {
      let line = bytes[..<offset].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      throw UnreadableScript(notUTF8: name, line: line)
    }
    source = SourceText(utf8: bytes, name: name)
  }
}

/// A script that cannot be read, and what to do.
struct UnreadableScript: Error {
  let message: String

  init(path: String, error: Int32) {
    switch error {
    case ENOENT, ENOTDIR: message = "there is no script \(path); is the path right, seen from this folder?"
    case EISDIR: message = "\(path) is a folder; name the script in it"
    case EACCES, EPERM: message = "\(path) may not be read by this user: permission denied"
    default: message = "\(path) cannot be read: \(String(cString: strerror(error)))"
    }
  }

  init(notUTF8 path: String, line: Int) {
    message = "\(path) is not text in UTF-8 (line \(line)); save it in that encoding"
  }
}

extension [UInt8] {
  /// The first byte that is not part of well-formed UTF-8. O(bytes).
  var firstInvalidUTF8: Int? {
    var codec = UTF8.ForwardParser()
    var iterator = makeIterator()
    var offset = 0
    while true {
      switch codec.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }
}
