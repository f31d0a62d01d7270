import Glibc

/// What went wrong while a file was written, in words.
enum WriteFailure {
  /// - Parameter path: the temporary or the final file; its folder is named in the message.
  static func explained(_ path: String, code: Int32) -> ExchangeError {
    let folder = SourceFile.folder(of: path)
    switch code {
    case ENOSPC, EDQUOT, EFBIG:
      return ExchangeError(
        .diskFull, "the disk of “\(folder)” is full; nothing was written.", fix: "Make room, or export to another disk."
      )
    case EACCES, EPERM, EROFS:
      return ExchangeError(
        .notWritable,
        "“\(folder)” may not be written to: \(code == EROFS ? "it is read-only" : "permission is denied").",
        fix: "Export to a folder of yours.")
    case ENOTDIR:
      return ExchangeError(.notWritable, "“\(folder)” is no folder.", fix: "Export to another path.")
    case ENOENT:
      return ExchangeError(.notWritable, "no file can be made in “\(folder)”.", fix: "Export to a folder of yours.")
    case ENAMETOOLONG:
      return ExchangeError(
        .notWritable, "the name “\(SourceFile.lastComponent(path).prefix(20))…” is too long for a file.",
        fix: "Export to a shorter one.")
    default:
      return ExchangeError(.writeFailed, "“\(folder)” cannot be written to: \(String(cString: strerror(code))).")
    }
  }

  /// A failure that GDAL tells in words only.
  static func explained(_ path: String, target: String, reason: String?) -> ExchangeError {
    let text = (reason ?? "").lowercased()
    var status = statvfs()
    let isFull = statvfs(SourceFile.folder(of: path), &status) == 0 && status.f_blocks > 0 && status.f_bavail == 0
    if isFull || text.contains("disk is full") || text.contains("no space") {
      return explained(path, code: ENOSPC)
    }
    return ExchangeError(
      .writeFailed, "“\(target)” could not be written\(reason.map { ": \($0)" } ?? "").",
      fix: "An older file of that name is as it was.")
  }
}
