#ifndef BACKDROP_CVTERM_SHIM_H
#define BACKDROP_CVTERM_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* libvterm's screen behind a few functions: its cells are bit fields and its switches callbacks, which Swift takes badly. */
typedef struct backdrop_vterm backdrop_vterm;

typedef struct {
    uint32_t characters[7]; /* zero-terminated; empty for the right half of a full-width character */
    int width;
    bool bold, reverse, underline;
    int32_t foreground, background; /* -1 the terminal's own, 0...255 of the palette, 0x1000000 | rgb */
} backdrop_vterm_cell;

/* A new pseudo-terminal's master, closed on exec, and the name of its other side; -1 with errno. */
int backdrop_open_terminal(char *name, size_t length);
/* The flag that makes a spawned program the leader of a new session. */
short backdrop_spawn_session_flag(void);

backdrop_vterm *backdrop_vterm_new(int rows, int columns);
void backdrop_vterm_free(backdrop_vterm *terminal);
void backdrop_vterm_resize(backdrop_vterm *terminal, int rows, int columns);
void backdrop_vterm_write(backdrop_vterm *terminal, const uint8_t *bytes, size_t count);
backdrop_vterm_cell backdrop_vterm_cell_at(backdrop_vterm *terminal, int row, int column);
void backdrop_vterm_cursor(backdrop_vterm *terminal, int *row, int *column);
bool backdrop_vterm_cursor_is_visible(backdrop_vterm *terminal);
bool backdrop_vterm_is_alternate(backdrop_vterm *terminal);

#endif
