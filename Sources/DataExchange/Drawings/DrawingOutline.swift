import WorkControl

/// What a drawing holds, before any entity is read: names, blocks, and whose each entity is.
struct DrawingOutline {
  struct Block {
    let base: SIMD3<Double>
    /// Its content stands in another file.
    let isExternal: Bool
  }

  /// Names by handle, in the code page of the drawing.
  private(set) var layers: [UInt64: [UInt8]] = [:]
  private(set) var lineTypes: [UInt64: [UInt8]] = [:]
  private(set) var blocks: [UInt64: Block] = [:]
  /// Where the entities of model space and of all print layouts begin, in bytes, in the order of their handles.
  private(set) var model: [Int] = []
  private(set) var paper: [Int] = []
  /// Those of blocks, and the parts of polylines and insertions, by the handle of their owner.
  private(set) var owned: [UInt64: [Int]] = [:]
  /// Which of them insert a block.
  private(set) var insertions: Set<Int> = []
  /// Objects that cannot be read.
  private(set) var damaged = 0

  /// Reads the head of every object. O(bytes of the file).
  ///
  /// - Throws: `ExchangeError` for a file whose objects lie one over another; `Cancelled`.
  init(_ file: DrawingFile, monitor: WorkMonitor) throws {
    var model: Set<UInt64> = []
    var paper: Set<UInt64> = []
    var size = 0
    var handles: Set<UInt64> = []
    for (index, entry) in file.objects.enumerated() {
      if index & 0xFFF == 0 {
        let fraction = Double(index) / Double(file.objects.count)
        try monitor.report("reading \(file.source.name)", fraction: fraction, done: index)
      }
      do throws(BitReader.Malformed) {
        let object = try DrawingObject(file, at: entry.offset)
        size += object.size
        guard object.handle == entry.handle, handles.insert(object.handle).inserted else {
          throw BitReader.Malformed()
        }
        switch object.type {
        case DrawingKind.layer: layers[object.handle] = try object.named().name
        case DrawingKind.lineType: lineTypes[object.handle] = try object.named().name
        case DrawingKind.blockHeader:
          let (name, block) = try Self.block(object)
          blocks[object.handle] = block
          let title = String(decoding: name, as: UTF8.self).uppercased()
          if title == "*MODEL_SPACE" { model.insert(object.handle) }
          if title.hasPrefix("*PAPER_SPACE") { paper.insert(object.handle) }
        default:
          if DrawingKind.isEntity(object.type, file) { try add(DrawingEntity(object), at: entry.offset) }
        }
      } catch {
        damaged += 1
      }
      guard size <= file.bytes.count else {
        throw file.source.damagedDrawing("its list of objects names the same bytes again and again")
      }
    }
    // What belongs to something damaged is left out with it.
    handles.formUnion(file.objects.map(\.handle))
    for (owner, parts) in owned where !handles.contains(owner) {
      damaged += parts.count
      owned[owner] = nil
    }
    for owner in model.sorted() { self.model += owned.removeValue(forKey: owner) ?? [] }
    for owner in paper.sorted() { self.paper += owned.removeValue(forKey: owner) ?? [] }
  }

  private mutating func add(_ entity: DrawingEntity, at offset: Int) {
    if entity.type == DrawingKind.insertion || entity.type == DrawingKind.insertionGrid { insertions.insert(offset) }
    switch entity.space {
    case .model: model.append(offset)
    case .paper: paper.append(offset)
    case .owner(let owner): owned[owner, default: []].append(offset)
    }
  }

  /// The header of a block, BLOCK HEADER (49).
  private static func block(_ object: DrawingObject) throws(BitReader.Malformed) -> (name: [UInt8], Block) {
    var (name, data) = try object.named()
    _ = try data.bit()
    _ = try data.short()
    // Dependent, without a name, with attributes.
    _ = try data.bits(3)
    let isExternal = try data.bits(2) != 0
    _ = try data.bit()
    return (name, Block(base: try data.point(), isExternal: isExternal))
  }
}
