#pragma once
#include <string.h>

// What Swift 6.3 has no words for, inlined into it. Arithmetic on four floats at once: `a - b` of two SIMD4<Float> is
// spelt lane by lane and put together again in odd pairs, 22 instructions for what here are 7. And fetching ahead.

typedef float float4 __attribute__((ext_vector_type(4)));

/// The squared distances of four neighbouring positions from another, which is in all lanes of `x` and `y`.
static inline __attribute__((always_inline)) float4 squaredDistances(
    const float *xs, const float *ys, float4 x, float4 y) {
  float4 dx, dy;
  memcpy(&dx, xs, sizeof dx);
  memcpy(&dy, ys, sizeof dy);
  dx -= x;
  dy -= y;
  return dx * dx + dy * dy;
}

/// The square root of a number that is not negative, without the check for one that is.
static inline __attribute__((always_inline)) double rootOf(double square) { return __builtin_elementwise_sqrt(square); }

/// Begins to fetch what is at an address, which need not be valid, into the cache.
static inline __attribute__((always_inline)) void fetchAhead(const void *address) { __builtin_prefetch(address); }
