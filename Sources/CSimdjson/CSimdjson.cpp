#include "CSimdjson.h"

#include <new>
#include <simdjson.h>

struct CSJParser {
  simdjson::dom::parser parser;
};

const size_t CSJPadding = simdjson::SIMDJSON_PADDING;

CSJParser *csj_create(void) { return new (std::nothrow) CSJParser; }

void csj_destroy(CSJParser *parser) { delete parser; }

CSJOutcome csj_parse(CSJParser *parser, const uint8_t *text, size_t length) {
  switch (parser->parser.parse(text, length, false).error()) {
  case simdjson::SUCCESS:
    return CSJ_PARSED;
  case simdjson::UTF8_ERROR:
    return CSJ_NOT_UTF8;
  case simdjson::MEMALLOC:
    return CSJ_NO_MEMORY;
  default:
    return CSJ_REFUSED;
  }
}

const uint64_t *csj_tape(const CSJParser *parser) { return parser->parser.doc.tape.get(); }

const uint8_t *csj_strings(const CSJParser *parser) { return parser->parser.doc.string_buf.get(); }
