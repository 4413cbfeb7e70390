#ifndef BACKDROP_CSixel_SHIM_H
#define BACKDROP_CSixel_SHIM_H

#include <sixel/sixel.h>

/* A composed macro that Swift does not import: 8 bits each of red, green and blue. */
static inline int backdrop_sixel_rgb888(void) { return SIXEL_PIXELFORMAT_RGB888; }
/* The same: one byte a pixel, the number of its colour. */
static inline int backdrop_sixel_pal8(void) { return SIXEL_PIXELFORMAT_PAL8; }

/* The number of each pixel's colour, for malloc's free(). libsixel exports it; its header leaves it out. */
unsigned char *sixel_dither_apply_palette(sixel_dither_t *dither, unsigned char *pixels, int width, int height);

#endif
