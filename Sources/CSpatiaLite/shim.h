#ifndef CSPATIALITE_SHIM_H
#define CSPATIALITE_SHIM_H
// Only the two calls that attach SpatiaLite to a connection: <spatialite.h> pulls in its own
// sqlite3 declarations, which would clash with those that GRDB imports.
void *spatialite_alloc_connection(void);
void spatialite_init_ex(void *sqlite_connection, const void *cache, int verbose);
void spatialite_cleanup_ex(const void *cache);
#endif
