import QueryLanguage
import Testing

/// Passwords never leave with a message, a history or a printed script.
@Suite struct SecretsTests {
  private func shown(_ text: String) -> String {
    String(decoding: SourceText(text, name: "test").withoutSecrets.bytes, as: UTF8.self)
  }

  private static let addresses = [
    "postgres://planner:sesame@host:5432/plan", "PostgreSQL://planner:sesame@host/plan",
    // What a password may hold: @, :, /, a question mark, an escaped quote, a backslash, letters of more than a byte.
    "postgres://planner:s@sesame:/sesame?sesame@host/plan", #"postgres://planner:ses\"sesame\\@host/plan"#,
    "postgres://planner:芝麻sesame@host/plan", "postgres://planner@host:5432/plan?password=sesame&sslmode=require",
    "postgres://planner@host/plan?sslmode=require&PASSWORD=sesame", "postgres://planner@host/plan?password=s@sesame",
    "postgres://planner@host:5432/plan?password=s@sesame&password=sesame",
    "postgres://planner:xpassword=sesame@host:5432/plan",
  ]

  @Test(arguments: addresses) func passwordsAreStars(address: String) {
    let query = "export clinics to \"\(address)\" layer \"a@b\" -- 出口"
    let hidden = shown(query)
    #expect(!hidden.contains("sesame") && !hidden.contains("芝麻"), "\(hidden)")
    // Places in it are the places in the text.
    #expect(hidden.utf8.count == query.utf8.count)
    #expect(hidden.hasPrefix("export clinics to \"postgres") || hidden.hasPrefix("export clinics to \"PostgreSQL"))
    #expect(hidden.contains("planner") && hidden.hasSuffix("\" layer \"a@b\" -- 出口"), "\(hidden)")
  }

  @Test func severalAddressesOfATextAreHidden() {
    let hidden = shown(
      "import \"postgres://a:one@h/d\" as x\nexport x to \"postgres://b:two@h/d\"\nimport \"postgres://c:three@h")
    #expect(
      hidden
        == "import \"postgres://a:***@h/d\" as x\nexport x to \"postgres://b:***@h/d\"\nimport \"postgres://c:*****@h")
  }

  @Test(arguments: [
    "clinics | take 3", "export x to \"postgres://planner@host:5432/plan\"", "layers of \"postgres://host/plan\"",
    "import \"a:b@c.csv\" as x", "",
  ]) func whatHoldsNoneStaysAsItIs(query: String) {
    #expect(shown(query) == query)
  }
}
