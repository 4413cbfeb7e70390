// All kernels for one instruction set: define LANES (floats in a vector), ROWS (rows of a register-blocked product) and TABLE (the
// name of the table), open the target attribute, include this.

#include "vector.h"

#include "elementwise.h"

#include "normalisation.h"

#include "attention.h"

#include "winograd.h"

const kernels_table TABLE = {
    .float_from_half = float_from_half,
    .float_from_bfloat16 = float_from_bfloat16,
    .activate = activate,
    .add = add,
    .geglu = geglu,
    .moments = moments,
    .scale_and_shift = scale_and_shift,
    .layer_norm = layer_norm,
    .attention_pack = attention_pack,
    .attention_block = attention_block,
    .winograd_input = winograd_input,
    .winograd_output = winograd_output,
};
