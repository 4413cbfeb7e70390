#ifndef BACKDROP_KERNELS_TABLE_H
#define BACKDROP_KERNELS_TABLE_H

#include "Kernels.h"

/// Queries that one attention task serves.
#define KERNELS_QUERY_BLOCK 48
/// Keys whose scores exist at a time.
#define KERNELS_KEY_BLOCK 256
/// The widest vector of any instruction set, in floats; padded sizes are multiples of it or of the set's own width.
#define KERNELS_MAX_LANES 16

/// The points ±A, ±B of Winograd's interpolation, beside 0 and infinity. They decide how far rounding errors grow: summing 96 channels,
/// the root mean square error is 0.9e-6 of the result for these (which oneDNN uses as well), 1.9e-6 for the textbook's ±1, ±2, and 0.5e-6
/// for the direct method.
#define KERNELS_WINOGRAD_A 0.625f
#define KERNELS_WINOGRAD_B 1.5f

/// The single-threaded pieces of the kernels, once for every instruction set.
typedef struct kernels_table {
    void (*float_from_half)(const unsigned char *from, float *to, size_t count);
    void (*float_from_bfloat16)(const unsigned char *from, float *to, size_t count);
    void (*bfloat16_from_float)(const unsigned char *from, uint16_t *to, size_t count);
    void (*activate)(const float *x, float *y, size_t count, kernels_activation activation);
    void (*add)(const float *a, const float *b, float *y, size_t count);
    void (*geglu)(const void *x, void *y, kernels_element element, size_t rows, size_t channels);
    /// Sums of (x - pivot) and (x - pivot)² over the rows, per channel.
    void (*moments)(const void *x, kernels_element element, const float *pivot, size_t rows, size_t channels, double *sums,
        double *squares);
    /// y = activation(x * gain + offset), gain and offset per channel.
    void (*scale_and_shift)(const void *x, kernels_element x_element, void *y, kernels_element y_element, size_t rows,
        size_t channels, const float *gain, const float *offset, kernels_activation activation);
    void (*layer_norm)(const void *x, kernels_element x_element, void *y, kernels_element y_element, size_t rows, size_t channels,
        const float *scale, const float *shift, float epsilon);
    /// Keys `first ..< first + KERNELS_KEY_BLOCK` of one head, transposed into panels, and the values beside them.
    void (*attention_pack)(const kernels_attention_problem *problem, size_t picture, size_t head, size_t first, float *keys, float *values);
    /// Queries `first ..< first + KERNELS_QUERY_BLOCK` of one head against its packed keys and values.
    void (*attention_block)(const kernels_attention_problem *problem, size_t picture, size_t head, size_t first,
        const float *keys, const float *values, float *scratch);
    /// The same two with bfloat16 products, for bfloat16 arrays without mask; null where the processor has none.
    void (*attention_pack_bfloat16)(
        const kernels_attention_problem *problem, size_t picture, size_t head, size_t first, float *keys, float *values);
    void (*attention_block_bfloat16)(const kernels_attention_problem *problem, size_t picture, size_t head, size_t first,
        const float *keys, const float *values, float *scratch);
    /// Tiles `first ..< first + count` of the pictures, into or from row `row` onwards of every plane.
    void (*winograd_input)(
        const kernels_winograd_shape *shape, const void *x, kernels_element element, void *tiles, size_t first, size_t count,
        size_t row);
    void (*winograd_output)(const kernels_winograd_shape *shape, const float *tiles, const float *bias, const void *residual,
        void *y, kernels_element element, size_t first, size_t count, size_t row, kernels_activation activation);
} kernels_table;

extern const kernels_table kernels_table_baseline;
#if defined(__x86_64__)
extern const kernels_table kernels_table_avx2;
extern const kernels_table kernels_table_avx512;
extern const kernels_table kernels_table_avx512_bfloat16;
#endif

/// The table of the active instruction set.
const kernels_table *kernels_active_table(void);

#endif
