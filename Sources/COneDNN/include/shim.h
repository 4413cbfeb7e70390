#ifndef BACKDROP_COneDNN_SHIM_H
#define BACKDROP_COneDNN_SHIM_H

#include <dnnl.h>

#endif
