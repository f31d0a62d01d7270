import CEditLine
import Glibc

/// One line from the terminal, edited with libedit: emacs or vi keys as `~/.editrc` says, history, completion.
///
/// Used from the main thread. libedit calls back while it reads; its client data is the editor itself.
final class LineEditor {
  enum Reading: Equatable {
    case line(String)
    /// Ctrl-C: the line is dropped.
    case interrupted
    /// Ctrl-D on an empty line.
    case endOfInput
  }

  /// What Tab may put at the cursor.
  struct Completion {
    /// Goes in behind the cursor at once.
    var insertion = ""
    /// Shown when there is more than one and nothing to insert.
    var candidates: [String] = []
  }

  /// Answers Tab for the line's text and the cursor's byte offset in it.
  var complete: (String, Int) -> Completion = { _, _ in Completion() }

  private let editor: OpaquePointer
  private let history: OpaquePointer
  private var prompt: UnsafeMutablePointer<CChar>?
  private var isInterrupted = false
  private let columns: () -> Int

  /// - Parameter columns: the width of the terminal, for the list of completions.
  /// - Returns: `nil` when the terminal cannot be used.
  init?(columns: @escaping () -> Int) {
    guard let editor = edit_line_open("catchment"), let history = history_init() else { return nil }
    self.editor = editor
    self.history = history
    self.columns = columns
    history_set_size(history, Int32(HistoryFile.mostEntries))
    history_set_unique(history, 1)
    edit_line_set_client_data(editor, Unmanaged.passUnretained(self).toOpaque())
    edit_line_set_editor(editor, "emacs")
    edit_line_handle_signals(editor, 1)
    edit_line_set_prompt(editor) { editor in
      editor.flatMap(LineEditor.behind)?.prompt
    }
    edit_line_set_history(editor, history)
    edit_line_add_function(editor, "catchment-complete", "Complete the word") { editor, _ in
      editor.flatMap(LineEditor.behind)?.completeWord() ?? UInt8(CC_ERROR)
    }
    edit_line_add_function(editor, "catchment-interrupt", "Drop the line") { editor, _ in
      editor.flatMap(LineEditor.behind)?.dropLine() ?? UInt8(CC_ERROR)
    }
    edit_line_add_function(editor, "catchment-suspend", "Go back to the shell for a while") { _, _ in
      // libedit's handler gives the terminal back and takes it again.
      kill(0, SIGTSTP)
      return UInt8(CC_REDISPLAY)
    }
    edit_line_bind(editor, "^R", "em-inc-search-prev")
    el_source(editor, nil)
    // After the user's own settings, because a change of the editing mode forgets keys bound before.
    // Ctrl-C is a key at the prompt, not a signal: while a line is edited the terminal raises none.
    edit_line_set_terminal(editor, "-isig")
    for bind in [edit_line_bind, edit_line_bind_command] {
      _ = bind(editor, "^C", "catchment-interrupt")
      _ = bind(editor, "^I", "catchment-complete")
      _ = bind(editor, "^Z", "catchment-suspend")
    }
  }

  deinit {
    el_end(editor)
    history_end(history)
    free(prompt)
  }

  func readLine(prompt text: String) -> Reading {
    free(prompt)
    prompt = strdup(text)
    isInterrupted = false
    var count: Int32 = 0
    // libedit prints the prompt first, and a Ctrl-D typed before the modes are set would be lost to the old ones.
    edit_line_prepare_terminal(editor)
    // The window may have changed while nobody watched.
    el_resize(editor)
    let bytes = el_gets(editor, &count)
    if isInterrupted { return .interrupted }
    guard let bytes, count > 0 else { return .endOfInput }
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    return .line(line.last?.isNewline == true ? String(line.dropLast()) : line)
  }

  /// Adds an entry that the arrow keys bring back.
  func remember(_ entry: String) { history_enter(history, entry) }

  private static func behind(_ editor: OpaquePointer) -> LineEditor? {
    edit_line_client_data(editor).map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  private func dropLine() -> UInt8 {
    isInterrupted = true
    edit_line_write("^C\n")
    return UInt8(CC_NEWLINE)
  }

  private func completeWord() -> UInt8 {
    guard let info = el_line(editor)?.pointee else { return UInt8(CC_ERROR) }
    let line = String(
      decoding: UnsafeRawBufferPointer(start: info.buffer, count: info.lastchar - info.buffer), as: UTF8.self)
    let completion = complete(line, info.cursor - info.buffer)
    if !completion.insertion.isEmpty {
      el_insertstr(editor, completion.insertion)
      return UInt8(CC_REFRESH)
    }
    guard completion.candidates.count > 1 else { return UInt8(CC_REFRESH_BEEP) }
    edit_line_write("\n" + WordColumns.text(completion.candidates, columns: columns()))
    return UInt8(CC_REDISPLAY)
  }
}
