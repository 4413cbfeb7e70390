// Group and layer normalisation. Included once for every instruction set.

/// Rows whose sums are kept in single precision before they go into the double-precision totals: the rounding error of a partial
/// sum stays below 32 units in the last place of numbers that the pivot has already centred.
#define MOMENT_ROWS 32
/// Vectors of channels whose sums are held in registers.
#define MOMENT_VECTORS 4

INLINE void moments_of_columns(const float *x, const float *pivot, size_t rows, size_t channels, size_t count, size_t vectors,
    double *sums, double *squares) {
    vec sum[MOMENT_VECTORS], square[MOMENT_VECTORS], centre[MOMENT_VECTORS];
    for (size_t v = 0; v < vectors; ++v) {
        sum[v] = square[v] = splat(0);
        centre[v] = count == 0 ? load(pivot + v * LANES) : load_partial(pivot, count);
    }
    for (size_t row = 0; row < rows; ++row) {
        for (size_t v = 0; v < vectors; ++v) {
            const float *p = x + row * channels + v * LANES;
            vec centred = (count == 0 ? load(p) : load_partial(p, count)) - centre[v];
            sum[v] += centred;
            square[v] += centred * centred;
        }
    }
    for (size_t v = 0; v < vectors; ++v) {
        float s[LANES], q[LANES];
        store(s, sum[v]);
        store(q, square[v]);
        for (size_t i = 0; i < (count == 0 ? LANES : count); ++i) {
            sums[v * LANES + i] += s[i];
            squares[v * LANES + i] += q[i];
        }
    }
}

static void moments(const float *x, const float *pivot, size_t rows, size_t channels, double *sums, double *squares) {
    memset(sums, 0, channels * sizeof(double));
    memset(squares, 0, channels * sizeof(double));
    for (size_t first = 0; first < rows; first += MOMENT_ROWS) {
        size_t some = rows - first < MOMENT_ROWS ? rows - first : MOMENT_ROWS;
        const float *block = x + first * channels;
        size_t c = 0;
        for (; c + MOMENT_VECTORS * LANES <= channels; c += MOMENT_VECTORS * LANES)
            moments_of_columns(block + c, pivot + c, some, channels, 0, MOMENT_VECTORS, sums + c, squares + c);
        for (; c + LANES <= channels; c += LANES)
            moments_of_columns(block + c, pivot + c, some, channels, 0, 1, sums + c, squares + c);
        if (c < channels)
            moments_of_columns(block + c, pivot + c, some, channels, channels - c, 1, sums + c, squares + c);
    }
}

INLINE void scale_and_shift_as(const float *x, float *y, size_t rows, size_t channels, const float *gain, const float *offset,
    kernels_activation activation) {
    for (size_t row = 0; row < rows; ++row, x += channels, y += channels) {
        size_t c = 0;
        for (; c + LANES <= channels; c += LANES)
            store(y + c, activated(load(x + c) * load(gain + c) + load(offset + c), activation));
        if (c < channels) {
            size_t rest = channels - c;
            vec scaled = load_partial(x + c, rest) * load_partial(gain + c, rest) + load_partial(offset + c, rest);
            store_partial(y + c, activated(scaled, activation), rest);
        }
    }
}

static void scale_and_shift(const float *x, float *y, size_t rows, size_t channels, const float *gain, const float *offset,
    kernels_activation activation) {
    WITH_CONSTANT_ACTIVATION(activation, scale_and_shift_as, x, y, rows, channels, gain, offset)
}

static void layer_norm(
    const float *x, float *y, size_t rows, size_t channels, const float *scale, const float *shift, float epsilon) {
    size_t whole = channels / LANES * LANES;
    for (size_t row = 0; row < rows; ++row, x += channels, y += channels) {
        vec sum = splat(0);
        for (size_t c = 0; c < whole; c += LANES) sum += load(x + c);
        float total = sum_of_lanes(sum);
        for (size_t c = whole; c < channels; ++c) total += x[c];
        float mean = total / (float)channels;

        vec square = splat(0);
        for (size_t c = 0; c < whole; c += LANES) {
            vec centred = load(x + c) - splat(mean);
            square += centred * centred;
        }
        float squares = sum_of_lanes(square);
        for (size_t c = whole; c < channels; ++c) squares += (x[c] - mean) * (x[c] - mean);
        float inverse = 1.0f / sqrtf(squares / (float)channels + epsilon);

        for (size_t c = 0; c < whole; c += LANES)
            store(y + c, (load(x + c) - splat(mean)) * splat(inverse) * load(scale + c) + load(shift + c));
        for (size_t c = whole; c < channels; ++c) y[c] = (x[c] - mean) * inverse * scale[c] + shift[c];
    }
}
