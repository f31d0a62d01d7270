import WorkControl

/// A DWG drawing written as a drawing exchange file, so that both are read alike.
struct DrawingExchange {
  private let file: DrawingFile
  private let outline: DrawingOutline
  private let reach: DrawingReach
  private var groups: DrawingGroups
  /// Entities that are left out, by kind.
  private var otherKinds: [String: Int] = [:]
  private var damaged: Int
  private var written = 0
  /// Blocks that have something to show.
  private var filled: Set<UInt64> = []

  var bytes: [UInt8] { groups.bytes }

  /// O(bytes of the drawing).
  ///
  /// - Parameters:
  ///   - encoding: of texts, where it is not that of the drawing's code page.
  ///   - curveTolerance: how far curves may be from what they fall into, in units of the drawing.
  /// - Throws: `ExchangeError` for a drawing that is damaged, or would become too large; `Cancelled`.
  init(
    _ source: SourceFile, encoding: TextEncoding? = nil, curveTolerance: Double? = nil, monitor: WorkMonitor
  ) throws {
    file = try DrawingFile(source)
    outline = try DrawingOutline(file, monitor: monitor)
    reach = try DrawingReach(file, outline, monitor: monitor)
    groups = DrawingGroups(
      encoding: encoding == .latin1 ? nil : encoding ?? DrawingCodePage.encoding(file.codePage),
      segment: curveTolerance.map(GDALLibrary.longestSegment) ?? .infinity)
    damaged = outline.damaged
    groups.section("HEADER")
    groups.group(9, "$ACADVER")
    groups.group(1, "AC1015")
    groups.group(9, "$DWGCODEPAGE")
    groups.group(3, DrawingCodePage.name(file.codePage))
    groups.group(0, "ENDSEC")
    writeLayers()
    try writeBlocks(monitor)
    groups.section("ENTITIES")
    try write(outline.model, isOnPaper: false, monitor)
    try write(outline.paper, isOnPaper: true, monitor)
    groups.group(0, "ENDSEC")
    groups.group(0, "EOF")
    if damaged > 0, written == 0, otherKinds.isEmpty { throw source.damagedDrawing("none of its entities can be read") }
  }

  private static let mostSegments = 2e7

  /// What was left out.
  var notes: [String] {
    var notes: [String] = []
    func text(_ count: Int, _ one: String, _ more: String) -> String { count == 1 ? "1 \(one)" : "\(count) \(more)" }
    if !otherKinds.isEmpty {
      let kinds = otherKinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let list = kinds.prefix(12).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      let count = otherKinds.values.reduce(0, +)
      notes.append(
        text(count, "entity of another kind", "entities of other kinds")
          + " (\(list)\(kinds.count > 12 ? " …" : "")) \(count == 1 ? "was" : "were") left out.")
    }
    if damaged > 0 {
      notes.append(
        text(damaged, "object is damaged and was", "objects are damaged and were")
          + " left out; save the drawing as DXF to have all.")
    }
    if !reach.endless.isEmpty {
      notes.append(
        text(reach.endless.count, "insertion of a block in itself was", "insertions of blocks in themselves were")
          + " left out.")
    }
    return notes
  }

  // MARK: Sections

  private mutating func writeLayers() {
    groups.section("TABLES")
    groups.group(0, "TABLE")
    groups.group(2, "LAYER")
    groups.group(70, outline.layers.count)
    for (_, name) in outline.layers.sorted(by: { $0.key < $1.key }) {
      groups.group(0, "LAYER")
      groups.name(2, name)
      groups.group(70, 0)
      groups.group(62, 7)
      groups.group(6, "CONTINUOUS")
    }
    groups.group(0, "ENDTAB")
    groups.group(0, "ENDSEC")
  }

  private mutating func writeBlocks(_ monitor: WorkMonitor) throws {
    groups.section("BLOCKS")
    for handle in reach.blocks {
      guard let block = outline.blocks[handle] else { continue }
      try monitor.check()
      groups.group(0, "BLOCK")
      groups.group(8, "0")
      groups.group(2, DrawingInsertion.name(handle))
      groups.group(70, 0)
      let begin = groups.bytes.count
      do throws(BitReader.Malformed) {
        try groups.point(10, block.base)
      } catch {
        // Nobody knows where it would be.
        groups.cut(to: begin)
        damaged += 1
        groups.group(0, "ENDBLK")
        continue
      }
      let before = written
      try write(outline.owned[handle] ?? [], isOnPaper: false, isInBlock: true, monitor)
      if written > before { filled.insert(handle) }
      groups.group(0, "ENDBLK")
      groups.group(8, "0")
    }
    groups.group(0, "ENDSEC")
  }

  // MARK: Entities

  private mutating func write(
    _ entities: [Int], isOnPaper: Bool, isInBlock: Bool = false, _ monitor: WorkMonitor
  ) throws {
    for (index, offset) in entities.enumerated() {
      if index & 0xFFF == 0xFFF { try monitor.check() }
      let insertion = write(entityAt: offset) { (exchange, entity) throws(BitReader.Malformed) in
        try exchange.add(entity, at: offset, isOnPaper, isInBlock)
      }
      guard groups.segments <= Self.mostSegments else {
        throw ExchangeError(
          .tooLarge, "the curves of “\(file.source.name)” fall into more than \(Int(Self.mostSegments)) segments.",
          fix: "Leave out tolerance, or write a larger one.")
      }
      guard case let handle?? = insertion else { continue }
      // The attributes of an insertion are texts in their own place; vertices are written with their polyline.
      for part in outline.owned[handle] ?? [] {
        _ = write(entityAt: part) { (exchange, entity) throws(BitReader.Malformed) in
          try exchange.add(attribute: entity, isOnPaper)
        }
      }
    }
  }

  /// Reads an entity and writes it; one that cannot be is left out and counted.
  private mutating func write<Result>(
    entityAt offset: Int, _ add: (inout DrawingExchange, DrawingEntity) throws(BitReader.Malformed) -> Result
  ) -> Result? {
    let begin = groups.bytes.count
    do throws(BitReader.Malformed) {
      return try add(&self, DrawingEntity(DrawingObject(file, at: offset)))
    } catch {
      groups.cut(to: begin)
      damaged += 1
      return nil
    }
  }

  /// - Returns: the handle of an insertion.
  private mutating func add(
    _ entity: DrawingEntity, at offset: Int, _ isOnPaper: Bool, _ isInBlock: Bool
  ) throws(BitReader.Malformed) -> UInt64? {
    switch entity.type {
    case DrawingKind.attributeDefinition where isInBlock:
      // What it defines is written where the block is inserted.
      return nil
    case DrawingKind.insertion, DrawingKind.insertionGrid:
      let insertion = try DrawingInsertion(entity)
      guard let block = outline.blocks[insertion.block] else { throw BitReader.Malformed() }
      if block.isExternal { leaveOut("XREF", isOnPaper) }
      if filled.contains(insertion.block), !reach.endless.contains(offset) {
        try insertion.write(to: &groups, entity, common(entity, isOnPaper))
        written += 1
      }
      return entity.handle
    case DrawingKind.polyline2D, DrawingKind.polyline3D:
      let polyline = try DrawingPolyline(entity, outline.owned[entity.handle] ?? [], file)
      try polyline.write(to: &groups, entity, common(entity, isOnPaper))
      written += 1
    default:
      if try groups.add(entity, common(entity, isOnPaper)) {
        written += 1
      } else {
        leaveOut(DrawingKind.name(entity.type, file), isOnPaper)
      }
    }
    return nil
  }

  private mutating func add(attribute: DrawingEntity, _ isOnPaper: Bool) throws(BitReader.Malformed) {
    guard attribute.type == DrawingKind.attribute else { throw BitReader.Malformed() }
    if try groups.add(attribute, common(attribute, isOnPaper)) { written += 1 }
  }

  private mutating func leaveOut(_ kind: String, _ isOnPaper: Bool) {
    if !isOnPaper { otherKinds[kind, default: 0] += 1 }
  }

  private func common(_ entity: DrawingEntity, _ isOnPaper: Bool) -> DrawingGroups.Common {
    let lineType: [UInt8]? =
      switch entity.lineType {
      case .byLayer: nil
      case .byBlock: Array("BYBLOCK".utf8)
      case .continuous: Array("CONTINUOUS".utf8)
      case .handle(let handle): outline.lineTypes[handle]
      }
    return DrawingGroups.Common(
      layer: outline.layers[entity.layer] ?? Array("0".utf8), lineType: lineType, isOnPaper: isOnPaper)
  }
}
