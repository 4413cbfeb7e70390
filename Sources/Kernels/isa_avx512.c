#include "table.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"))), apply_to = function)
// 12 x 2 sums, two columns and one broadcast fill 27 of the 32 registers.
#define LANES 16
#define ROWS 12
#define TABLE kernels_table_avx512
#include "Body/body.h"
#pragma clang attribute pop
#endif
