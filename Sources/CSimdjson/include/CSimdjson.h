// simdjson's document parser for callers without C++.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CSJParser CSJParser;

typedef enum {
  CSJ_PARSED,
  // The bytes are no UTF-8.
  CSJ_NOT_UTF8,
  CSJ_NO_MEMORY,
  // Anything else: no JSON, a number that no type holds, half of a surrogate pair, too deep.
  CSJ_REFUSED,
} CSJOutcome;

// Bytes behind a text that must be readable; their values do not matter (SIMDJSON_PADDING).
extern const size_t CSJPadding;

// NULL when there is no memory.
CSJParser *csj_create(void);
void csj_destroy(CSJParser *parser);

// Parses one JSON value (simdjson::dom::parser::parse, without a copy of the text).
CSJOutcome csj_parse(CSJParser *parser, const uint8_t *text, size_t length);

// What was parsed, until the next call, in the layout of simdjson's doc/tape.md.
const uint64_t *csj_tape(const CSJParser *parser);
const uint8_t *csj_strings(const CSJParser *parser);

#ifdef __cplusplus
}
#endif

#endif
