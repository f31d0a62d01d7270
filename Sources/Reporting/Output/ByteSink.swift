/// Where rendered text goes: a buffer that hands its bytes on in large pieces.
///
/// A million rows never become one string; whoever owns the file decides what a failed write means.
public final class ByteSink {
  private var buffer: [UInt8] = []
  private let forward: ([UInt8]) -> Void
  private static let pieceSize = 1 << 16

  /// - Parameter forward: takes the bytes in order; pieces may end inside a character.
  public init(_ forward: @escaping ([UInt8]) -> Void) {
    self.forward = forward
  }

  public func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.pieceSize { flush() }
  }

  public func write(utf8 bytes: some Collection<UInt8>) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.pieceSize { flush() }
  }

  public func writeLine(_ text: String = "") {
    write(text)
    buffer.append(0x0A)
  }

  /// Hands on what is buffered.
  public func flush() {
    if buffer.isEmpty { return }
    forward(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
