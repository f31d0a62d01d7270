import GRDB

extension StoreError {
  /// The error of a SQLite call on a store's file, in words for its user.
  ///
  /// The codes are those of <https://www.sqlite.org/rescode.html>.
  init(_ error: DatabaseError, path: String) {
    let said = error.message ?? "no reason given"
    switch error.resultCode {
    case .SQLITE_NOTADB:
      self.init(
        .notADatabase, "\(path) is not a store: it is no SQLite database",
        fix: "name a new file to make a store, or bring the file in with import")
    case .SQLITE_CORRUPT:
      self.init(
        .damaged, "\(path) is damaged: \(said)",
        fix: "take a copy from before, or save what sqlite3's .recover still reads")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .locked, "\(path) is locked by another program that is reading or writing it",
        fix: "finish what has it open (QGIS, another session) and try again; nothing was changed")
    case .SQLITE_FULL:
      self.init(
        .diskFull, "the disk is full: nothing was written to \(path) and what it held is whole",
        fix: "free some space, or keep the store on another disk")
    case .SQLITE_READONLY:
      self.init(
        .readOnly, "\(path) can only be read: the file or its folder is write-protected",
        fix: "copy it to a folder of yours, or change its permissions")
    case .SQLITE_PERM, .SQLITE_AUTH:
      self.init(.noPermission, "no permission for \(path): \(said)", fix: "change its permissions")
    case .SQLITE_CANTOPEN:
      self.init(
        .noPermission, "cannot open \(path): \(said)",
        fix: "check that the file may be read and that its folder may be written")
    case .SQLITE_TOOBIG:
      self.init(
        .tooLarge, "a value is longer than SQLite takes (1 000 000 000 bytes)", fix: "split or simplify the feature")
    case .SQLITE_IOERR:
      self.init(
        .failed, "reading or writing \(path) failed: \(said)", fix: "check the disk; what was not finished is undone")
    default:
      self.init(.failed, "\(path): \(said)")
    }
  }
}
