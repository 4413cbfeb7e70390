#include "Kernels.h"

#include <stdint.h>
#include <string.h>

void kernels_float_from_half(const void *from, float *to, size_t count) {
    const unsigned char *bytes = from;
    for (size_t i = 0; i < count; ++i) {
        uint16_t half;
        memcpy(&half, bytes + 2 * i, sizeof half);
        // Widen by scaling: the exponent field moves to its place and 2^112 repairs the bias, for subnormals as well.
        // The exponent of infinities and NaNs is all ones in both formats.
        uint32_t magnitude = (uint32_t)(half & 0x7fff) << 13;
        float scaled;
        memcpy(&scaled, &magnitude, sizeof scaled);
        scaled *= 0x1p112f;
        uint32_t bits;
        memcpy(&bits, &scaled, sizeof bits);
        if (magnitude >= 0x0f800000u) bits |= 0x7f800000u;
        bits |= (uint32_t)(half & 0x8000) << 16;
        memcpy(to + i, &bits, sizeof bits);
    }
}

void kernels_float_from_bfloat16(const void *from, float *to, size_t count) {
    const unsigned char *bytes = from;
    for (size_t i = 0; i < count; ++i) {
        uint16_t value;
        memcpy(&value, bytes + 2 * i, sizeof value);
        uint32_t bits = (uint32_t)value << 16;
        memcpy(to + i, &bits, sizeof bits);
    }
}
