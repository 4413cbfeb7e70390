#include "table.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma,f16c"))), apply_to = function)
// As for AVX-512, and products of pairs of bfloat16.
#define LANES 16
#define ROWS 12
#define BFLOAT16_PRODUCTS
#define TABLE kernels_table_avx512_bfloat16
#include "Body/body.h"
#pragma clang attribute pop
#endif
