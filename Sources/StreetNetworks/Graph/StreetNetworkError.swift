/// Why a network could not be made, opened or used.
public enum StreetNetworkError: Error, Equatable, CustomStringConvertible {
  /// Not a single line of two different positions.
  case noStreets
  /// A column of the lines has another number of rows than they have.
  case attributeCount(name: String, expected: Int, found: Int)
  /// The class number of a row is none of the names.
  case unknownClass(row: Int)
  /// More classes than a byte numbers.
  case tooManyClasses(Int)
  /// A tolerance or a limit that is negative or not a number.
  case wrongDistance(name: String, Double)
  /// More edges or vertices than the buffers number.
  case tooLarge
  /// A street that is longer than 21 000 km.
  case tooLong(row: Int)
  /// A speed of a mode that is not above zero.
  case wrongSpeed(mode: String, class: String)
  /// No street is open to the mode.
  case modeWithoutStreets(mode: String)
  /// A street that the reference system asked for has no place for.
  case outsideSystem
  /// A stored network that is cut, altered or from another version.
  case damaged(String)

  /// What to do.
  public var fix: String {
    switch self {
    case .wrongSpeed: "set a speed such as 4.8 km/h"
    case .modeWithoutStreets(let mode):
      "`describe \(mode)` shows what it may use, and `describe` with the layer's name the classes of the streets"
    case .noStreets: "choose a layer of lines"
    case .attributeCount, .unknownClass: "give a value for each line, and a name for each class"
    case .tooManyClasses: "choose a column with fewer values"
    case .wrongDistance: "give a length from 0 m on, such as 0.5 m"
    case .tooLarge: "import a part of it"
    case .tooLong: "say the true reference system of the lines with crs, or leave the line out"
    case .outsideSystem: "ask in the reference system of the place: set crs = auto"
    case .damaged: "import it again"
    }
  }

  public var description: String {
    switch self {
    case .noStreets: "no streets: the layer has no line of two different positions"
    case .attributeCount(let name, let expected, let found): "\(name) has \(found) rows for \(expected) lines"
    case .unknownClass(let row): "the class of row \(row) is not among the class names"
    case .tooManyClasses(let count): "\(count) street classes are more than 256"
    case .wrongDistance(let name, let value): "the \(name) is \(value)"
    case .tooLarge: "the network has more than 500 million edges or vertices"
    case .tooLong(let row): "the line of row \(row) is too long for a street: is the reference system in metres?"
    case .wrongSpeed(let mode, let name):
      name.isEmpty
        ? "the speed of \(mode) is not above zero" : "the speed of \(mode) on \(name) is not above zero"
    case .outsideSystem: "the reference system has no place for some of the streets"
    case .modeWithoutStreets(let mode): "\(mode) may use no street of this network"
    case .damaged(let what): "the stored street network is damaged (\(what))"
    }
  }
}
