#pragma once

/// How often memory was asked for in this process, by any thread, since it started: malloc, calloc, realloc and the
/// aligned ones. Differences count what lies between.
long allocation_count(void);
