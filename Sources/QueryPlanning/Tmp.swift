func nearestNames(to name: String, in names: [String]) -> [String] { [] }
