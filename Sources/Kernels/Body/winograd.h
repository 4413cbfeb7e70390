// The transforms of Winograd's convolution. Included once for every instruction set.
//
// One dimension of F(4, 3) interpolates at 0, ±A, ±B and infinity. A tile of the input is Bᵀ d B, a tile of the output Aᵀ m A, with
// these functions along the rows and then along the columns.

#define A KERNELS_WINOGRAD_A
#define B KERNELS_WINOGRAD_B

INLINE void input_line(const vec *d, size_t step, vec *r, size_t result_step) {
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

INLINE void output_line(const vec *m, size_t step, vec *r, size_t result_step) {
    vec even_a = m[1 * step] + m[2 * step], odd_a = m[1 * step] - m[2 * step];
    vec even_b = m[3 * step] + m[4 * step], odd_b = m[3 * step] - m[4 * step];
    r[0 * result_step] = m[0] + even_a + even_b;
    r[1 * result_step] = splat(A) * odd_a + splat(B) * odd_b;
    r[2 * result_step] = splat(A * A) * even_a + splat(B * B) * even_b;
    r[3 * result_step] = splat(A * A * A) * odd_a + splat(B * B * B) * odd_b + m[5 * step];
}

INLINE void winograd_input_as(const kernels_winograd_shape *shape, const void *x, float *tiles, size_t first, size_t count,
    size_t row, kernels_element element) {
    size_t channels = shape->input_channels;
    size_t across = (shape->output_width + 3) / 4, down = (shape->output_height + 3) / 4;
    for (size_t index = first; index < first + count; ++index, ++row) {
        size_t picture = index / (across * down);
        ptrdiff_t top = (ptrdiff_t)(index / across % down * 4) - (ptrdiff_t)shape->padding_top;
        ptrdiff_t left = (ptrdiff_t)(index % across * 4) - (ptrdiff_t)shape->padding_left;
        size_t source = picture * shape->height * shape->width * channels;
        int inside = top >= 0 && left >= 0 && top + 6 <= (ptrdiff_t)shape->height && left + 6 <= (ptrdiff_t)shape->width;
        for (size_t c = 0; c < channels; c += LANES) {
            vec d[36], half[36], r[36];
            for (ptrdiff_t i = 0; i < 6; ++i)
                for (ptrdiff_t j = 0; j < 6; ++j) {
                    ptrdiff_t y = top + i, z = left + j;
                    int exists = inside || (y >= 0 && z >= 0 && y < (ptrdiff_t)shape->height && z < (ptrdiff_t)shape->width);
                    d[i * 6 + j] = exists
                        ? load_number(x, source + ((size_t)y * shape->width + (size_t)z) * channels + c, element)
                        : splat(0);
                }
            for (size_t j = 0; j < 6; ++j) input_line(d + j, 6, half + j, 6);
            for (size_t i = 0; i < 6; ++i) input_line(half + i * 6, 1, r + i * 6, 1);
            for (size_t p = 0; p < 36; ++p) store(tiles + p * shape->input_plane + row * channels + c, r[p]);
        }
    }
}

static void winograd_input(const kernels_winograd_shape *shape, const void *x, kernels_element element, float *tiles, size_t first,
    size_t count, size_t row) {
    WITH_CONSTANT_ELEMENT(element, winograd_input_as, shape, x, tiles, first, count, row)
}

INLINE void winograd_output_as(const kernels_winograd_shape *shape, const float *tiles, const float *bias, const void *residual,
    void *y, size_t first, size_t count, size_t row, kernels_activation activation, kernels_element element) {
    size_t channels = shape->output_channels;
    size_t across = (shape->output_width + 3) / 4, down = (shape->output_height + 3) / 4;
    for (size_t index = first; index < first + count; ++index, ++row) {
        size_t picture = index / (across * down), top = index / across % down * 4, left = index % across * 4;
        size_t rows = shape->output_height - top < 4 ? shape->output_height - top : 4;
        size_t columns = shape->output_width - left < 4 ? shape->output_width - left : 4;
        for (size_t c = 0; c < channels; c += LANES) {
            vec m[36], half[24], r[16];
            for (size_t p = 0; p < 36; ++p) m[p] = load(tiles + p * shape->output_plane + row * channels + c);
            for (size_t j = 0; j < 6; ++j) output_line(m + j, 6, half + j, 6);
            for (size_t i = 0; i < 4; ++i) output_line(half + i * 6, 1, r + i * 4, 1);
            vec offset = bias == NULL ? splat(0) : load(bias + c);
            for (size_t i = 0; i < rows; ++i)
                for (size_t j = 0; j < columns; ++j) {
                    size_t at = ((picture * shape->output_height + top + i) * shape->output_width + left + j) * channels + c;
                    vec value = r[i * 4 + j] + offset;
                    if (residual != NULL) value += load_number(residual, at, element);
                    store_number(y, at, activated(value, activation), element);
                }
        }
    }
}

INLINE void winograd_output_element(const kernels_winograd_shape *shape, const float *tiles, const float *bias,
    const void *residual, void *y, kernels_element element, size_t first, size_t count, size_t row, kernels_activation activation) {
    WITH_CONSTANT_ELEMENT(element, winograd_output_as, shape, tiles, bias, residual, y, first, count, row, activation)
}

static void winograd_output(const kernels_winograd_shape *shape, const float *tiles, const float *bias, const void *residual,
    void *y, kernels_element element, size_t first, size_t count, size_t row, kernels_activation activation) {
    WITH_CONSTANT_ACTIVATION(
        activation, winograd_output_element, shape, tiles, bias, residual, y, element, first, count, row)
}

#undef A
#undef B
