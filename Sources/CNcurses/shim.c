#define _GNU_SOURCE
#include "shim.h"

#include <langinfo.h>
#include <string.h>
#include <wchar.h>

int backdrop_columns(uint32_t character) { return wcwidth((wchar_t)character); }

bool backdrop_locale_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }
