extension ServiceLines {
  /// The same stretches as those of the owners of their facilities, joined where several of one reach the same street.
  ///
  /// - Parameter owners: Of each facility; `nil` where each is its own.
  /// - Complexity: O(stretches log stretches).
  public func owned(by owners: [Int32]?) -> ServiceLines {
    guard let owners else { return self }
    var own = self
    own.facilities = facilities.map { owners[Int($0)] }
    own = own.sortedByFacility()
    var result = ServiceLines()
    for i in 0..<own.count { result.append(own.facilities[i], Int(own.edges[i]), own.firsts[i], own.lasts[i]) }
    return result
  }
}
