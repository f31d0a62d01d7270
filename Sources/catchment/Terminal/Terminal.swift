import Glibc

/// A terminal behind a standard stream.
struct Terminal {
  enum Stream: Int32 {
    case output = 1
    case messages = 2
  }

  let stream: Stream

  /// `nil` when the stream is a file or a pipe.
  init?(descriptor stream: Stream) {
    guard isatty(stream.rawValue) == 1 else { return nil }
    self.stream = stream
  }

  /// As the terminal tells now; 80 × 24 when it does not know.
  var size: (columns: Int, rows: Int) {
    var window = winsize()
    guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(window.ws_col), Int(window.ws_row))
  }

  /// Moves the cursor and changes its rendition: not so for `TERM=dumb`.
  var isCapable: Bool { !["", "dumb"].contains(Self.environment("TERM") ?? "") }

  /// https://no-color.org
  var showsColour: Bool { isCapable && (Self.environment("NO_COLOR") ?? "").isEmpty }

  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
