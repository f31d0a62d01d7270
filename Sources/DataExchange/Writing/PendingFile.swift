import Foundation
import Synchronization

/// A file that appears whole or not at all: written under a temporary name in the folder of its target, then renamed.
///
/// Unless `commit` is reached, the temporary file and folders made for it disappear with this object.
final class PendingFile {
  let target: String
  /// What is written to. Hidden, with the target's ending, because drivers go by it. For shapefiles it lies in a
  /// temporary folder, as they are several files.
  let temporary: String
  private let temporaryFolder: String?
  private var createdFolders: [String] = []
  private var isCommitted = false

  private static let counter = Atomic<Int>(0)

  /// - Throws: `ExchangeError` when the target is a folder or its folder cannot be made.
  init(target: String, format: ExportFormat) throws(ExchangeError) {
    self.target = target
    let folder = SourceFile.folder(of: target)
    let name = SourceFile.lastComponent(target)
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    let hidden = "\(folder)/\(Self.hiddenName(name)).\(getpid())-\(number).partial"
    if format == .shp {
      temporaryFolder = hidden
      temporary = "\(hidden)/\(SourceFile.withoutExtension(name)).shp"
    } else {
      temporaryFolder = nil
      temporary = "\(hidden).\(format.fileExtension)"
    }
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw ExchangeError(
        .isDirectory, "“\(target)” is a folder.",
        fix: "Name a file, or write “\(target)/” with a format to get a file for each layer.")
    }
    if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw ExchangeError(
        .notWritable, "“\(target)” is a device or a pipe, not a file.", fix: "Export to another path.")
    }
    try makeFolder(folder)
    removeAbandoned(beginning: Self.hiddenName(name), in: folder)
    if let temporaryFolder { try makeFolder(temporaryFolder) } else { try probe() }
  }

  /// A name's beginning: with what comes behind it, it must not be longer than the 255 bytes of most file systems.
  private static func hiddenName(_ name: String) -> String {
    var kept = "."
    for character in name where kept.utf8.count + character.utf8.count <= 200 { kept.append(character) }
    return kept
  }

  /// Takes away what exports to the same target left that were killed: their process is gone. A process on another
  /// machine is not seen from here, so what was written to within the last minute stays.
  private func removeAbandoned(beginning: String, in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(beginning + ".") && name.contains(".partial") {
      let process = name.dropFirst(beginning.count + 1).prefix { $0 != "-" }
      guard let process = pid_t(process), kill(process, 0) == -1, errno == ESRCH else { continue }
      var status = stat()
      let path = "\(folder)/\(name)"
      guard stat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > 60 else { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Asks the system whether files may be made here: it gives a reason, where drivers only fail.
  private func probe() throws(ExchangeError) {
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WriteFailure.explained(target, code: errno) }
    close(descriptor)
    unlink(temporary)
  }

  deinit {
    guard !isCommitted else { return }
    removeTemporary()
    for folder in createdFolders.reversed() { rmdir(folder) }
  }

  var bytes: Int {
    var status = stat()
    return stat(target, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Makes everything that was written last (fsync), before any file of an export is renamed.
  func flush() throws(ExchangeError) {
    for path in writtenFiles() {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw WriteFailure.explained(path, code: errno) }
      defer { close(descriptor) }
      if fsync(descriptor) != 0 { throw WriteFailure.explained(path, code: errno) }
    }
  }

  /// Puts the file in its place, over an older one.
  func commit() throws(ExchangeError) {
    if temporaryFolder == nil {
      if rename(temporary, target) != 0 { throw WriteFailure.explained(target, code: errno) }
    } else {
      try commitParts()
    }
    isCommitted = true
    removeTemporary()
    let folder = open(SourceFile.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// The main part last: until then readers find the older file or none.
  private func commitParts() throws(ExchangeError) {
    let stem = SourceFile.withoutExtension(target)
    // Indexes of an older shapefile would point into the new one.
    for ending in ["qix", "sbn", "sbx", "shp.xml"] { unlink("\(stem).\(ending)") }
    for path in writtenFiles() {
      let ending = SourceFile.fileExtension(SourceFile.lastComponent(path))
      if rename(path, "\(stem).\(ending)") != 0 { throw WriteFailure.explained(target, code: errno) }
    }
  }

  /// Sorted, `.shp` last.
  private func writtenFiles() -> [String] {
    guard let temporaryFolder else { return [temporary] }
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: temporaryFolder)) ?? []).sorted()
    return (names.filter { !$0.hasSuffix(".shp") } + names.filter { $0.hasSuffix(".shp") })
      .map { "\(temporaryFolder)/\($0)" }
  }

  private func removeTemporary() {
    if let temporaryFolder {
      for path in writtenFiles() { unlink(path) }
      rmdir(temporaryFolder)
    } else {
      unlink(temporary)
      // SQLite's own companions.
      for ending in ["-journal", "-wal", "-shm"] { unlink(temporary + ending) }
    }
  }

  private func makeFolder(_ folder: String) throws(ExchangeError) {
    var status = stat()
    if stat(folder, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw WriteFailure.explained(folder + "/", code: ENOTDIR) }
      return
    }
    let parent = SourceFile.folder(of: folder)
    if parent != folder { try makeFolder(parent) }
    if mkdir(folder, 0o777) == 0 {
      createdFolders.append(folder)
    } else if errno != EEXIST {
      throw WriteFailure.explained(folder, code: errno)
    }
  }
}
