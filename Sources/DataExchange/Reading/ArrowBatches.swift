import CGDAL

/// The features of a layer in columns of some thousand rows (the Arrow C stream interface,
/// `OGR_L_GetArrowStream`): a third of the time of an object a feature.
struct ArrowBatches: ~Copyable {
  private var stream = ArrowArrayStream()
  private var schema = ArrowSchema()

  /// `nil` when GDAL has no such stream for the layer.
  init?(_ layer: OGRLayerH) {
    let isOpen = GDALLibrary.withStrings(["INCLUDE_FID=YES", "MAX_FEATURES_IN_BATCH=4096"]) { options in
      OGR_L_GetArrowStream(
        layer, &stream,
        UnsafeMutablePointer(
          mutating: UnsafeRawPointer(options)?.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)))
    }
    guard isOpen else { return nil }
    guard stream.get_schema?(&stream, &schema) == 0 else {
      stream.release?(&stream)
      return nil
    }
  }

  deinit {
    var (stream, schema) = (stream, schema)
    schema.release?(&schema)
    stream.release?(&stream)
  }

  /// The position of a column whose values are as they are, not numbers into a dictionary, and its format.
  func column(_ name: UnsafePointer<CChar>?) -> (position: Int, format: String)? {
    name.flatMap { column(String(cString: $0)) }
  }

  func column(_ name: String) -> (position: Int, format: String)? {
    for position in 0..<Int(schema.n_children) {
      guard let child = schema.children[position]?.pointee, String(cString: child.name) == name else { continue }
      return child.dictionary == nil ? (position, String(cString: child.format)) : nil
    }
    return nil
  }

  /// Hands the next rows to `body`; `nil` after the last of them and where GDAL stopped, which its messages tell.
  mutating func next<Result>(_ body: (ArrowArray) throws -> Result) rethrows -> Result? {
    var batch = ArrowArray()
    guard stream.get_next?(&stream, &batch) == 0, let release = batch.release else { return nil }
    defer { release(&batch) }
    return try body(batch)
  }
}

extension ArrowArray {
  /// True where a row has a value: a bit a row, and no bits when all have.
  func isValid(_ row: Int) -> Bool {
    guard null_count != 0, let bits = buffers[0] else { return true }
    let at = row + Int(offset)
    return bits.load(fromByteOffset: at >> 3, as: UInt8.self) >> UInt8(at & 7) & 1 == 1
  }

  /// The values of numbers in a row of that type.
  func values<Value>(_ type: Value.Type) -> UnsafePointer<Value>? {
    buffers[1].map { $0.assumingMemoryBound(to: type) + Int(offset) }
  }

  /// The last of whole numbers; `nil` without a row.
  var lastInteger: Int64? { length > 0 ? values(Int64.self)?[Int(length) - 1] : nil }

  /// The bytes of a text or a binary in a row.
  func bytes(_ row: Int) -> UnsafeRawBufferPointer {
    guard let starts = values(Int32.self), let data = buffers[2] else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: data + Int(starts[row]), count: Int(starts[row + 1] - starts[row]))
  }
}
