import FeatureTables
import Testing

@Suite struct CalendarDateTests {
  /// Counts days from 1 January of the year 1, which is 719 162 days before 1970.
  @Test func theFirstAndLastDayOfEveryMonthHaveTheirNumbers() {
    var number: Int32 = -719_162
    var mistakes: [String] = []
    for year in 1...9999 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (index, days) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for (day, expected) in [(1, number), (days, number + Int32(days) - 1)] {
          let date = CalendarDate(year: year, month: index + 1, day: day)
          let isRight = date?.daysSince1970 == expected
          let components = CalendarDate(daysSince1970: expected).components
          if !isRight || components != (year, index + 1, day) { mistakes.append("\(year)-\(index + 1)-\(day)") }
        }
        if CalendarDate(year: year, month: index + 1, day: days + 1) != nil { mistakes.append("\(year)-\(index + 1)") }
        number += Int32(days)
      }
    }
    #expect(mistakes.isEmpty, "\(mistakes.prefix(3))")
  }

  @Test(arguments: [(0, 1, 1), (10_000, 1, 1), (2021, 0, 1), (2021, 13, 1), (2021, 5, 0), (2021, 2, 29), (1900, 2, 29)])
  func whatIsNoDayIsNil(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  @Test func textGoesBothWays() {
    #expect(CalendarDate("2021-05-11")?.text == "2021-05-11")
    #expect(CalendarDate("2021/5/1")?.text == "2021-05-01")
    #expect(CalendarDate("0001-01-01")?.daysSince1970 == -719_162)
    #expect(CalendarDate("1970-01-01")?.daysSince1970 == 0)
    for text in ["", "2021", "2021-05", "21-05-11", "2021-05-11-1", "2021-05-32", "2021-xx-11", "2021-05-"] {
      #expect(CalendarDate(text) == nil, "\(text)")
    }
  }
}
