#define _GNU_SOURCE
#include "shim.h"

#include <langinfo.h>
#include <linux/sched/types.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

int backdrop_columns(uint32_t character) { return wcwidth((wchar_t)character); }

bool backdrop_locale_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

void backdrop_ask_for_short_turns(uint64_t nanoseconds) {
    struct sched_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    if (syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0) return;
    attributes.sched_runtime = nanoseconds;
    syscall(SYS_sched_setattr, 0, &attributes, 0);
}
