// The transforms of Winograd's convolution. Included once for every instruction set.
//
// One dimension of F(4, 3) interpolates at 0, ±A, ±B and infinity, one of F(2, 3) at 0, ±1 and infinity. A tile of the input is Bᵀ d B, a
// tile of the output Aᵀ m A, with these functions along the rows and then along the columns.

#define A KERNELS_WINOGRAD_A
#define B KERNELS_WINOGRAD_B

INLINE void input_line_4(const vec *d, size_t step, vec *r, size_t result_step) {
    vec even_a = d[4 * step] - splat(B * B) * d[2 * step];
    vec odd_a = splat(A) * (d[3 * step] - splat(B * B) * d[1 * step]);
    vec even_b = d[4 * step] - splat(A * A) * d[2 * step];
    vec odd_b = splat(B) * (d[3 * step] - splat(A * A) * d[1 * step]);
    r[0 * result_step] = splat(A * A * B * B) * d[0] - splat(A * A + B * B) * d[2 * step] + d[4 * step];
    r[1 * result_step] = even_a + odd_a;
    r[2 * result_step] = even_a - odd_a;
    r[3 * result_step] = even_b + odd_b;
    r[4 * result_step] = even_b - odd_b;
    r[5 * result_step] = splat(A * A * B * B) * d[1 * step] - splat(A * A + B * B) * d[3 * step] + d[5 * step];
}

INLINE void output_line_4(const vec *m, size_t step, vec *r, size_t result_step) {
    vec even_a = m[1 * step] + m[2 * step], odd_a = m[1 * step] - m[2 * step];
    vec even_b = m[3 * step] + m[4 * step], odd_b = m[3 * step] - m[4 * step];
    r[0 * result_step] = m[0] + even_a + even_b;
    r[1 * result_step] = splat(A) * odd_a + splat(B) * odd_b;
    r[2 * result_step] = splat(A * A) * even_a + splat(B * B) * even_b;
    r[3 * result_step] = splat(A * A * A) * odd_a + splat(B * B * B) * odd_b + m[5 * step];
}

INLINE void input_line_2(const vec *d, size_t step, vec *r, size_t result_step) {
    r[0 * result_step] = d[0] - d[2 * step];
    r[1 * result_step] = d[1 * step] + d[2 * step];
    r[2 * result_step] = d[2 * step] - d[1 * step];
    r[3 * result_step] = d[1 * step] - d[3 * step];
}

INLINE void output_line_2(const vec *m, size_t step, vec *r, size_t result_step) {
    r[0 * result_step] = m[0] + m[1 * step] + m[2 * step];
    r[1 * result_step] = m[1 * step] - m[2 * step] - m[3 * step];
}

INLINE void input_line(const vec *d, size_t step, vec *r, size_t result_step, size_t tile) {
    if (tile == 4) input_line_4(d, step, r, result_step);
    else input_line_2(d, step, r, result_step);
}

INLINE void output_line(const vec *m, size_t step, vec *r, size_t result_step, size_t tile) {
    if (tile == 4) output_line_4(m, step, r, result_step);
    else output_line_2(m, step, r, result_step);
}

/// Stores numbers of a tile; where the processor rounds to bfloat16 itself, it does.
INLINE void store_tile(void *tiles, size_t at, vec v, kernels_element element) {
#ifdef BFLOAT16_PRODUCTS
    if (element == kernels_element_bfloat16) {
        __m256bh rounded = _mm512_cvtneps_pbh((__m512)v);
        memcpy((uint16_t *)tiles + at, &rounded, sizeof rounded);
        return;
    }
#endif
    store_number(tiles, at, v, element);
}

/// `tile` and both elements are constants wherever this is called.
INLINE void winograd_input_as(const kernels_winograd_shape *shape, const void *x, void *tiles, size_t first, size_t count,
    size_t row, size_t tile, kernels_element element, kernels_element tiles_element) {
    size_t channels = shape->input_channels, side = tile + 2;
    size_t across = (shape->output_width + tile - 1) / tile, down = (shape->output_height + tile - 1) / tile;
    for (size_t index = first; index < first + count; ++index, ++row) {
        size_t picture = index / (across * down);
        ptrdiff_t top = (ptrdiff_t)(index / across % down * tile) - (ptrdiff_t)shape->padding_top;
        ptrdiff_t left = (ptrdiff_t)(index % across * tile) - (ptrdiff_t)shape->padding_left;
        size_t source = picture * shape->height * shape->width * channels;
        int inside = top >= 0 && left >= 0 && top + (ptrdiff_t)side <= (ptrdiff_t)shape->height
            && left + (ptrdiff_t)side <= (ptrdiff_t)shape->width;
        for (size_t c = 0; c < channels; c += LANES) {
            vec d[36], half[36], r[36];
            for (size_t i = 0; i < side; ++i)
                for (size_t j = 0; j < side; ++j) {
                    ptrdiff_t y = top + (ptrdiff_t)i, z = left + (ptrdiff_t)j;
                    int exists = inside || (y >= 0 && z >= 0 && y < (ptrdiff_t)shape->height && z < (ptrdiff_t)shape->width);
                    d[i * side + j] = exists
                        ? load_number(x, source + ((size_t)y * shape->width + (size_t)z) * channels + c, element)
                        : splat(0);
                }
            for (size_t j = 0; j < side; ++j) input_line(d + j, side, half + j, side, tile);
            for (size_t i = 0; i < side; ++i) input_line(half + i * side, 1, r + i * side, 1, tile);
            for (size_t p = 0; p < side * side; ++p)
                store_tile(tiles, p * shape->input_plane + row * channels + c, r[p], tiles_element);
        }
    }
}

INLINE void winograd_input_element(const kernels_winograd_shape *shape, const void *x, void *tiles, size_t first, size_t count,
    size_t row, kernels_element element) {
    if (shape->tile == 4) winograd_input_as(shape, x, tiles, first, count, row, 4, element, kernels_element_float32);
    else if (shape->tiles_element == kernels_element_float32)
        winograd_input_as(shape, x, tiles, first, count, row, 2, element, kernels_element_float32);
    else winograd_input_as(shape, x, tiles, first, count, row, 2, element, kernels_element_bfloat16);
}

static void winograd_input(const kernels_winograd_shape *shape, const void *x, kernels_element element, void *tiles, size_t first,
    size_t count, size_t row) {
    WITH_CONSTANT_ELEMENT(element, winograd_input_element, shape, x, tiles, first, count, row)
}

INLINE void winograd_output_as(const kernels_winograd_shape *shape, const float *tiles, const float *bias, const void *residual,
    void *y, size_t first, size_t count, size_t row, size_t tile, kernels_activation activation, kernels_element element) {
    size_t channels = shape->output_channels, side = tile + 2;
    size_t across = (shape->output_width + tile - 1) / tile, down = (shape->output_height + tile - 1) / tile;
    for (size_t index = first; index < first + count; ++index, ++row) {
        size_t picture = index / (across * down), top = index / across % down * tile, left = index % across * tile;
        size_t rows = shape->output_height - top < tile ? shape->output_height - top : tile;
        size_t columns = shape->output_width - left < tile ? shape->output_width - left : tile;
        for (size_t c = 0; c < channels; c += LANES) {
            vec m[36], half[24], r[16];
            for (size_t p = 0; p < side * side; ++p) m[p] = load(tiles + p * shape->output_plane + row * channels + c);
            for (size_t j = 0; j < side; ++j) output_line(m + j, side, half + j, side, tile);
            for (size_t i = 0; i < tile; ++i) output_line(half + i * side, 1, r + i * tile, 1, tile);
            vec offset = bias == NULL ? splat(0) : load(bias + c);
            for (size_t i = 0; i < rows; ++i)
                for (size_t j = 0; j < columns; ++j) {
                    size_t at = ((picture * shape->output_height + top + i) * shape->output_width + left + j) * channels + c;
                    vec value = r[i * tile + j] + offset;
                    if (residual != NULL) value += load_number(residual, at, element);
                    store_number(y, at, activated(value, activation), element);
                }
        }
    }
}

INLINE void winograd_output_tile(const kernels_winograd_shape *shape, const float *tiles, const float *bias, const void *residual,
    void *y, size_t first, size_t count, size_t row, kernels_activation activation, kernels_element element) {
    if (shape->tile == 4) winograd_output_as(shape, tiles, bias, residual, y, first, count, row, 4, activation, element);
    else winograd_output_as(shape, tiles, bias, residual, y, first, count, row, 2, activation, element);
}

INLINE void winograd_output_element(const kernels_winograd_shape *shape, const float *tiles, const float *bias,
    const void *residual, void *y, kernels_element element, size_t first, size_t count, size_t row, kernels_activation activation) {
    WITH_CONSTANT_ELEMENT(element, winograd_output_tile, shape, tiles, bias, residual, y, first, count, row, activation)
}

static void winograd_output(const kernels_winograd_shape *shape, const float *tiles, const float *bias, const void *residual,
    void *y, kernels_element element, size_t first, size_t count, size_t row, kernels_activation activation) {
    WITH_CONSTANT_ACTIVATION(
        activation, winograd_output_element, shape, tiles, bias, residual, y, element, first, count, row)
}

#undef A
#undef B
