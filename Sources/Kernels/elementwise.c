#include "parallel.h"
#include "table.h"

/// Numbers in one task: large enough to outweigh handing it out, small enough to spread.
#define CHUNK ((size_t)16384)

static size_t smaller_of(size_t a, size_t b) { return a < b ? a : b; }

typedef struct cast {
    const unsigned char *from;
    float *to;
    size_t count;
    void (*convert)(const unsigned char *, float *, size_t);
} cast;

static void cast_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const cast *job = context;
    size_t first = index * CHUNK;
    job->convert(job->from + 2 * first, job->to + first, smaller_of(CHUNK, job->count - first));
}

void kernels_float_from_half(const void *from, float *to, size_t count) {
    cast job = {from, to, count, kernels_active_table()->float_from_half};
    kernels_parallel((count + CHUNK - 1) / CHUNK, cast_chunk, &job);
}

void kernels_float_from_bfloat16(const void *from, float *to, size_t count) {
    cast job = {from, to, count, kernels_active_table()->float_from_bfloat16};
    kernels_parallel((count + CHUNK - 1) / CHUNK, cast_chunk, &job);
}

typedef struct elementwise {
    const kernels_table *table;
    const float *a, *b;
    float *y;
    size_t count;
    kernels_activation activation;
} elementwise;

static void activate_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const elementwise *job = context;
    size_t first = index * CHUNK;
    job->table->activate(job->a + first, job->y + first, smaller_of(CHUNK, job->count - first), job->activation);
}

void kernels_activate(const float *x, float *y, size_t count, kernels_activation activation) {
    elementwise job = {.table = kernels_active_table(), .a = x, .y = y, .count = count, .activation = activation};
    kernels_parallel((count + CHUNK - 1) / CHUNK, activate_chunk, &job);
}

static void add_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const elementwise *job = context;
    size_t first = index * CHUNK;
    job->table->add(job->a + first, job->b + first, job->y + first, smaller_of(CHUNK, job->count - first));
}

void kernels_add(const float *a, const float *b, float *y, size_t count) {
    elementwise job = {.table = kernels_active_table(), .a = a, .b = b, .y = y, .count = count};
    kernels_parallel((count + CHUNK - 1) / CHUNK, add_chunk, &job);
}

typedef struct rows {
    const kernels_table *table;
    const float *a, *b;
    float *y;
    size_t rows, channels, rows_per_task, rows_per_picture;
} rows;

/// Rows of `width` numbers that make up about one chunk.
static size_t rows_per_chunk(size_t width) { return CHUNK / width > 0 ? CHUNK / width : 1; }

static void add_per_channel_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const rows *job = context;
    size_t first = index * job->rows_per_task;
    size_t end = first + smaller_of(job->rows_per_task, job->rows - first);
    for (size_t row = first; row < end; ++row) {
        size_t at = row * job->channels;
        job->table->add(job->a + at, job->b + row / job->rows_per_picture * job->channels, job->y + at, job->channels);
    }
}

void kernels_add_per_channel(const float *a, const float *b, float *y, size_t batch, size_t positions, size_t channels) {
    rows job = {.table = kernels_active_table(), .a = a, .b = b, .y = y, .rows = batch * positions, .channels = channels,
        .rows_per_task = rows_per_chunk(channels), .rows_per_picture = positions};
    kernels_parallel((job.rows + job.rows_per_task - 1) / job.rows_per_task, add_per_channel_chunk, &job);
}

static void geglu_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const rows *job = context;
    size_t first = index * job->rows_per_task;
    job->table->geglu(job->a + first * 2 * job->channels, job->y + first * job->channels,
        smaller_of(job->rows_per_task, job->rows - first), job->channels);
}

void kernels_geglu(const float *x, float *y, size_t row_count, size_t channels) {
    rows job = {.table = kernels_active_table(), .a = x, .y = y, .rows = row_count, .channels = channels,
        .rows_per_task = rows_per_chunk(channels)};
    kernels_parallel((row_count + job.rows_per_task - 1) / job.rows_per_task, geglu_chunk, &job);
}
