import FeatureTables

/// Puts batches together to a table, copying as late and as little as it can.
///
/// Batches that show rows of one shared column are remembered as row maps and gathered once at the end: a whole layer
/// that was only scanned comes out without a copy.
struct TableAssembler {
  private let schema: Schema
  private var columns: [ColumnAssembler]
  private(set) var rowCount = 0

  init(_ schema: Schema) {
    self.schema = schema
    columns = schema.fields.map { ColumnAssembler($0.type) }
  }

  mutating func append(_ batch: Batch) {
    for i in columns.indices { columns[i].append(batch.views[i]) }
    rowCount += batch.rowCount
  }

  mutating func finish() -> Table {
    Table(schema: schema, columns: columns.indices.map { columns[$0].finish() }, rowCount: rowCount)
  }
}

/// Puts views of one field together to a column.
struct ColumnAssembler {
  private let type: ValueType
  /// What came from columns before `pending`'s.
  private var builder: ColumnBuilder?
  /// The column that the last views showed.
  private var source: SharedColumn?
  /// Its rows: a run, or named ones when they stopped being neighbours.
  private var run = 0..<0
  private var selection: [Int32] = []

  init(_ type: ValueType) { self.type = type }

  mutating func append(_ view: ColumnView) {
    if view.count == 0 { return }
    if source !== view.source {
      flush()
      source = view.source
    }
    switch view.rows.kind {
    case .range(let range) where selection.isEmpty && (run.isEmpty || run.upperBound == range.lowerBound):
      run = run.isEmpty ? range : run.lowerBound..<range.upperBound
    case .range(let range):
      forgetRun()
      for row in range { selection.append(Int32(truncatingIfNeeded: row)) }
    case .selection(let rows):
      forgetRun()
      selection += rows
    }
  }

  mutating func finish() -> Column {
    if builder == nil, let source { return pendingColumn(source) }
    flush()
    return builder?.finish() ?? ColumnBuilder(type).column
  }

  private mutating func forgetRun() {
    for row in run { selection.append(Int32(truncatingIfNeeded: row)) }
    run = 0..<0
  }

  private func pendingColumn(_ source: SharedColumn) -> Column {
    selection.isEmpty ? source.column.slice(run) : source.column.gather(selection)
  }

  private mutating func flush() {
    guard let source else { return }
    var building = builder ?? ColumnBuilder(type)
    builder = nil  // so that the buffers have one owner and grow in place
    building.append(contentsOf: pendingColumn(source))
    builder = building
    self.source = nil
    run = 0..<0
    selection = []
  }
}
