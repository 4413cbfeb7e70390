// Attention with bfloat16 products, for AVX512-BF16: one instruction multiplies 16 pairs of bfloat16 and adds each pair's two products to a
// float32 sum. Included after attention.h, whose blocking it shares; operands are packed in pairs along the dimension that is summed.

/// The score of a key that does not exist: its weight is zero, and unlike infinity it takes part in arithmetic.
#define NO_SCORE (-1e30f)

/// Pairs of bfloat16 of a row.
INLINE size_t pairs_of(size_t count) { return (count + 1) / 2; }

/// c[ROWS][vectors · LANES] = (accumulate ? c : 0) + a[ROWS][2 · pairs] b[2 · pairs][vectors · LANES]; strides of `a` and `b` in pairs.
INLINE void product_of_pairs(const uint32_t *a, size_t a_stride, const uint32_t *b, size_t b_stride, float *c, size_t c_stride,
    size_t pairs, int vectors, int accumulate) {
    __m512 sum[ROWS][2];
#pragma clang loop unroll(full)
    for (int row = 0; row < ROWS; ++row)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; ++v)
            sum[row][v] = accumulate ? _mm512_loadu_ps(c + (size_t)row * c_stride + v * LANES) : _mm512_setzero_ps();
    for (size_t pair = 0; pair < pairs; ++pair) {
        __m512i right[2];
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; ++v) right[v] = _mm512_loadu_si512(b + pair * b_stride + v * LANES);
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; ++row) {
            __m512i left = _mm512_set1_epi32((int)a[(size_t)row * a_stride + pair]);
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; ++v) sum[row][v] = _mm512_dpbf16_ps(sum[row][v], (__m512bh)right[v], (__m512bh)left);
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < ROWS; ++row)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; ++v) _mm512_storeu_ps(c + (size_t)row * c_stride + v * LANES, sum[row][v]);
}

/// The same for half a vector of columns, which accumulates always. Processors that take a vector in two halves take it in half the time.
INLINE void product_of_pairs_in_half(const uint32_t *a, size_t a_stride, const uint32_t *b, size_t b_stride, float *c, size_t c_stride,
    size_t pairs) {
    __m256 sum[ROWS];
#pragma clang loop unroll(full)
    for (int row = 0; row < ROWS; ++row) sum[row] = _mm256_loadu_ps(c + (size_t)row * c_stride);
    for (size_t pair = 0; pair < pairs; ++pair) {
        __m256i right = _mm256_loadu_si256((const __m256i *)(b + pair * b_stride));
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; ++row)
            sum[row] = _mm256_dpbf16_ps(sum[row], (__m256bh)right, (__m256bh)_mm256_set1_epi32((int)a[(size_t)row * a_stride + pair]));
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < ROWS; ++row) _mm256_storeu_ps(c + (size_t)row * c_stride, sum[row]);
}

/// `keys`: panels of [pairs of size][PANEL] pairs; `values`: [pairs of keys][padded size] pairs. Numbers that do not exist are zero.
static void attention_pack_bfloat16(
    const kernels_attention_problem *problem, size_t picture, size_t head, size_t first, float *keys, float *values) {
    size_t size = problem->size, channels = problem->heads * size, padded = padded_size(size), pairs = pairs_of(size);
    size_t end = first + KERNELS_KEY_BLOCK < problem->keys ? first + KERNELS_KEY_BLOCK : problem->keys;
    const uint16_t *key = (const uint16_t *)problem->key + picture * problem->keys * channels + head * size;
    const uint16_t *value = (const uint16_t *)problem->value + picture * problem->keys * channels + head * size;
    for (size_t panel = first; panel < end; panel += PANEL) {
        uint32_t *to = (uint32_t *)keys + panel * pairs;
        for (size_t column = 0; column < PANEL; ++column) {
            int exists = panel + column < end;
            const uint16_t *from = key + (panel + column) * channels;
            for (size_t pair = 0; pair < pairs; ++pair) {
                uint32_t low = exists ? from[2 * pair] : 0, high = exists && 2 * pair + 1 < size ? from[2 * pair + 1] : 0;
                to[pair * PANEL + column] = low | high << 16;
            }
        }
    }
    for (size_t row = first; row < end; row += 2) {
        uint32_t *to = (uint32_t *)values + row / 2 * padded;
        const uint16_t *from = value + row * channels;
        for (size_t d = 0; d < size; ++d) to[d] = from[d] | (row + 1 < end ? (uint32_t)from[channels + d] << 16 : 0);
        for (size_t d = size; d < padded; ++d) to[d] = 0;
    }
}

/// 2^x for x <= 0 to 1e-4 of it, ample for a weight that becomes a bfloat16: x = n + f and a cubic in f in -1/2 ... 1/2, the best one.
INLINE __m512 power_of_two(__m512 x) {
    __m512 n = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m512 f = _mm512_sub_ps(x, n);
    __m512 p = _mm512_set1_ps(5.5171669e-2f);
    p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(2.4261112e-1f));
    p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(6.9326099e-1f));
    p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(9.9992807e-1f));
    return _mm512_scalef_ps(p, n);
}

/// Turns a row of `count` scores (a multiple of 2 LANES) into bfloat16 weights 2^(sharpness (score - largest)), in place, and returns
/// their sum as rounded.
INLINE float weights_of_scores(float *scores, size_t count, float sharpness, float largest) {
    __m512 total = _mm512_setzero_ps(), factor = _mm512_set1_ps(sharpness), offset = _mm512_set1_ps(-sharpness * largest);
    for (size_t i = 0; i < count; i += 2 * LANES) {
        __m512 low = power_of_two(_mm512_fmadd_ps(_mm512_loadu_ps(scores + i), factor, offset));
        __m512 high = power_of_two(_mm512_fmadd_ps(_mm512_loadu_ps(scores + i + LANES), factor, offset));
        __m512i weights = (__m512i)_mm512_cvtne2ps_pbh(high, low);
        _mm512_storeu_si512((uint16_t *)scores + i, weights);
        // The even numbers of a pair are its lower halves, the odd ones its upper halves.
        total = _mm512_add_ps(total, _mm512_castsi512_ps(_mm512_slli_epi32(weights, 16)));
        total = _mm512_add_ps(total, _mm512_castsi512_ps(_mm512_and_si512(weights, _mm512_set1_epi32((int)0xffff0000))));
    }
    return _mm512_reduce_add_ps(total);
}

INLINE float largest_of_scores(const float *scores, size_t count, float largest) {
    __m512 best = _mm512_set1_ps(largest);
    for (size_t i = 0; i < count; i += LANES) best = _mm512_max_ps(best, _mm512_loadu_ps(scores + i));
    return _mm512_reduce_max_ps(best);
}

/// `scratch`: as for `attention_block`, with queries as pairs and a row's weights in place of its scores.
static void attention_block_bfloat16(const kernels_attention_problem *problem, size_t picture, size_t head, size_t first,
    const float *keys, const float *values, float *scratch) {
    size_t size = problem->size, channels = problem->heads * size, padded = padded_size(size), pairs = pairs_of(size);
    size_t rows = problem->queries - first < KERNELS_QUERY_BLOCK ? problem->queries - first : KERNELS_QUERY_BLOCK;
    size_t rows_padded = (rows + ROWS - 1) / ROWS * ROWS;
    uint32_t *queries = (uint32_t *)scratch;
    float *results = scratch + KERNELS_QUERY_BLOCK * size;
    float *scores = results + KERNELS_QUERY_BLOCK * padded;
    float largest[KERNELS_QUERY_BLOCK], total[KERNELS_QUERY_BLOCK];

    size_t offset = (picture * problem->queries + first) * channels + head * size;
    memset(queries, 0, rows_padded * pairs * sizeof(uint32_t));
    for (size_t row = 0; row < rows; ++row)
        memcpy(queries + row * pairs, (const uint16_t *)problem->query + offset + row * channels, size * sizeof(uint16_t));
    memset(results, 0, rows_padded * padded * sizeof(float));
    for (size_t row = 0; row < rows_padded; ++row) {
        largest[row] = -INFINITY;
        total[row] = 0;
    }
    // e^(x / √size) = 2^(x log2(e) / √size).
    float sharpness = 0x1.715476p0f / sqrtf((float)size);

    for (size_t block = 0; block < problem->keys; block += KERNELS_KEY_BLOCK) {
        size_t count = problem->keys - block < KERNELS_KEY_BLOCK ? problem->keys - block : KERNELS_KEY_BLOCK;
        size_t whole = (count + PANEL - 1) / PANEL * PANEL;
        for (size_t panel = 0; panel < count; panel += PANEL)
            for (size_t row = 0; row < rows_padded; row += ROWS)
                product_of_pairs(queries + row * pairs, pairs, (const uint32_t *)keys + (block + panel) * pairs, PANEL,
                    scores + row * KERNELS_KEY_BLOCK + panel, KERNELS_KEY_BLOCK, pairs, 2, 0);

        for (size_t row = 0; row < rows_padded; ++row) {
            float *line = scores + row * KERNELS_KEY_BLOCK;
            for (size_t i = count; i < whole; ++i) line[i] = NO_SCORE;
            float before = largest[row];
            float now = largest[row] = largest_of_scores(line, whole, before);
            float shrink = exp2f(sharpness * (before - now));
            total[row] = total[row] * shrink + weights_of_scores(line, whole, sharpness, now);
            if (shrink != 1.0f) {
                float *result = results + row * padded;
                for (size_t d = 0; d < padded; ++d) result[d] *= shrink;
            }
        }

        for (size_t row = 0; row < rows_padded; row += ROWS) {
            const uint32_t *weights = (const uint32_t *)(scores + row * KERNELS_KEY_BLOCK);
            const uint32_t *right = (const uint32_t *)values + block / 2 * padded;
            float *result = results + row * padded;
            size_t d = 0;
            for (; d + PANEL <= padded; d += PANEL)
                product_of_pairs(
                    weights, KERNELS_KEY_BLOCK, right + d, padded, result + d, padded, pairs_of(count), 2, 1);
            if (d + LANES / 2 >= size && d < size)
                product_of_pairs_in_half(weights, KERNELS_KEY_BLOCK, right + d, padded, result + d, padded, pairs_of(count));
            else if (d < size)
                product_of_pairs(
                    weights, KERNELS_KEY_BLOCK, right + d, padded, result + d, padded, pairs_of(count), 1, 1);
        }
    }
    for (size_t row = 0; row < rows; ++row) {
        float *result = results + row * padded;
        for (size_t d = 0; d < size; ++d) result[d] /= total[row];
        bfloat16_from_float((const unsigned char *)result, (uint16_t *)problem->output + offset + row * channels, size);
    }
}
