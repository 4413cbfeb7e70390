// Attention over one tile of queries and keys at a time. Included once for every instruction set.
//
// Both products (queries with keys, weights with values) run through one register-blocked product: ROWS rows of the left operand,
// broadcast number by number, times up to two vectors of columns of the right one.

#define PANEL (2 * LANES)

/// c[ROWS][vectors · LANES] = (accumulate ? c : 0) + a[ROWS][depth] b[depth][vectors · LANES].
INLINE void product(const float *a, size_t a_stride, const float *b, size_t b_stride, float *c, size_t c_stride, size_t depth,
    int vectors, int accumulate) {
    vec sum[ROWS][2];
#pragma clang loop unroll(full)
    for (int row = 0; row < ROWS; ++row)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; ++v)
            sum[row][v] = accumulate ? load(c + (size_t)row * c_stride + v * LANES) : splat(0);
    for (size_t d = 0; d < depth; ++d) {
        vec right[2];
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; ++v) right[v] = load(b + d * b_stride + v * LANES);
#pragma clang loop unroll(full)
        for (int row = 0; row < ROWS; ++row) {
            vec left = splat(a[(size_t)row * a_stride + d]);
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; ++v) sum[row][v] += left * right[v];
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < ROWS; ++row)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; ++v) store(c + (size_t)row * c_stride + v * LANES, sum[row][v]);
}

static size_t padded_size(size_t size) { return (size + LANES - 1) / LANES * LANES; }

/// The numbers of an array as float32, from number `at` on.
INLINE void read_numbers(const void *from, size_t at, float *to, size_t count, kernels_element element) {
    if (element == kernels_element_float32) memcpy(to, (const float *)from + at, count * sizeof(float));
    else float_from_bfloat16((const unsigned char *)from + 2 * at, to, count);
}

/// `keys`: panels of [size][PANEL], transposed; `values`: [keys][padded size]. Both start at the head's first key.
static void attention_pack(
    const kernels_attention_problem *problem, size_t picture, size_t head, size_t first, float *keys, float *values) {
    size_t size = problem->size, channels = problem->heads * size, padded = padded_size(size);
    size_t end = first + KERNELS_KEY_BLOCK < problem->keys ? first + KERNELS_KEY_BLOCK : problem->keys;
    size_t offset = picture * problem->keys * channels + head * size;
    for (size_t panel = first; panel < end; panel += PANEL) {
        float *to = keys + panel * size;
        for (size_t column = 0; column < PANEL; ++column) {
            size_t from = offset + (panel + column) * channels;
            int exists = panel + column < end;
            for (size_t d = 0; d < size; ++d) to[d * PANEL + column] = exists ? number(problem->key, from + d, problem->element) : 0;
        }
    }
    for (size_t key = first; key < end; ++key) {
        float *to = values + key * padded;
        read_numbers(problem->value, offset + key * channels, to, size, problem->element);
        memset(to + size, 0, (padded - size) * sizeof(float));
    }
}

/// Turns a row of scores into e^(score - largest) and returns their sum.
INLINE float exponentials(float *scores, size_t count, float largest) {
    vec sum = splat(0);
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        vec e = exponential(load(scores + i) - splat(largest));
        store(scores + i, e);
        sum += e;
    }
    float total = sum_of_lanes(sum);
    if (i < count) {
        float rest[LANES];
        store(rest, exponential(load_partial(scores + i, count - i) - splat(largest)));
        for (size_t j = 0; j < count - i; ++j) total += scores[i + j] = rest[j];
    }
    return total;
}

INLINE float largest_score(const float *scores, size_t count, float largest) {
    size_t i = 0;
    if (count >= LANES) {
        vec best = load(scores);
        for (i = LANES; i + LANES <= count; i += LANES) best = larger(best, load(scores + i));
        float lane = largest_lane(best);
        largest = lane > largest ? lane : largest;
    }
    for (; i < count; ++i) largest = scores[i] > largest ? scores[i] : largest;
    return largest;
}

/// `scratch`: queries [QUERY_BLOCK][size], results [QUERY_BLOCK][padded size], scores [QUERY_BLOCK][KEY_BLOCK].
static void attention_block(const kernels_attention_problem *problem, size_t picture, size_t head, size_t first,
    const float *keys, const float *values, float *scratch) {
    size_t size = problem->size, channels = problem->heads * size, padded = padded_size(size);
    size_t rows = problem->queries - first < KERNELS_QUERY_BLOCK ? problem->queries - first : KERNELS_QUERY_BLOCK;
    size_t rows_padded = (rows + ROWS - 1) / ROWS * ROWS;
    float *queries = scratch;
    float *results = queries + KERNELS_QUERY_BLOCK * size;
    float *scores = results + KERNELS_QUERY_BLOCK * padded;
    float largest[KERNELS_QUERY_BLOCK], total[KERNELS_QUERY_BLOCK];

    size_t offset = (picture * problem->queries + first) * channels + head * size;
    float scale = 1.0f / sqrtf((float)size);
    for (size_t row = 0; row < rows; ++row) {
        read_numbers(problem->query, offset + row * channels, queries + row * size, size, problem->element);
        for (size_t d = 0; d < size; ++d) queries[row * size + d] *= scale;
    }
    memset(queries + rows * size, 0, (rows_padded - rows) * size * sizeof(float));
    memset(results, 0, rows_padded * padded * sizeof(float));
    for (size_t row = 0; row < rows_padded; ++row) {
        largest[row] = -INFINITY;
        total[row] = 0;
    }

    size_t end = problem->keys;
    if (problem->causal && first + rows < end) end = first + rows;
    for (size_t block = 0; block < end; block += KERNELS_KEY_BLOCK) {
        size_t count = end - block < KERNELS_KEY_BLOCK ? end - block : KERNELS_KEY_BLOCK;
        for (size_t panel = 0; panel < count; panel += PANEL)
            for (size_t row = 0; row < rows_padded; row += ROWS)
                product(queries + row * size, size, keys + (block + panel) * size, PANEL,
                    scores + row * KERNELS_KEY_BLOCK + panel, KERNELS_KEY_BLOCK, size, 2, 0);

        for (size_t row = 0; row < rows; ++row) {
            float *line = scores + row * KERNELS_KEY_BLOCK;
            size_t visible = count;
            if (problem->causal) {
                size_t seen = first + row + 1;
                visible = seen <= block ? 0 : seen - block < count ? seen - block : count;
                memset(line + visible, 0, (count - visible) * sizeof(float));
            }
            if (problem->mask != NULL) {
                const float *mask = problem->mask + picture * problem->mask_stride + (first + row) * problem->keys + block;
                for (size_t i = 0; i < visible; ++i) line[i] += mask[i];
            }
            float before = largest[row];
            float now = largest_score(line, visible, before);
            if (now == -INFINITY) {
                // Nothing visible so far: no weight at all.
                memset(line, 0, visible * sizeof(float));
                continue;
            }
            largest[row] = now;
            float shrink = before == -INFINITY ? 0.0f : expf(before - now);
            total[row] = total[row] * shrink + exponentials(line, visible, now);
            if (shrink != 1.0f) {
                float *result = results + row * padded;
                for (size_t d = 0; d < padded; ++d) result[d] *= shrink;
            }
        }
        memset(scores + rows * KERNELS_KEY_BLOCK, 0, (rows_padded - rows) * KERNELS_KEY_BLOCK * sizeof(float));

        for (size_t row = 0; row < rows_padded; row += ROWS) {
            const float *weights = scores + row * KERNELS_KEY_BLOCK;
            float *result = results + row * padded;
            size_t d = 0;
            for (; d + PANEL <= padded; d += PANEL)
                product(weights, KERNELS_KEY_BLOCK, values + block * padded + d, padded, result + d, padded, count, 2, 1);
            if (d < padded)
                product(weights, KERNELS_KEY_BLOCK, values + block * padded + d, padded, result + d, padded, count, 1, 1);
        }
    }
    for (size_t row = 0; row < rows; ++row) {
        float inverse = total[row] > 0 ? 1.0f / total[row] : 0.0f;
        float *result = results + row * padded;
        for (size_t d = 0; d < size; ++d) result[d] *= inverse;
        size_t at = offset + row * channels;
        if (problem->element == kernels_element_float32) memcpy((float *)problem->output + at, result, size * sizeof(float));
        else bfloat16_from_float((const unsigned char *)result, (uint16_t *)problem->output + at, size);
    }
}
