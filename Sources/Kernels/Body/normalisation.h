// Group and layer normalisation. Included once for every instruction set.

/// Rows whose sums are kept in single precision before they go into the double-precision totals: the rounding error of a partial
/// sum stays below 32 units in the last place of numbers that the pivot has already centred.
#define MOMENT_ROWS 32
/// Vectors of channels whose sums are held in registers.
#define MOMENT_VECTORS 4

INLINE void moments_of_columns(const void *x, size_t at, const float *pivot, size_t rows, size_t channels, size_t count,
    size_t vectors, double *sums, double *squares, kernels_element element) {
    vec sum[MOMENT_VECTORS], square[MOMENT_VECTORS], centre[MOMENT_VECTORS];
    for (size_t v = 0; v < vectors; ++v) {
        sum[v] = square[v] = splat(0);
        centre[v] = count == 0 ? load(pivot + v * LANES) : load_partial(pivot, count);
    }
    for (size_t row = 0; row < rows; ++row) {
        for (size_t v = 0; v < vectors; ++v) {
            size_t p = at + row * channels + v * LANES;
            vec centred = (count == 0 ? load_number(x, p, element) : load_numbers(x, p, count, element)) - centre[v];
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

INLINE void moments_as(
    const void *x, const float *pivot, size_t rows, size_t channels, double *sums, double *squares, kernels_element element) {
    memset(sums, 0, channels * sizeof(double));
    memset(squares, 0, channels * sizeof(double));
    for (size_t first = 0; first < rows; first += MOMENT_ROWS) {
        size_t some = rows - first < MOMENT_ROWS ? rows - first : MOMENT_ROWS;
        size_t at = first * channels, c = 0;
        for (; c + MOMENT_VECTORS * LANES <= channels; c += MOMENT_VECTORS * LANES)
            moments_of_columns(x, at + c, pivot + c, some, channels, 0, MOMENT_VECTORS, sums + c, squares + c, element);
        for (; c + LANES <= channels; c += LANES)
            moments_of_columns(x, at + c, pivot + c, some, channels, 0, 1, sums + c, squares + c, element);
        if (c < channels)
            moments_of_columns(x, at + c, pivot + c, some, channels, channels - c, 1, sums + c, squares + c, element);
    }
}

static void moments(
    const void *x, kernels_element element, const float *pivot, size_t rows, size_t channels, double *sums, double *squares) {
    WITH_CONSTANT_ELEMENT(element, moments_as, x, pivot, rows, channels, sums, squares)
}

INLINE void scale_and_shift_as(const void *x, void *y, size_t rows, size_t channels, const float *gain, const float *offset,
    kernels_activation activation, kernels_element from, kernels_element to) {
    for (size_t row = 0; row < rows; ++row) {
        size_t at = row * channels, c = 0;
        for (; c + LANES <= channels; c += LANES)
            store_number(y, at + c, activated(load_number(x, at + c, from) * load(gain + c) + load(offset + c), activation), to);
        if (c < channels) {
            size_t rest = channels - c;
            vec scaled = load_numbers(x, at + c, rest, from) * load_partial(gain + c, rest) + load_partial(offset + c, rest);
            store_numbers(y, at + c, activated(scaled, activation), rest, to);
        }
    }
}

INLINE void scale_and_shift_elements(const void *x, kernels_element from, void *y, kernels_element to, size_t rows, size_t channels,
    const float *gain, const float *offset, kernels_activation activation) {
    WITH_CONSTANT_ELEMENTS(from, to, scale_and_shift_as, x, y, rows, channels, gain, offset, activation)
}

static void scale_and_shift(const void *x, kernels_element from, void *y, kernels_element to, size_t rows, size_t channels,
    const float *gain, const float *offset, kernels_activation activation) {
    WITH_CONSTANT_ACTIVATION(activation, scale_and_shift_elements, x, from, y, to, rows, channels, gain, offset)
}

INLINE void layer_norm_as(const void *x, void *y, size_t rows, size_t channels, const float *scale, const float *shift, float epsilon,
    kernels_element from, kernels_element to) {
    size_t whole = channels / LANES * LANES, rest = channels - whole;
    for (size_t row = 0; row < rows; ++row) {
        size_t at = row * channels;
        vec sum = splat(0);
        for (size_t c = 0; c < whole; c += LANES) sum += load_number(x, at + c, from);
        float total = sum_of_lanes(sum);
        for (size_t c = whole; c < channels; ++c) total += number(x, at + c, from);
        float mean = total / (float)channels;

        vec square = splat(0);
        for (size_t c = 0; c < whole; c += LANES) {
            vec centred = load_number(x, at + c, from) - splat(mean);
            square += centred * centred;
        }
        float squares = sum_of_lanes(square);
        for (size_t c = whole; c < channels; ++c) squares += (number(x, at + c, from) - mean) * (number(x, at + c, from) - mean);
        float inverse = 1.0f / sqrtf(squares / (float)channels + epsilon);

        for (size_t c = 0; c < whole; c += LANES) {
            vec normed = (load_number(x, at + c, from) - splat(mean)) * splat(inverse);
            store_number(y, at + c, normed * load(scale + c) + load(shift + c), to);
        }
        if (rest > 0) {
            vec normed = (load_numbers(x, at + whole, rest, from) - splat(mean)) * splat(inverse);
            vec result = normed * load_partial(scale + whole, rest) + load_partial(shift + whole, rest);
            store_numbers(y, at + whole, result, rest, to);
        }
    }
}

static void layer_norm(const void *x, kernels_element from, void *y, kernels_element to, size_t rows, size_t channels,
    const float *scale, const float *shift, float epsilon) {
    WITH_CONSTANT_ELEMENTS(from, to, layer_norm_as, x, y, rows, channels, scale, shift, epsilon)
}
