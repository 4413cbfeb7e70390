#ifndef BACKDROP_CSixel_SHIM_H
#define BACKDROP_CSixel_SHIM_H

#include <sixel/sixel.h>

/* A composed macro that Swift does not import: 8 bits each of red, green and blue. */
static inline int backdrop_sixel_rgb888(void) { return SIXEL_PIXELFORMAT_RGB888; }

#endif
