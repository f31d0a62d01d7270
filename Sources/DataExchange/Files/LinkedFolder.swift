import Foundation

/// A folder with links to a file and what goes with it, for drivers that write beside what they read; removed with its
/// owner.
final class LinkedFolder {
  /// The link to the file.
  let path: String
  private let folder: URL

  /// - Parameter endings: of the files of the same name that go with it.
  /// - Throws: `ExchangeError` when the folder cannot be made.
  init(_ file: SourceFile, with endings: [String]) throws(ExchangeError) {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("catchment-\(UUID().uuidString)")
    path = folder.appendingPathComponent(file.name).path
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for target in [file.path] + endings.compactMap({ file.companion($0) }) {
        let link = folder.appendingPathComponent(SourceFile.lastComponent(target))
        try FileManager.default.createSymbolicLink(
          at: link, withDestinationURL: URL(fileURLWithPath: target).absoluteURL)
      }
    } catch {
      throw ExchangeError(
        .diskFull, "“\(folder.path)” cannot be made: \(error.localizedDescription).",
        fix: "Make room there, or set TMPDIR to a folder with room.")
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
