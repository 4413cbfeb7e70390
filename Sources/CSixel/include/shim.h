#ifndef BACKDROP_CSixel_SHIM_H
#define BACKDROP_CSixel_SHIM_H

#include <sixel/sixel.h>

#endif
