// Vectors of LANES floats and the functions on them that the kernels need. Included once for every instruction set; everything is
// static, and the compiler turns the vector types into that set's registers.

typedef float vec __attribute__((ext_vector_type(LANES)));
typedef int32_t ivec __attribute__((ext_vector_type(LANES)));
typedef float vec_unaligned __attribute__((ext_vector_type(LANES), aligned(4), may_alias));

typedef uint16_t halves __attribute__((ext_vector_type(LANES)));
typedef uint32_t words __attribute__((ext_vector_type(LANES)));

#define INLINE static inline __attribute__((always_inline))

INLINE vec load(const float *p) { return *(const vec_unaligned *)p; }
INLINE void store(float *p, vec v) { *(vec_unaligned *)p = v; }
INLINE vec splat(float x) { return (vec)x; }

/// The first `count` numbers at `p` and zeros.
INLINE vec load_partial(const float *p, size_t count) {
    float padded[LANES] = {0};
    memcpy(padded, p, count * sizeof(float));
    return load(padded);
}
INLINE void store_partial(float *p, vec v, size_t count) {
    float padded[LANES];
    store(padded, v);
    memcpy(p, padded, count * sizeof(float));
}

/// LANES numbers of an array from number `at` on; `element` is a constant wherever this is called.
INLINE vec load_number(const void *p, size_t at, kernels_element element) {
    if (element == kernels_element_float32) return load((const float *)p + at);
    halves stored;
    memcpy(&stored, (const uint16_t *)p + at, sizeof stored);
    words bits = __builtin_convertvector(stored, words) << 16;
    vec result;
    memcpy(&result, &bits, sizeof result);
    return result;
}
/// A bfloat16 is the upper half of a float32; rounded to the nearest, ties to even, and a NaN stays one.
INLINE halves rounded_halves(vec v) {
    words bits;
    memcpy(&bits, &v, sizeof bits);
    words rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    words is_nan = (words)(v != v);
    return __builtin_convertvector((is_nan & 0x7fc0) | (~is_nan & rounded), halves);
}
INLINE void store_number(void *p, size_t at, vec v, kernels_element element) {
    if (element == kernels_element_float32) return store((float *)p + at, v);
    halves result = rounded_halves(v);
    memcpy((uint16_t *)p + at, &result, sizeof result);
}
/// `count` < LANES numbers and zeros.
INLINE vec load_numbers(const void *p, size_t at, size_t count, kernels_element element) {
    if (element == kernels_element_float32) return load_partial((const float *)p + at, count);
    uint16_t padded[LANES] = {0};
    memcpy(padded, (const uint16_t *)p + at, count * sizeof(uint16_t));
    return load_number(padded, 0, element);
}
INLINE void store_numbers(void *p, size_t at, vec v, size_t count, kernels_element element) {
    if (element == kernels_element_float32) return store_partial((float *)p + at, v, count);
    halves result = rounded_halves(v);
    memcpy((uint16_t *)p + at, &result, count * sizeof(uint16_t));
}
INLINE float number(const void *p, size_t at, kernels_element element) {
    if (element == kernels_element_float32) return ((const float *)p)[at];
    uint32_t bits = (uint32_t)((const uint16_t *)p)[at] << 16;
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

/// Lane by lane, `a` where `mask` is all ones, `b` where it is zero.
INLINE vec choose(ivec mask, vec a, vec b) {
    ivec x, y, chosen;
    vec result;
    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    chosen = (mask & x) | (~mask & y);
    memcpy(&result, &chosen, sizeof result);
    return result;
}
INLINE vec larger(vec a, vec b) { return choose(a > b, a, b); }
INLINE vec smaller(vec a, vec b) { return choose(a < b, a, b); }

INLINE float sum_of_lanes(vec v) {
    float lanes[LANES];
    store(lanes, v);
    for (int step = LANES / 2; step > 0; step /= 2)
        for (int i = 0; i < step; ++i) lanes[i] += lanes[i + step];
    return lanes[0];
}
INLINE float largest_lane(vec v) {
    float lanes[LANES];
    store(lanes, v);
    float result = lanes[0];
    for (int i = 1; i < LANES; ++i) result = lanes[i] > result ? lanes[i] : result;
    return result;
}

/// e^x to about one unit in the last place: x = n ln 2 + r, and a polynomial in r (Cephes, expf.c). 0 below the normal range.
INLINE vec exponential(vec x) {
    vec clamped = smaller(larger(x, splat(-87.3f)), splat(88.3f));
    // Adding 1.5 · 2^23 rounds to an integer that stands in the low bits.
    const float rounder = 0x1.8p23f;
    vec shifted = clamped * splat(0x1.715476p0f) + splat(rounder);
    vec n = shifted - splat(rounder);
    ivec bits;
    memcpy(&bits, &shifted, sizeof bits);
    vec r = clamped - n * splat(0.693359375f);
    r = r + n * splat(2.12194440e-4f);
    vec p = splat(1.9875691500e-4f);
    p = p * r + splat(1.3981999507e-3f);
    p = p * r + splat(8.3334519073e-3f);
    p = p * r + splat(4.1665795894e-2f);
    p = p * r + splat(1.6666665459e-1f);
    p = p * r + splat(5.0000001201e-1f);
    p = p * (r * r) + r + splat(1.0f);
    // The low bits of `bits` are n; the exponent field of 2^n is n + 127.
    ivec power = (bits + 127) << 23;
    vec scale;
    memcpy(&scale, &power, sizeof scale);
    return choose(x < splat(-87.3f), splat(0), p * scale);
}

/// erf to 1.5e-7 (Abramowitz and Stegun, 7.1.26).
INLINE vec error_function(vec x) {
    vec magnitude = larger(x, -x);
    vec t = splat(1.0f) / (splat(1.0f) + splat(0.3275911f) * magnitude);
    vec p = splat(1.061405429f);
    p = p * t + splat(-1.453152027f);
    p = p * t + splat(1.421413741f);
    p = p * t + splat(-0.284496736f);
    p = p * t + splat(0.254829592f);
    vec result = splat(1.0f) - p * t * exponential(-magnitude * magnitude);
    return choose(x < splat(0), -result, result);
}

/// `activation` is a constant wherever this is called, so that only one branch remains.
INLINE vec activated(vec x, kernels_activation activation) {
    switch (activation) {
    case kernels_activation_none: return x;
    case kernels_activation_silu: return x / (splat(1.0f) + exponential(-x));
    case kernels_activation_quick_gelu: return x / (splat(1.0f) + exponential(x * splat(-1.702f)));
    case kernels_activation_gelu: return x * splat(0.5f) * (splat(1.0f) + error_function(x * splat(0x1.6a09e6p-1f)));
    case kernels_activation_relu: return larger(x, splat(0));
    }
    return x;
}

/// Calls `function` with the activation as a constant last argument.
#define WITH_CONSTANT_ACTIVATION(activation, function, ...)                                         \
    switch (activation) {                                                                           \
    case kernels_activation_none: function(__VA_ARGS__, kernels_activation_none); break;            \
    case kernels_activation_silu: function(__VA_ARGS__, kernels_activation_silu); break;            \
    case kernels_activation_quick_gelu: function(__VA_ARGS__, kernels_activation_quick_gelu); break; \
    case kernels_activation_gelu: function(__VA_ARGS__, kernels_activation_gelu); break;            \
    case kernels_activation_relu: function(__VA_ARGS__, kernels_activation_relu); break;            \
    }

/// Calls `function` with the element as a constant last argument.
#define WITH_CONSTANT_ELEMENT(element, function, ...)                                            \
    if ((element) == kernels_element_float32) function(__VA_ARGS__, kernels_element_float32);    \
    else function(__VA_ARGS__, kernels_element_bfloat16);

/// Calls `function` with both elements as constant last arguments.
#define WITH_CONSTANT_ELEMENTS(from, to, function, ...)                                                                      \
    if ((from) == kernels_element_float32) {                                                                                 \
        if ((to) == kernels_element_float32) function(__VA_ARGS__, kernels_element_float32, kernels_element_float32);        \
        else function(__VA_ARGS__, kernels_element_float32, kernels_element_bfloat16);                                       \
    } else {                                                                                                                 \
        if ((to) == kernels_element_float32) function(__VA_ARGS__, kernels_element_bfloat16, kernels_element_float32);       \
        else function(__VA_ARGS__, kernels_element_bfloat16, kernels_element_bfloat16);                                      \
    }
