#ifndef BACKDROP_CPNG_SHIM_H
#define BACKDROP_CPNG_SHIM_H

#include <png.h>

#endif
