#ifndef BACKDROP_KERNELS_PARALLEL_H
#define BACKDROP_KERNELS_PARALLEL_H

#include <stddef.h>

/// Piece number `index` of the work, on thread number `worker` (0 ..< kernels_threads()).
typedef void (*kernels_task)(const void *context, size_t index, size_t worker);

/// Runs tasks 0 ..< count, each once, in any order, and returns when all are done.
void kernels_parallel(size_t count, kernels_task task, const void *context);

#endif
