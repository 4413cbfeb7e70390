#include "table.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <strings.h>

/// The names that oneDNN understands ("AVX512_CORE", "AVX2", "SSE41", …), reduced to our four steps.
static kernels_isa isa_allowed_by_environment(void) {
    const char *name = getenv("ONEDNN_MAX_CPU_ISA");
    if (name == NULL) name = getenv("DNNL_MAX_CPU_ISA");
    if (name == NULL) return kernels_isa_avx512_bfloat16;
    if (strncasecmp(name, "AVX2", 4) == 0) return kernels_isa_avx2;
    if (strcasecmp(name, "SSE41") == 0 || strcasecmp(name, "AVX") == 0) return kernels_isa_baseline;
    if (strcasecmp(name, "AVX512_CORE") == 0 || strcasecmp(name, "AVX512_CORE_VNNI") == 0) return kernels_isa_avx512;
    return kernels_isa_avx512_bfloat16;
}

static kernels_isa isa_of_processor(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("f16c"))
        return kernels_isa_baseline;
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512dq")
        || !__builtin_cpu_supports("avx512vl"))
        return kernels_isa_avx2;
    return __builtin_cpu_supports("avx512bf16") ? kernels_isa_avx512_bfloat16 : kernels_isa_avx512;
#else
    return kernels_isa_baseline;
#endif
}

kernels_isa kernels_detected_isa(void) {
    kernels_isa allowed = isa_allowed_by_environment();
    kernels_isa available = isa_of_processor();
    return available < allowed ? available : allowed;
}

/// The active instruction set plus one; 0 until the first use.
static atomic_int active = 0;

kernels_isa kernels_active_isa(void) {
    int known = atomic_load_explicit(&active, memory_order_relaxed);
    if (known == 0) {
        known = (int)kernels_detected_isa() + 1;
        atomic_store_explicit(&active, known, memory_order_relaxed);
    }
    return (kernels_isa)(known - 1);
}

void kernels_limit_isa(kernels_isa isa) {
    kernels_isa detected = kernels_detected_isa();
    atomic_store_explicit(&active, (int)(isa < detected ? isa : detected) + 1, memory_order_relaxed);
}

const kernels_table *kernels_active_table(void) {
#if defined(__x86_64__)
    switch (kernels_active_isa()) {
    case kernels_isa_avx512_bfloat16: return &kernels_table_avx512_bfloat16;
    case kernels_isa_avx512: return &kernels_table_avx512;
    case kernels_isa_avx2: return &kernels_table_avx2;
    case kernels_isa_baseline: break;
    }
#endif
    return &kernels_table_baseline;
}
