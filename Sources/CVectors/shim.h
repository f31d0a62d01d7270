#pragma once
#include <string.h>

// Arithmetic on four floats at once, inlined into Swift. Swift 6.3 spells `a - b` of two SIMD4<Float> lane by lane and
// LLVM puts the lanes together again in odd pairs: 22 instructions for what here are 7.

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
