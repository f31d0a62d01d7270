/// A syntax tree as text without its ranges, so that trees from different texts compare.
func shape(_ node: Any) -> String {
  if node is Range<Int> || node is Range<Int>? { return "" }
  if let text = node as? String { return String(reflecting: text) }
  let mirror = Mirror(reflecting: node)
  switch mirror.displayStyle {
  case .collection: return "[" + mirror.children.map { shape($0.value) }.joined(separator: ",") + "]"
  case .optional: return mirror.children.first.map { shape($0.value) } ?? "nil"
  case .enum:
    guard let child = mirror.children.first else { return "\(node)" }
    return "\(child.label ?? "")(\(shape(child.value)))"
  case .struct, .tuple:
    if mirror.children.isEmpty { return "\(node)" }
    return "(" + mirror.children.map { shape($0.value) }.joined(separator: ",") + ")"
  default: return "\(node)"
  }
}
