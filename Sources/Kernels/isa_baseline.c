#include "table.h"

#include <math.h>
#include <string.h>

// Vectors of four: SSE2 on x86-64, NEON on arm64.
#define LANES 4
#define ROWS 6
#define TABLE kernels_table_baseline
#include "Body/body.h"
