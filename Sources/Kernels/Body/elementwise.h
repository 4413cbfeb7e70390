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

static void geglu(const float *x, float *y, size_t rows, size_t channels) {
    for (size_t row = 0; row < rows; ++row, x += 2 * channels, y += channels) {
        size_t c = 0;
        for (; c + LANES <= channels; c += LANES)
            store(y + c, load(x + c) * activated(load(x + channels + c), kernels_activation_gelu));
        if (c < channels) {
            size_t rest = channels - c;
            vec gate = activated(load_partial(x + channels + c, rest), kernels_activation_gelu);
            store_partial(y + c, load_partial(x + c, rest) * gate, rest);
        }
    }
}
