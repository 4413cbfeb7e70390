#include "Kernels.h"
#include "parallel.h"

#include <string.h>

typedef struct upsample {
    const float *x;
    float *y;
    size_t width, channels;
} upsample;

/// One row of the input, of any picture, becomes two rows of the output.
static void upsample_row(const void *context, size_t row, size_t worker) {
    (void)worker;
    const upsample *job = context;
    size_t bytes = job->channels * sizeof(float);
    const float *from = job->x + row * job->width * job->channels;
    float *to = job->y + row * 4 * job->width * job->channels;
    for (size_t column = 0; column < job->width; ++column) {
        memcpy(to + 2 * column * job->channels, from + column * job->channels, bytes);
        memcpy(to + (2 * column + 1) * job->channels, from + column * job->channels, bytes);
    }
    memcpy(to + 2 * job->width * job->channels, to, 2 * job->width * bytes);
}

void kernels_upsample_nearest_2x(const float *x, float *y, size_t batch, size_t height, size_t width, size_t channels) {
    upsample job = {x, y, width, channels};
    kernels_parallel(batch * height, upsample_row, &job);
}

typedef struct copy {
    const float *x;
    float *y;
    size_t rows, channels, row_stride;
} copy;

/// Rows in one task.
#define COPY_ROWS ((size_t)64)

static void copy_rows(const void *context, size_t index, size_t worker) {
    (void)worker;
    const copy *job = context;
    size_t first = index * COPY_ROWS;
    size_t end = first + COPY_ROWS < job->rows ? first + COPY_ROWS : job->rows;
    for (size_t row = first; row < end; ++row)
        memcpy(job->y + row * job->row_stride, job->x + row * job->channels, job->channels * sizeof(float));
}

void kernels_copy_columns(const float *x, float *y, size_t rows, size_t channels, size_t row_stride) {
    copy job = {x, y, rows, channels, row_stride};
    kernels_parallel((rows + COPY_ROWS - 1) / COPY_ROWS, copy_rows, &job);
}
