extension DatabaseAddress {
  /// What the server's or the driver's words mean for the user. Servers speak the language that they are set to, so that
  /// what is not recognised is passed on.
  func failure(_ reason: String?, doing what: String) -> ExchangeError {
    // A password may be one of the words.
    let told = reason ?? "no reason was given"
    let reason = withoutSecrets(told)
    func says(_ words: String...) -> Bool { words.contains { told.range(ofWords: $0) } }
    if says("password authentication failed", "no password supplied", "认证失败", "没有提供口令") {
      return ExchangeError(
        .loginFailed, "the server at \(server) refuses the user or the password.",
        fix: "Put the password into ~/.pgpass or PGPASSWORD, or write postgres://user:password@…; it is not kept.")
    }
    if says("database \"\(database)\" does not exist", "数据库 \"\(database)\" 不存在") {
      return ExchangeError(
        .fileMissing, "the server at \(server) has no database “\(database)”.",
        fix: "Its databases are listed by `psql -l`.")
    }
    if says("role \"", "角色 \"") && says("does not exist", "不存在") {
      return ExchangeError(
        .loginFailed, "the server at \(server) does not know the user.", fix: "Write postgres://user@host/database.")
    }
    if says(
      "connection refused", "could not translate host name", "timeout expired", "no route to host",
      "could not connect", "no such file or directory", "name or service not known")
    {
      return ExchangeError(
        .serverMissing, "no PostgreSQL server answers at \(server).",
        fix: "See that the host and the port are right, that it runs, and that it may be reached from here.")
    }
    if says("no pg_hba.conf entry") {
      return ExchangeError(
        .loginFailed, "the server at \(server) does not let this user in from this machine.",
        fix: "Its pg_hba.conf has to allow it.")
    }
    if says("permission denied", "read-only transaction", "权限不够", "只读") {
      return ExchangeError(
        .notWritable, "\(what) is not allowed in “\(shown)”: \(reason).",
        fix: "Ask for the right to it, or name another schema: layer \"schema.table\".")
    }
    if says("other objects depend on it", "仍然依赖") {
      return ExchangeError(
        .notWritable, "a table cannot be replaced, because views depend on it.", fix: "Write to another table.")
    }
    if says("disk full", "no space left") {
      return ExchangeError(.diskFull, "the disk of the server at \(server) is full; nothing was written.")
    }
    return ExchangeError(.writeFailed, "\(what) failed in “\(shown)”: \(reason).")
  }
}

extension String {
  fileprivate func range(ofWords words: String) -> Bool { lowercased().contains(words.lowercased()) }
}
