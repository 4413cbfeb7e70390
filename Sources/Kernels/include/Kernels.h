#ifndef BACKDROP_KERNELS_H
#define BACKDROP_KERNELS_H

#include <stddef.h>

/// `count` half-precision numbers at `from` (any alignment) become float32.
void kernels_float_from_half(const void *from, float *to, size_t count);
/// `count` bfloat16 numbers at `from` (any alignment) become float32.
void kernels_float_from_bfloat16(const void *from, float *to, size_t count);

#endif
