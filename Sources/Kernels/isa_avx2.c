#include "table.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
// 6 x 2 sums, two columns and one broadcast fill 15 of the 16 registers.
#define LANES 8
#define ROWS 6
#define TABLE kernels_table_avx2
#include "Body/body.h"
#pragma clang attribute pop
#endif
