import Glibc

/// Which layers go into which files.
struct ExportPlan {
  struct File {
    let path: String
    let layers: [ExportLayer]
  }

  let format: ExportFormat
  let files: [File]

  /// - Throws: `ExchangeError` when the format is unknown or cannot hold the layers.
  init(_ layers: [ExportLayer], to path: String, format: ExportFormat?) throws(ExchangeError) {
    try Self.checkNames(layers)
    if Self.isFolder(path) {
      guard let format else {
        throw ExchangeError(
          .formatUnknown, "“\(path)” is a folder, which does not tell a format.",
          fix: "Write the format behind it: export … to \"\(path)\" as geojson, or name a file.")
      }
      var folder = path
      while folder.count > 1 && folder.hasSuffix("/") { folder.removeLast() }
      self.format = format
      files = layers.map { layer in
        let name = String(layer.name.map { $0 == "/" || $0 == "\0" ? "_" : $0 })
        return File(path: "\(folder)/\(name).\(format.fileExtension)", layers: [layer])
      }
      return
    }
    let ending = SourceFile.fileExtension(SourceFile.lastComponent(path))
    guard let format = format ?? ExportFormat(name: ending) else {
      throw ExchangeError(
        .formatUnknown,
        ending.isEmpty
          ? "“\(path)” has no ending that tells a format." : "the ending “.\(ending)” is no format known here.",
        fix: "Use one of \(ExportFormat.list).")
    }
    guard layers.count == 1 || format.holdsSeveralLayers else {
      throw ExchangeError(
        .layersDoNotFit, "a \(format.title) file holds one layer, and \(layers.count) are to be written.",
        fix:
          "Export to a .gpkg file, or to a folder: to \"\(SourceFile.withoutExtension(path))/\" as \(format.rawValue)")
    }
    self.format = format
    files = [File(path: path, layers: layers)]
  }

  /// Case makes no difference in GeoPackages and in some file systems.
  private static func checkNames(_ layers: [ExportLayer]) throws(ExchangeError) {
    var names: Set<String> = []
    for layer in layers where !names.insert(layer.name.lowercased()).inserted {
      throw ExchangeError(
        .duplicateLayer, "the layer “\(layer.name)” is to be written twice.", fix: "Name every layer once.")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    if path.hasSuffix("/") { return true }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
