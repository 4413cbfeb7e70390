#include "Kernels.h"
#include "parallel.h"

#include <string.h>

typedef struct upsample {
    const char *x;
    char *y;
    size_t width, pixel_bytes;
} upsample;

/// One row of the input, of any picture, becomes two rows of the output.
static void upsample_row(const void *context, size_t row, size_t worker) {
    (void)worker;
    const upsample *job = context;
    size_t bytes = job->pixel_bytes;
    const char *from = job->x + row * job->width * bytes;
    char *to = job->y + row * 4 * job->width * bytes;
    for (size_t column = 0; column < job->width; ++column) {
        memcpy(to + 2 * column * bytes, from + column * bytes, bytes);
        memcpy(to + (2 * column + 1) * bytes, from + column * bytes, bytes);
    }
    memcpy(to + 2 * job->width * bytes, to, 2 * job->width * bytes);
}

void kernels_upsample_nearest_2x(const void *x, void *y, size_t batch, size_t height, size_t width, size_t pixel_bytes) {
    upsample job = {x, y, width, pixel_bytes};
    kernels_parallel(batch * height, upsample_row, &job);
}

typedef struct copy {
    const char *x;
    char *y;
    size_t rows, row_bytes, row_stride;
} copy;

/// Rows in one task.
#define COPY_ROWS ((size_t)64)

static void copy_rows(const void *context, size_t index, size_t worker) {
    (void)worker;
    const copy *job = context;
    size_t first = index * COPY_ROWS;
    size_t end = first + COPY_ROWS < job->rows ? first + COPY_ROWS : job->rows;
    for (size_t row = first; row < end; ++row)
        memcpy(job->y + row * job->row_stride, job->x + row * job->row_bytes, job->row_bytes);
}

void kernels_copy_rows(const void *x, void *y, size_t rows, size_t row_bytes, size_t row_stride) {
    copy job = {x, y, rows, row_bytes, row_stride};
    kernels_parallel((rows + COPY_ROWS - 1) / COPY_ROWS, copy_rows, &job);
}
