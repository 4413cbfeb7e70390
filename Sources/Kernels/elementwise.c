#include "parallel.h"
#include "table.h"

/// Numbers in one task: large enough to outweigh handing it out, small enough to spread.
#define CHUNK ((size_t)16384)

static size_t smaller_of(size_t a, size_t b) { return a < b ? a : b; }

typedef struct cast {
    const kernels_table *table;
    const unsigned char *from;
    void *to;
    size_t count;
} cast;

static void float_from_half_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const cast *job = context;
    size_t first = index * CHUNK;
    job->table->float_from_half(job->from + 2 * first, (float *)job->to + first, smaller_of(CHUNK, job->count - first));
}

static void float_from_bfloat16_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const cast *job = context;
    size_t first = index * CHUNK;
    job->table->float_from_bfloat16(job->from + 2 * first, (float *)job->to + first, smaller_of(CHUNK, job->count - first));
}

static void bfloat16_from_float_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const cast *job = context;
    size_t first = index * CHUNK;
    job->table->bfloat16_from_float(job->from + 4 * first, (uint16_t *)job->to + first, smaller_of(CHUNK, job->count - first));
}

static void bfloat16_from_half_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const cast *job = context;
    float widened[1024];
    size_t end = index * CHUNK + smaller_of(CHUNK, job->count - index * CHUNK);
    for (size_t first = index * CHUNK; first < end; first += 1024) {
        size_t some = smaller_of(1024, end - first);
        job->table->float_from_half(job->from + 2 * first, widened, some);
        job->table->bfloat16_from_float((const unsigned char *)widened, (uint16_t *)job->to + first, some);
    }
}

static void convert(const void *from, void *to, size_t count, kernels_task chunk) {
    cast job = {kernels_active_table(), from, to, count};
    kernels_parallel((count + CHUNK - 1) / CHUNK, chunk, &job);
}

void kernels_float_from_half(const void *from, float *to, size_t count) { convert(from, to, count, float_from_half_chunk); }
void kernels_float_from_bfloat16(const void *from, float *to, size_t count) { convert(from, to, count, float_from_bfloat16_chunk); }
void kernels_bfloat16_from_float(const void *from, uint16_t *to, size_t count) { convert(from, to, count, bfloat16_from_float_chunk); }
void kernels_bfloat16_from_half(const void *from, uint16_t *to, size_t count) { convert(from, to, count, bfloat16_from_half_chunk); }

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

typedef struct gated_unit {
    const kernels_table *table;
    const char *x;
    char *y;
    kernels_element element;
    size_t rows, channels, rows_per_task;
} gated_unit;

static void geglu_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const gated_unit *job = context;
    size_t first = index * job->rows_per_task;
    size_t row_bytes = job->channels * (job->element == kernels_element_float32 ? 4 : 2);
    job->table->geglu(job->x + first * 2 * row_bytes, job->y + first * row_bytes, job->element,
        smaller_of(job->rows_per_task, job->rows - first), job->channels);
}

void kernels_geglu(const void *x, void *y, kernels_element element, size_t row_count, size_t channels) {
    gated_unit job = {kernels_active_table(), x, y, element, row_count, channels, rows_per_chunk(channels)};
    kernels_parallel((row_count + job.rows_per_task - 1) / job.rows_per_task, geglu_chunk, &job);
}

int kernels_is_finite(const void *numbers, size_t count) {
    const uint32_t *bits = numbers;
    uint32_t found = 0;
    for (size_t i = 0; i < count; ++i) found |= (bits[i] & 0x7f800000u) == 0x7f800000u;
    return found == 0;
}

int kernels_is_finite_bfloat16(const void *numbers, size_t count) {
    const uint16_t *bits = numbers;
    uint16_t found = 0;
    for (size_t i = 0; i < count; ++i) found |= (bits[i] & 0x7f80u) == 0x7f80u;
    return found == 0;
}
