import Testing

@testable import QueryLanguage

@Suite struct LexerTests {
  private func kinds(_ text: String) -> [Token.Kind] {
    Lexer.lex(SourceText(text, name: "t")).tokens.dropLast().map(\.kind)
  }
  private func texts(_ text: String) -> [String] { Lexer.lex(SourceText(text, name: "t")).texts }
  private func numbers(_ text: String) -> [Double] { Lexer.lex(SourceText(text, name: "t")).numbers.map(\.value) }
  private func codes(_ text: String) -> [DiagnosticCode] {
    Lexer.lex(SourceText(text, name: "t")).diagnostics.map(\.code)
  }

  @Test func namesAreLettersOfAnyScript() {
    for name in ["a", "_id", "km²", "m³", "区县", "诊所_2", "été", "Москва", "㎡", "ﾊﾟ", "a\u{301}b", "〇"] {
      #expect(kinds(name) == [.name], "\(name)")
    }
    #expect(kinds("2a") == [.wholeNumber, .name])
    #expect(kinds("500米") == [.wholeNumber, .name])
    #expect(texts("`odd ``name`") == ["odd `name"])
  }

  @Test func numbersAndDates() {
    #expect(numbers("1 1.5 1e5 1_000 1_0.5 2E-3 ５００ 1e+2") == [1, 1.5, 1e5, 1000, 10.5, 0.002, 500, 100])
    // Beyond 2⁵³ the next number is another one; beyond 2⁶³ there is none.
    let whole = Lexer.lex(SourceText("9007199254740993 9_223_372_036_854_775_807 9223372036854775808 1.0", name: "t"))
    #expect(whole.numbers.map(\.whole) == [9_007_199_254_740_993, .max, nil, nil])
    #expect(kinds("1 1.5 1e5 1_000") == [.wholeNumber, .number, .number, .wholeNumber])
    #expect(kinds("5e 5m 5.m") == [.wholeNumber, .name, .wholeNumber, .name, .wholeNumber, .dot, .name])
    #expect(kinds("2021-05-11 2024-2-29") == [.date, .date])
    #expect(Lexer.lex(SourceText("2021-05-11", name: "t")).tokens[0].payload == 20_210_511)
    #expect(kinds("2021 - 5 - 11") == [.wholeNumber, .minus, .wholeNumber, .minus, .wholeNumber])
    for wrong in [
      "2021-02-29", "2021-13-01", "2021-00-01", "2021-01-32", "21-01-01", "0000-01-01", "1-2-3", "99999-01-01",
    ] {
      #expect(codes(wrong) == [.noSuchDate], "\(wrong)")
    }
    for wrong in ["1_", "1__0", "1.2.3", "1e999", "1_000_"] { #expect(codes(wrong) == [.malformedNumber], "\(wrong)") }
  }

  @Test func stringsInStraightAndChineseQuotes() {
    #expect(texts(#""a\"b\\c\nd\te" “中文” ”反“ ＂全＂ "他说“好”""#) == ["a\"b\\c\nd\te", "中文", "反", "全", "他说“好”"])
    #expect(codes("\"a\nb\"") == [.unterminatedString, .unterminatedString])
    #expect(texts("sql \"select 1\r\nfrom x\"") == ["select 1\nfrom x"])
    #expect(codes("'a' ‘b’") == [.singleQuotes, .singleQuotes])
    #expect(texts("'a' ‘b’") == ["a", "b"])
  }

  @Test func punctuationOfInputMethods() {
    #expect(
      kinds("，（）：；｜＝ ＞ ＜ ％、！＝＝＝＞＝＜＝＋－＊／．") == [
        .comma, .opening, .closing, .colon, .semicolon, .pipe, .assign, .greater, .less, .percent, .comma, .notEqual,
        .equal, .greaterOrEqual, .lessOrEqual, .plus, .minus, .star, .slash, .dot,
      ])
    #expect(kinds("≤ ≥ ≠ × ÷ −") == [.lessOrEqual, .greaterOrEqual, .notEqual, .star, .slash, .minus])
    #expect(kinds("a\u{3000}b\u{A0}c") == [.name, .name, .name])
    #expect(kinds("a －－ comment") == [.name])
  }

  @Test func lineEndsCommentsAndTheByteOrderMark() {
    #expect(kinds("\u{FEFF}a -- b | c\r\nd\re\n") == [.name, .newline, .name, .newline, .name, .newline])
    #expect(Lexer.lex(SourceText("\u{FEFF}a", name: "t")).tokens[0].range == 3..<4)
  }

  @Test func whatCannotBeReadIsReportedOncePerRun() {
    func codes(_ bytes: [UInt8]) -> [String] {
      Lexer.lex(SourceText(utf8: bytes, name: "t")).diagnostics.map { "\($0.code.name) \($0.range ?? 0..<0)" }
    }
    #expect(codes([0x61, 0xFF, 0xFE, 0x62]) == ["syntax.invalid-utf8 1..<3"])
    // Overlong, surrogate, beyond the last plane, cut short.
    for bad: [UInt8] in [
      [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8],
    ] {
      #expect(codes(bad) == ["syntax.invalid-utf8 0..<\(bad.count)"])
    }
    #expect(codes(Array("a # $ @@ \0".utf8)).count == 4)
    #expect(codes([0x22, 0xFF, 0x22]) == ["syntax.invalid-utf8 1..<2"])
    #expect(codes(Array("\"a\0b\"".utf8)) == ["syntax.stray-character 2..<3"])
    #expect(codes(Array("a\u{200B}b".utf8)) == ["syntax.stray-character 1..<4"])
  }
}
