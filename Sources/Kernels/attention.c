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
    const kernels_attention_problem *problem;
    float *keys, *values, *tiles;
    size_t key_blocks, query_blocks;
    void (*pack)(const kernels_attention_problem *, size_t, size_t, size_t, float *, float *);
    void (*attend)(const kernels_attention_problem *, size_t, size_t, size_t, const float *, const float *, float *);
} attention;

static void pack_block(const void *context, size_t index, size_t worker) {
    (void)worker;
    const attention *job = context;
    const kernels_attention_problem *problem = job->problem;
    size_t head = index / job->key_blocks;
    job->pack(problem, head / problem->heads, head % problem->heads, index % job->key_blocks * KERNELS_KEY_BLOCK,
        job->keys + head * keys_per_head(problem), job->values + head * values_per_head(problem));
}

static void attend_block(const void *context, size_t index, size_t worker) {
    const attention *job = context;
    const kernels_attention_problem *problem = job->problem;
    size_t head = index / job->query_blocks;
    job->attend(problem, head / problem->heads, head % problem->heads,
        index % job->query_blocks * KERNELS_QUERY_BLOCK, job->keys + head * keys_per_head(problem),
        job->values + head * values_per_head(problem), job->tiles + worker * rounded_up(tile(problem), KERNELS_MAX_LANES));
}

void kernels_attention(const kernels_attention_problem *problem, float *scratch) {
    size_t heads = problem->batch * problem->heads;
    const kernels_table *table = kernels_active_table();
    attention job = {.problem = problem, .keys = scratch, .pack = table->attention_pack, .attend = table->attention_block};
    int plain = problem->mask == NULL && !problem->causal;
    if (plain && problem->element == kernels_element_bfloat16 && table->attention_block_bfloat16 != NULL) {
        job.pack = table->attention_pack_bfloat16;
        job.attend = table->attention_block_bfloat16;
    }
    job.values = job.keys + heads * keys_per_head(problem);
    job.tiles = job.values + heads * values_per_head(problem);
    job.key_blocks = (problem->keys + KERNELS_KEY_BLOCK - 1) / KERNELS_KEY_BLOCK;
    job.query_blocks = (problem->queries + KERNELS_QUERY_BLOCK - 1) / KERNELS_QUERY_BLOCK;
    kernels_parallel(heads * job.key_blocks, pack_block, &job);
    kernels_parallel(heads * job.query_blocks, attend_block, &job);
}
