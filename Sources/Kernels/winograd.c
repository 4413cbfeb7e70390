#include "parallel.h"
#include "table.h"

size_t kernels_winograd_tiles(const kernels_winograd_shape *shape) {
    size_t tile = shape->tile;
    return shape->batch * ((shape->output_height + tile - 1) / tile) * ((shape->output_width + tile - 1) / tile);
}

typedef struct weights {
    const float *weights;
    float *transformed;
    size_t outputs, inputs, side;
    /// Rows: the point's powers over the product of its distances to the other points; infinity takes the last tap alone.
    double g[6][3];
} weights;

/// All outputs of one input channel: G g Gᵀ, in double precision because it happens once.
static void transform_weights(const void *context, size_t input, size_t worker) {
    (void)worker;
    const weights *job = context;
    size_t side = job->side;
    for (size_t output = 0; output < job->outputs; ++output) {
        const float *taps = job->weights + (output * job->inputs + input) * 9;
        double half[6][3];
        for (size_t i = 0; i < side; ++i)
            for (size_t j = 0; j < 3; ++j) half[i][j] = job->g[i][0] * taps[j] + job->g[i][1] * taps[3 + j] + job->g[i][2] * taps[6 + j];
        for (size_t i = 0; i < side; ++i)
            for (size_t j = 0; j < side; ++j)
                job->transformed[((i * side + j) * job->inputs + input) * job->outputs + output]
                    = (float)(half[i][0] * job->g[j][0] + half[i][1] * job->g[j][1] + half[i][2] * job->g[j][2]);
    }
}

void kernels_winograd_weights(const float *values, float *transformed, size_t outputs, size_t inputs, size_t tile) {
    const double a = KERNELS_WINOGRAD_A, b = KERNELS_WINOGRAD_B;
    const double at_zero = 1 / (a * a * b * b), at_a = 1 / (2 * a * a * (a * a - b * b)), at_b = 1 / (2 * b * b * (b * b - a * a));
    weights four = {values, transformed, outputs, inputs, 6,
        {{at_zero, 0, 0}, {at_a, at_a * a, at_a * a * a}, {at_a, -at_a * a, at_a * a * a}, {at_b, at_b * b, at_b * b * b},
            {at_b, -at_b * b, at_b * b * b}, {0, 0, 1}}};
    // The points 0, ±1 and infinity.
    weights two = {values, transformed, outputs, inputs, 4, {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}}};
    kernels_parallel(inputs, transform_weights, tile == 4 ? &four : &two);
}

/// Numbers of the picture behind one task.
#define CHUNK ((size_t)8192)

typedef struct transform {
    const kernels_table *table;
    const kernels_winograd_shape *shape;
    const void *from;
    const float *bias;
    const void *residual;
    void *to;
    kernels_element element;
    size_t first, count, tiles_per_task;
    kernels_activation activation;
} transform;

static size_t tiles_per_task(const kernels_winograd_shape *shape, size_t channels) {
    size_t numbers = shape->tile * shape->tile * channels;
    return CHUNK / numbers > 0 ? CHUNK / numbers : 1;
}

static void input_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const transform *job = context;
    size_t row = index * job->tiles_per_task;
    size_t count = job->count - row < job->tiles_per_task ? job->count - row : job->tiles_per_task;
    job->table->winograd_input(job->shape, job->from, job->element, job->to, job->first + row, count, row);
}

void kernels_winograd_input(
    const kernels_winograd_shape *shape, const void *x, kernels_element element, void *tiles, size_t first, size_t count) {
    transform job = {.table = kernels_active_table(), .shape = shape, .from = x, .to = tiles, .element = element, .first = first, .count = count,
        .tiles_per_task = tiles_per_task(shape, shape->input_channels)};
    kernels_parallel((count + job.tiles_per_task - 1) / job.tiles_per_task, input_chunk, &job);
}

static void output_chunk(const void *context, size_t index, size_t worker) {
    (void)worker;
    const transform *job = context;
    size_t row = index * job->tiles_per_task;
    size_t count = job->count - row < job->tiles_per_task ? job->count - row : job->tiles_per_task;
    job->table->winograd_output(
        job->shape, job->from, job->bias, job->residual, job->to, job->element, job->first + row, count, row, job->activation);
}

void kernels_winograd_output(const kernels_winograd_shape *shape, const float *tiles, const float *bias, const void *residual,
    void *y, kernels_element element, size_t first, size_t count, kernels_activation activation) {
    transform job = {.table = kernels_active_table(), .shape = shape, .from = tiles, .bias = bias, .residual = residual, .to = y,
        .element = element, .first = first, .count = count, .tiles_per_task = tiles_per_task(shape, shape->output_channels), .activation = activation};
    kernels_parallel((count + job.tiles_per_task - 1) / job.tiles_per_task, output_chunk, &job);
}
