#ifndef BACKDROP_JEMALLOC_SHIM_H
#define BACKDROP_JEMALLOC_SHIM_H

/// How jemalloc serves the program: it reads this when the program starts, and `MALLOC_CONF` of the environment after it (jemalloc(3)).
extern const char *malloc_conf;

#endif
