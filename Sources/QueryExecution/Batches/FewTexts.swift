import FeatureTables

/// A column of texts of which thousands of rows share a handful: each is kept once, and a row names its text.
struct FewTexts<Key: Hashable> {
  private var texts = ColumnBuilder(.text)
  private var numbers: [Key: Int32] = [:]
  private var rows: [Int32] = []

  init(reservingRows count: Int) { rows.reserveCapacity(count) }

  /// Appends a row without a text.
  mutating func appendNull() { rows.append(-1) }

  /// Appends a row with the text of a key, which is worded when the key is first met.
  mutating func append(_ key: Key, worded text: (Key) -> String?) {
    if let number = numbers[key] { return rows.append(number) }
    let number = Int32(numbers.count)
    numbers[key] = number
    texts.append(reason: text(key))
    rows.append(number)
  }

  consuming func finish() -> ColumnView {
    ColumnView(source: SharedColumn(texts.finish()), rows: RowMap(selection: rows))
  }
}
