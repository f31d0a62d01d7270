import CatchmentEngine

/// Answers as feature collections (RFC 7946), one a line.
struct GeoJSONReport {
  let output: ByteSink

  func write(_ answer: Answer) {
    let features = (0..<answer.table.rowCount).map { row in
      let columns = FileColumn.columns(of: answer.table)
      let properties = JSONText.object(columns.map { ($0.name, $0.json(at: row)) })
      return JSONText.object([("type", "\"Feature\""), ("geometry", "null"), ("properties", properties)])
    }
    output.writeLine(
      JSONText.object([("type", "\"FeatureCollection\""), ("features", JSONText.array(features))]))
  }
}
