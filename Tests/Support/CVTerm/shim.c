#define _GNU_SOURCE
#include "shim.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>
#include <vterm.h>

struct backdrop_vterm {
    VTerm *terminal;
    VTermScreen *screen;
    bool cursor_is_visible;
    bool is_alternate;
};

static int set_property(VTermProp property, VTermValue *value, void *user) {
    backdrop_vterm *self = user;
    if (property == VTERM_PROP_CURSORVISIBLE) self->cursor_is_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN) self->is_alternate = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = set_property};

backdrop_vterm *backdrop_vterm_new(int rows, int columns) {
    backdrop_vterm *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    self->cursor_is_visible = true;
    self->terminal = vterm_new(rows, columns);
    vterm_set_utf8(self->terminal, 1);
    self->screen = vterm_obtain_screen(self->terminal);
    vterm_screen_set_callbacks(self->screen, &callbacks, self);
    vterm_screen_enable_altscreen(self->screen, 1);
    vterm_screen_reset(self->screen, 1);
    return self;
}

void backdrop_vterm_free(backdrop_vterm *self) {
    vterm_free(self->terminal);
    free(self);
}

void backdrop_vterm_resize(backdrop_vterm *self, int rows, int columns) { vterm_set_size(self->terminal, rows, columns); }

void backdrop_vterm_write(backdrop_vterm *self, const uint8_t *bytes, size_t count) {
    vterm_input_write(self->terminal, (const char *)bytes, count);
    /* Its own answers to questions are not used. */
    char buffer[256];
    while (vterm_output_read(self->terminal, buffer, sizeof buffer) > 0) {}
}

static int32_t colour(const VTermColor *value, bool is_default) {
    if (is_default) return -1;
    if (VTERM_COLOR_IS_INDEXED(value)) return value->indexed.idx;
    return 0x1000000 | value->rgb.red << 16 | value->rgb.green << 8 | value->rgb.blue;
}

backdrop_vterm_cell backdrop_vterm_cell_at(backdrop_vterm *self, int row, int column) {
    backdrop_vterm_cell result = {.width = 1, .foreground = -1, .background = -1};
    VTermScreenCell cell;
    if (!vterm_screen_get_cell(self->screen, (VTermPos){.row = row, .col = column}, &cell)) return result;
    for (int i = 0; i < 6 && i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++) {
        if (cell.chars[i] == (uint32_t)-1) break;
        result.characters[i] = cell.chars[i];
    }
    result.width = cell.chars[0] == (uint32_t)-1 ? 0 : cell.width;
    result.bold = cell.attrs.bold;
    result.reverse = cell.attrs.reverse;
    result.underline = cell.attrs.underline != 0;
    result.foreground = colour(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
    result.background = colour(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
    return result;
}

void backdrop_vterm_cursor(backdrop_vterm *self, int *row, int *column) {
    VTermPos position;
    vterm_state_get_cursorpos(vterm_obtain_state(self->terminal), &position);
    *row = position.row;
    *column = position.col;
}

bool backdrop_vterm_cursor_is_visible(backdrop_vterm *self) { return self->cursor_is_visible; }

bool backdrop_vterm_is_alternate(backdrop_vterm *self) { return self->is_alternate; }

int backdrop_open_terminal(char *name, size_t length) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0) return -1;
    if (grantpt(master) == 0 && unlockpt(master) == 0 && ptsname_r(master, name, length) == 0) return master;
    close(master);
    return -1;
}

short backdrop_spawn_session_flag(void) { return POSIX_SPAWN_SETSID; }
