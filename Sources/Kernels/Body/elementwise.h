// Casts and element-wise functions. Included once for every instruction set.

static void float_from_half(const unsigned char *from, float *to, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        uint16_t half;
        memcpy(&half, from + 2 * i, sizeof half);
        // Widen by scaling: the exponent field moves to its place and 2^112 repairs the bias, for subnormals as well.
        // The exponent of infinities and NaNs is all ones in both formats.
        uint32_t magnitude = (uint32_t)(half & 0x7fff) << 13;
        float scaled;
        memcpy(&scaled, &magnitude, sizeof scaled);
        scaled *= 0x1p112f;
        uint32_t bits;
        memcpy(&bits, &scaled, sizeof bits);
        bits |= magnitude >= 0x0f800000u ? 0x7f800000u : 0;
        bits |= (uint32_t)(half & 0x8000) << 16;
        memcpy(to + i, &bits, sizeof bits);
    }
}

static void float_from_bfloat16(const unsigned char *from, float *to, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        uint16_t value;
        memcpy(&value, from + 2 * i, sizeof value);
        uint32_t bits = (uint32_t)value << 16;
        memcpy(to + i, &bits, sizeof bits);
    }
}

static void bfloat16_from_float(const unsigned char *from, uint16_t *to, size_t count) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) store_number(to, i, load((const float *)from + i), kernels_element_bfloat16);
    if (i < count) store_numbers(to, i, load_partial((const float *)from + i, count - i), count - i, kernels_element_bfloat16);
}

INLINE void activate_as(const float *x, float *y, size_t count, kernels_activation activation) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) store(y + i, activated(load(x + i), activation));
    if (i < count) store_partial(y + i, activated(load_partial(x + i, count - i), activation), count - i);
}

static void activate(const float *x, float *y, size_t count, kernels_activation activation) {
    WITH_CONSTANT_ACTIVATION(activation, activate_as, x, y, count)
}

static void add(const float *a, const float *b, float *y, size_t count) {
    for (size_t i = 0; i < count; ++i) y[i] = a[i] + b[i];
}

INLINE void geglu_as(const void *x, void *y, size_t rows, size_t channels, kernels_element element) {
    for (size_t row = 0; row < rows; ++row) {
        size_t from = row * 2 * channels, to = row * channels, c = 0;
        for (; c + LANES <= channels; c += LANES) {
            vec gate = activated(load_number(x, from + channels + c, element), kernels_activation_gelu);
            store_number(y, to + c, load_number(x, from + c, element) * gate, element);
        }
        if (c < channels) {
            size_t rest = channels - c;
            vec gate = activated(load_numbers(x, from + channels + c, rest, element), kernels_activation_gelu);
            store_numbers(y, to + c, load_numbers(x, from + c, rest, element) * gate, rest, element);
        }
    }
}

static void geglu(const void *x, void *y, kernels_element element, size_t rows, size_t channels) {
    WITH_CONSTANT_ELEMENT(element, geglu_as, x, y, rows, channels)
}
