#ifndef CGEOS_SHIM_H
#define CGEOS_SHIM_H
// Hides every function that is not reentrant (those without the suffix _r).
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
#endif
