#ifndef CEDITLINE_SHIM_H
#define CEDITLINE_SHIM_H
#include <stdio.h>
#include <histedit.h>

/* Swift does not import variadic functions: each use of el_set and history that the console makes,
   with its types; and its stdin, stdout and stderr are variables that anybody may change. */

typedef char *(*edit_line_prompt)(EditLine *);
typedef unsigned char (*edit_line_function)(EditLine *, int);

static inline EditLine *edit_line_open(const char *name) {
  return el_init(name, stdin, stdout, stderr);
}

/* Text between lines, through the same buffer as the line itself. */
static inline int edit_line_write(const char *text) {
  return fputs(text, stdout);
}

static inline int edit_line_set_prompt(EditLine *editor, edit_line_prompt prompt) {
  return el_set(editor, EL_PROMPT, prompt);
}

static inline int edit_line_set_editor(EditLine *editor, const char *mode) {
  return el_set(editor, EL_EDITOR, mode);
}

static inline int edit_line_handle_signals(EditLine *editor, int on) {
  return el_set(editor, EL_SIGNAL, on);
}

static inline int edit_line_set_client_data(EditLine *editor, void *data) {
  return el_set(editor, EL_CLIENTDATA, data);
}

static inline void *edit_line_client_data(EditLine *editor) {
  void *data = NULL;
  el_get(editor, EL_CLIENTDATA, &data);
  return data;
}

static inline int edit_line_add_function(
    EditLine *editor, const char *name, const char *help, edit_line_function function) {
  return el_set(editor, EL_ADDFN, name, help, function);
}

static inline int edit_line_bind(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, key, function, NULL);
}

/* The key in vi's command mode. */
static inline int edit_line_bind_command(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, "-a", key, function, NULL);
}

/* A terminal mode or character while a line is edited, as in editrc's setty -d. */
static inline int edit_line_set_terminal(EditLine *editor, const char *mode) {
  return el_set(editor, EL_SETTY, "-d", mode, NULL);
}

/* The terminal's modes for editing a line. */
static inline int edit_line_prepare_terminal(EditLine *editor) {
  return el_set(editor, EL_PREP_TERM, 1);
}

static inline int edit_line_set_history(EditLine *editor, History *entries) {
  return el_set(editor, EL_HIST, history, entries);
}

static inline int history_set_size(History *entries, int size) {
  HistEvent event;
  return history(entries, &event, H_SETSIZE, size);
}

static inline int history_set_unique(History *entries, int unique) {
  HistEvent event;
  return history(entries, &event, H_SETUNIQUE, unique);
}

static inline int history_enter(History *entries, const char *text) {
  HistEvent event;
  return history(entries, &event, H_ENTER, text);
}
#endif
