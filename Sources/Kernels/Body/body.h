// All kernels for one instruction set: define LANES (floats in a vector), ROWS (rows of a register-blocked product) and TABLE (the
// name of the table), BFLOAT16_PRODUCTS where the set multiplies bfloat16, open the target attribute, include this.

#include "vector.h"

#include "elementwise.h"

#include "normalisation.h"

#include "attention.h"

#ifdef BFLOAT16_PRODUCTS
#include "attention_bfloat16.h"
#endif

#include "winograd.h"

const kernels_table TABLE = {
    .float_from_half = float_from_half,
    .float_from_bfloat16 = float_from_bfloat16,
    .bfloat16_from_float = bfloat16_from_float,
    .activate = activate,
    .add = add,
    .geglu = geglu,
    .moments = moments,
    .scale_and_shift = scale_and_shift,
    .layer_norm = layer_norm,
    .attention_pack = attention_pack,
    .attention_block = attention_block,
#ifdef BFLOAT16_PRODUCTS
    .attention_pack_bfloat16 = attention_pack_bfloat16,
    .attention_block_bfloat16 = attention_block_bfloat16,
#endif
    .winograd_input = winograd_input,
    .winograd_output = winograd_output,
};
