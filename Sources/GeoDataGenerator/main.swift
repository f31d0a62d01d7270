import Foundation
import GeoDataDrawing

// Writes every layer of GeoData and the manifest: `swift run geodata-generator GeoData/layers`.

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: geodata-generator FOLDER (GeoData/layers in the package)\n".utf8))
  exit(2)
}
do {
  let folder = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for file in try GeoDataSet().files {
    try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name), options: .atomic)
    print(file.name)
  }
} catch {
  FileHandle.standardError.write(Data("cannot write the layers: \(error)\n".utf8))
  exit(3)
}
