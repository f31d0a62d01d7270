import CGDAL
import Glibc

/// A file in the memory of GDAL, which goes with this object.
final class MemoryFile: Sendable {
  let path: String

  /// - Throws: `ExchangeError` when there is no room. O(bytes).
  init(_ bytes: [UInt8], named name: String) throws(ExchangeError) {
    path = "/vsimem/catchment-\(UInt64.random(in: .min ... .max))/\(name)"
    guard let copy = VSIMalloc(max(1, bytes.count))?.assumingMemoryBound(to: UInt8.self) else {
      throw ExchangeError(.tooLarge, "there is no room for \(bytes.count) bytes.")
    }
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { memcpy(copy, base, source.count) }
    }
    guard let handle = VSIFileFromMemBuffer(path, copy, vsi_l_offset(bytes.count), 1) else {
      VSIFree(copy)
      throw ExchangeError(.tooLarge, "there is no room for \(bytes.count) bytes.")
    }
    VSIFCloseL(handle)
  }

  deinit { VSIUnlink(path) }
}
