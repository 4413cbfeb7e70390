// The fused operators that oneDNN 2.6 lacks. All arrays are contiguous and row-major unless a comment says otherwise, and hold float32
// where they are `float *`; a `void *` array has a `kernels_element` beside it. Arithmetic is float32 in any case.
// Each function picks the widest instruction set of the processor and spreads over the threads of the OpenMP runtime that oneDNN
// uses. How work is cut never depends on the number of threads, so results do not either.

#ifndef BACKDROP_KERNELS_H
#define BACKDROP_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Instruction sets, each including the ones before it.
typedef enum kernels_isa {
    kernels_isa_baseline = 0,
    kernels_isa_avx2 = 1,
    kernels_isa_avx512 = 2,
    kernels_isa_avx512_bfloat16 = 3,
} kernels_isa;

/// The widest instruction set of this processor that ONEDNN_MAX_CPU_ISA (which caps oneDNN as well) allows.
kernels_isa kernels_detected_isa(void);
/// Uses no wider instruction set than `isa` from now on; wider than the detected one has no effect. For tests.
void kernels_limit_isa(kernels_isa isa);
/// What the kernels use now.
kernels_isa kernels_active_isa(void);

/// Threads that a kernel called from this thread spreads over.
size_t kernels_threads(void);

/// How the numbers of an array are stored.
typedef enum kernels_element {
    kernels_element_float32 = 0,
    /// The upper half of a float32.
    kernels_element_bfloat16 = 1,
} kernels_element;

typedef enum kernels_activation {
    kernels_activation_none = 0,
    kernels_activation_silu = 1,
    kernels_activation_quick_gelu = 2,
    kernels_activation_gelu = 3,
    kernels_activation_relu = 4,
} kernels_activation;

/// `count` half-precision numbers at `from` (any alignment) become float32.
void kernels_float_from_half(const void *from, float *to, size_t count);
/// `count` bfloat16 numbers at `from` (any alignment) become float32.
void kernels_float_from_bfloat16(const void *from, float *to, size_t count);
/// `count` float32 numbers at `from` (any alignment) become bfloat16, rounded to the nearest, ties to even.
void kernels_bfloat16_from_float(const void *from, uint16_t *to, size_t count);
/// `count` half-precision numbers at `from` (any alignment) become bfloat16, rounded likewise.
void kernels_bfloat16_from_half(const void *from, uint16_t *to, size_t count);

/// Whether none of `count` numbers has an exponent of all ones, as infinities and NaN have.
int kernels_is_finite(const void *numbers, size_t count);
int kernels_is_finite_bfloat16(const void *numbers, size_t count);

/// y = activation(x), element by element; `y` may be `x`.
void kernels_activate(const float *x, float *y, size_t count, kernels_activation activation);
/// y = a + b, element by element.
void kernels_add(const float *a, const float *b, float *y, size_t count);
/// y[i, p, c] = a[i, p, c] + b[i, c].
void kernels_add_per_channel(const float *a, const float *b, float *y, size_t batch, size_t positions, size_t channels);
/// y[r, c] = x[r, c] * gelu(x[r, channels + c]) with the exact (erf) GELU; `x` and `y` hold `element`s.
void kernels_geglu(const void *x, void *y, kernels_element element, size_t rows, size_t channels);

/// Repeats every pixel of `x` [batch, height, width], `pixel_bytes` long, twice in both directions.
void kernels_upsample_nearest_2x(const void *x, void *y, size_t batch, size_t height, size_t width, size_t pixel_bytes);
/// Writes `rows` rows of `row_bytes` bytes into `y`, `row_stride` bytes from one to the next.
void kernels_copy_rows(const void *x, void *y, size_t rows, size_t row_bytes, size_t row_stride);

/// Doubles of scratch memory that `kernels_group_norm` needs.
size_t kernels_group_norm_scratch(size_t batch, size_t positions, size_t channels);
/// Group normalisation of `x` [batch, positions, channels] with `scale` and `shift` [channels], then `activation`.
void kernels_group_norm(const void *x, kernels_element x_element, void *y, kernels_element y_element, size_t batch, size_t positions,
    size_t channels, size_t groups, const float *scale, const float *shift, float epsilon, kernels_activation activation,
    double *scratch);
/// Layer normalisation of the rows of `x` [rows, channels] with `scale` and `shift` [channels].
void kernels_layer_norm(const void *x, kernels_element x_element, void *y, kernels_element y_element, size_t rows, size_t channels,
    const float *scale, const float *shift, float epsilon);

/// One attention: query [batch, queries, heads * size], key and value [batch, keys, heads * size], output like query.
typedef struct kernels_attention_problem {
    const void *query, *key, *value;
    void *output;
    /// Of query, key, value and output.
    kernels_element element;
    size_t batch, queries, keys, heads, size;
    /// Added to the scores: [queries, keys] per picture, `mask_stride` numbers apart (0: the same for all). May be null.
    const float *mask;
    size_t mask_stride;
    /// Not 0: a query sees keys up to its own position only.
    int causal;
} kernels_attention_problem;

/// Floats of scratch memory that `kernels_attention` needs.
size_t kernels_attention_scratch(const kernels_attention_problem *problem);
/// softmax(query keyᵀ / √size + mask) value, head by head. Scores are kept one tile at a time (Rabe and Staats,
/// "Self-attention Does Not Need O(n²) Memory"; Dao et al., "FlashAttention"). Where the processor multiplies bfloat16, products of
/// bfloat16 arrays without mask are computed from bfloat16 queries, keys, weights and values, with float32 sums and softmax.
void kernels_attention(const kernels_attention_problem *problem, float *scratch);

/// A 3x3 convolution with stride 1 by one of Winograd's methods (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks").
/// F(4x4, 3x3): every 4x4 tile of the output takes 36 products per pair of channels instead of 144; F(2x2, 3x3): every 2x2 tile takes 16
/// instead of 36, with smaller weights and smaller errors. Input and output tiles lie in (tile + 2)² planes [tiles, channels]; between the
/// transforms stands one matrix product per plane. Channels are multiples of 16.
typedef struct kernels_winograd_shape {
    size_t batch, height, width, output_height, output_width;
    /// Zeros above and to the left of the input.
    size_t padding_top, padding_left;
    size_t input_channels, output_channels;
    /// Width and height of a tile of the output: 4 or 2.
    size_t tile;
    /// Of the planes of input tiles; bfloat16 with tiles of 2 only.
    kernels_element tiles_element;
    /// Numbers from one plane of tiles to the next.
    size_t input_plane, output_plane;
} kernels_winograd_shape;

/// Tiles of the whole batch.
size_t kernels_winograd_tiles(const kernels_winograd_shape *shape);
/// `weights` [outputs, inputs, 3, 3] become `transformed` [(tile + 2)², inputs, outputs].
void kernels_winograd_weights(const float *weights, float *transformed, size_t outputs, size_t inputs, size_t tile);
/// Tiles `first ..< first + count` of `x` become rows 0 ..< count of the planes in `tiles`.
void kernels_winograd_input(
    const kernels_winograd_shape *shape, const void *x, kernels_element element, void *tiles, size_t first, size_t count);
/// Rows 0 ..< count of the planes in `tiles` become tiles `first ..< first + count` of `y`, with `bias` [channels] and `residual`
/// (shaped like `y`) added when they are not null, and `activation` last.
void kernels_winograd_output(const kernels_winograd_shape *shape, const float *tiles, const float *bias, const void *residual,
    void *y, kernels_element element, size_t first, size_t count, kernels_activation activation);

#endif
