#include "shim.h"

/* What was freed goes back to the system within two seconds, also while the program rests: a thread of jemalloc's own sees to it. */
const char *malloc_conf = "background_thread:true,dirty_decay_ms:2000";
