#ifndef BACKDROP_CNcurses_SHIM_H
#define BACKDROP_CNcurses_SHIM_H

#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>
#include <stdbool.h>
#include <stdint.h>

/* Swift sees neither function-like macros nor, under strict concurrency, the library's global variables; these name them. */
static inline WINDOW *backdrop_standard_window(void) { return stdscr; }
static inline SCREEN *backdrop_open_screen(const char *terminal) { return newterm(terminal, stdout, stdin); }
static inline int backdrop_colour_count(void) { return COLORS; }
static inline int backdrop_colour_pair_count(void) { return COLOR_PAIRS; }
static inline attr_t backdrop_attribute_bold(void) { return A_BOLD; }
static inline attr_t backdrop_attribute_dim(void) { return A_DIM; }
static inline attr_t backdrop_attribute_italic(void) { return A_ITALIC; }
static inline attr_t backdrop_attribute_underline(void) { return A_UNDERLINE; }
static inline attr_t backdrop_attribute_reverse(void) { return A_REVERSE; }

/* Puts one cell; `characters` is a base character and its combining marks, zero-terminated. */
static inline int backdrop_put_cell(WINDOW *window, int row, int column, const uint32_t *characters, attr_t attributes, int pair) {
    cchar_t cell;
    if (setcchar(&cell, (const wchar_t *)characters, attributes, 0, &pair) == ERR) return ERR;
    return mvwadd_wch(window, row, column, &cell);
}

/* Columns of one character in the current locale, -1 for what cannot be shown. */
int backdrop_columns(uint32_t character);

/* Whether the current locale writes UTF-8. */
bool backdrop_locale_is_utf8(void);

/* Asks the scheduler for turns of so many nanoseconds for the calling thread, which then come sooner (sched_setattr(2); Linux 6.12). */
void backdrop_ask_for_short_turns(uint64_t nanoseconds);

#endif
