#include "parallel.h"
#include "table.h"

/// Packed sizes are the same for every instruction set: room for the widest vectors.
static size_t rounded_up(size_t count, size_t step) { return (count + step - 1) / step * step; }
static size_t padded_keys(const kernels_attention_problem *problem) { return rounded_up(problem->keys, 2 * KERNELS_MAX_LANES); }
static size_t padded_size(const kernels_attention_problem *problem) { return rounded_up(problem->size, KERNELS_MAX_LANES); }
static size_t keys_per_head(const kernels_attention_problem *problem) { return padded_keys(problem) * problem->size; }
static size_t values_per_head(const kernels_attention_problem *problem) { return padded_keys(problem) * padded_size(problem); }
static size_t tile(const kernels_attention_problem *problem) {
    return KERNELS_QUERY_BLOCK * (problem->size + padded_size(problem) + KERNELS_KEY_BLOCK);
}

size_t kernels_attention_scratch(const kernels_attention_problem *problem) {
    size_t heads = problem->batch * problem->heads;
    return heads * (keys_per_head(problem) + values_per_head(problem)) + kernels_threads() * rounded_up(tile(problem), KERNELS_MAX_LANES);
}

typedef struct attention {
    const kernels_table *table;
    const kernels_attention_problem *problem;
    float *keys, *values, *tiles;
    size_t key_blocks, query_blocks;
} attention;

static void pack_block(const void *context, size_t index, size_t worker) {
    (void)worker;
    const attention *job = context;
    const kernels_attention_problem *problem = job->problem;
    size_t head = index / job->key_blocks;
    job->table->attention_pack(problem, head / problem->heads, head % problem->heads, index % job->key_blocks * KERNELS_KEY_BLOCK,
        job->keys + head * keys_per_head(problem), job->values + head * values_per_head(problem));
}

static void attend_block(const void *context, size_t index, size_t worker) {
    const attention *job = context;
    const kernels_attention_problem *problem = job->problem;
    size_t head = index / job->query_blocks;
    job->table->attention_block(problem, head / problem->heads, head % problem->heads,
        index % job->query_blocks * KERNELS_QUERY_BLOCK, job->keys + head * keys_per_head(problem),
        job->values + head * values_per_head(problem), job->tiles + worker * rounded_up(tile(problem), KERNELS_MAX_LANES));
}

void kernels_attention(const kernels_attention_problem *problem, float *scratch) {
    size_t heads = problem->batch * problem->heads;
    attention job = {.table = kernels_active_table(), .problem = problem, .keys = scratch};
    job.values = job.keys + heads * keys_per_head(problem);
    job.tiles = job.values + heads * values_per_head(problem);
    job.key_blocks = (problem->keys + KERNELS_KEY_BLOCK - 1) / KERNELS_KEY_BLOCK;
    job.query_blocks = (problem->queries + KERNELS_QUERY_BLOCK - 1) / KERNELS_QUERY_BLOCK;
    kernels_parallel(heads * job.key_blocks, pack_block, &job);
    kernels_parallel(heads * job.query_blocks, attend_block, &job);
}
