#include "parallel.h"
#include "table.h"

#include <math.h>
#include <string.h>

/// Numbers in one task.
#define CHUNK ((size_t)16384)

static size_t rows_per_chunk(size_t channels) { return CHUNK / channels > 0 ? CHUNK / channels : 1; }
static size_t chunks_of(size_t rows, size_t per_chunk) { return (rows + per_chunk - 1) / per_chunk; }
static size_t smaller_of(size_t a, size_t b) { return a < b ? a : b; }

/// Bytes before number `at` of an array.
static size_t offset_of(size_t at, kernels_element element) { return at * (element == kernels_element_float32 ? 4 : 2); }

typedef struct group_norm {
    const kernels_table *table;
    const void *x;
    void *y;
    kernels_element from, to;
    size_t positions, channels, rows_per_task, chunks;
    /// [batch, chunks, 2, channels]: sums and sums of squares around the picture's first pixel.
    double *moments;
    /// [batch, 3, channels]: gain, offset and pivot.
    float *affine;
    kernels_activation activation;
} group_norm;

static void moments_of_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const group_norm *job = context;
    size_t picture = index / job->chunks;
    size_t first = index % job->chunks * job->rows_per_task;
    size_t at = (picture * job->positions + first) * job->channels;
    double *sums = job->moments + index * 2 * job->channels;
    job->table->moments((const char *)job->x + offset_of(at, job->from), job->from, job->affine + (picture * 3 + 2) * job->channels,
        smaller_of(job->rows_per_task, job->positions - first), job->channels, sums, sums + job->channels);
}

static void normalise_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const group_norm *job = context;
    size_t picture = index / job->chunks;
    size_t first = index % job->chunks * job->rows_per_task;
    size_t at = (picture * job->positions + first) * job->channels;
    const float *affine = job->affine + picture * 3 * job->channels;
    job->table->scale_and_shift((const char *)job->x + offset_of(at, job->from), job->from, (char *)job->y + offset_of(at, job->to),
        job->to, smaller_of(job->rows_per_task, job->positions - first), job->channels, affine, affine + job->channels,
        job->activation);
}

size_t kernels_group_norm_scratch(size_t batch, size_t positions, size_t channels) {
    return batch * channels * 2 * chunks_of(positions, rows_per_chunk(channels)) + (batch * channels * 3 + 1) / 2;
}

/// The first pixel is a number of the right size to subtract: squares of large means would swamp small variances.
static void pivot_of_picture(const group_norm *job, size_t picture) {
    float *pivot = job->affine + (picture * 3 + 2) * job->channels;
    const char *pixel = (const char *)job->x + offset_of(picture * job->positions * job->channels, job->from);
    if (job->from == kernels_element_float32) memcpy(pivot, pixel, job->channels * sizeof(float));
    else job->table->float_from_bfloat16((const unsigned char *)pixel, pivot, job->channels);
}

/// Adds the chunks of one picture up in order and turns them into gain and offset per channel.
static void gains_of_picture(
    const group_norm *job, size_t picture, size_t groups, const float *scale, const float *shift, float epsilon) {
    size_t channels = job->channels, per_group = channels / groups;
    double *total = job->moments + picture * job->chunks * 2 * channels;
    for (size_t chunk = 1; chunk < job->chunks; ++chunk)
        for (size_t i = 0; i < 2 * channels; ++i) total[i] += total[chunk * 2 * channels + i];

    float *gain = job->affine + picture * 3 * channels;
    const float *pivot = gain + 2 * channels;
    double n = (double)job->positions;
    for (size_t group = 0; group < groups; ++group) {
        double mean = 0, deviation = 0;
        for (size_t c = group * per_group; c < (group + 1) * per_group; ++c) mean += pivot[c] + total[c] / n;
        mean /= (double)per_group;
        // Σ (x - mean)² of a channel = Σ (x - channel mean)² + n (channel mean - mean)².
        for (size_t c = group * per_group; c < (group + 1) * per_group; ++c) {
            double distance = pivot[c] + total[c] / n - mean;
            deviation += total[channels + c] - total[c] * total[c] / n + n * distance * distance;
        }
        double variance = deviation / (n * (double)per_group);
        double inverse = 1 / sqrt((variance > 0 ? variance : 0) + (double)epsilon);
        for (size_t c = group * per_group; c < (group + 1) * per_group; ++c) {
            gain[c] = (float)(inverse * scale[c]);
            gain[channels + c] = (float)(shift[c] - mean * inverse * scale[c]);
        }
    }
}

void kernels_group_norm(const void *x, kernels_element x_element, void *y, kernels_element y_element, size_t batch, size_t positions,
    size_t channels, size_t groups, const float *scale, const float *shift, float epsilon, kernels_activation activation,
    double *scratch) {
    group_norm job = {.table = kernels_active_table(), .x = x, .y = y, .from = x_element, .to = y_element, .positions = positions,
        .channels = channels, .rows_per_task = rows_per_chunk(channels), .moments = scratch, .activation = activation};
    job.chunks = chunks_of(positions, job.rows_per_task);
    job.affine = (float *)(scratch + batch * job.chunks * 2 * channels);
    for (size_t picture = 0; picture < batch; ++picture) pivot_of_picture(&job, picture);
    kernels_parallel(batch * job.chunks, moments_of_chunk, &job);
    for (size_t picture = 0; picture < batch; ++picture) gains_of_picture(&job, picture, groups, scale, shift, epsilon);
    kernels_parallel(batch * job.chunks, normalise_chunk, &job);
}

typedef struct layer_norm {
    const kernels_table *table;
    const void *x;
    void *y;
    kernels_element from, to;
    size_t rows, channels, rows_per_task;
    const float *scale, *shift;
    float epsilon;
} layer_norm;

static void layer_norm_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const layer_norm *job = context;
    size_t first = index * job->rows_per_task;
    size_t at = first * job->channels;
    job->table->layer_norm((const char *)job->x + offset_of(at, job->from), job->from, (char *)job->y + offset_of(at, job->to),
        job->to, smaller_of(job->rows_per_task, job->rows - first), job->channels, job->scale, job->shift, job->epsilon);
}

void kernels_layer_norm(const void *x, kernels_element x_element, void *y, kernels_element y_element, size_t rows, size_t channels,
    const float *scale, const float *shift, float epsilon) {
    layer_norm job = {
        kernels_active_table(), x, y, x_element, y_element, rows, channels, rows_per_chunk(channels), scale, shift, epsilon};
    kernels_parallel(chunks_of(rows, job.rows_per_task), layer_norm_chunk, &job);
}
