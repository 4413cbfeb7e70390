#include "parallel.h"

#include "Kernels.h"

#include <stdatomic.h>

// clang compiles `#pragma omp` for LLVM's runtime, and two OpenMP runtimes in one process would each own a thread per core. So the
// entry points that GCC emits for `#pragma omp parallel` are called by name: they are libgomp's stable interface (GOMP_4.0), and
// libgomp is what oneDNN runs on, so kernels and primitives share one set of threads.
void GOMP_parallel(void (*body)(void *), void *data, unsigned threads, unsigned flags);
int omp_get_max_threads(void);
int omp_get_thread_num(void);

typedef struct work {
    kernels_task task;
    const void *context;
    size_t count;
    atomic_size_t next;
} work;

static void take_tasks(void *data) {
    work *work = data;
    size_t worker = (size_t)omp_get_thread_num();
    for (;;) {
        size_t index = atomic_fetch_add_explicit(&work->next, 1, memory_order_relaxed);
        if (index >= work->count) return;
        work->task(work->context, index, worker);
    }
}

size_t kernels_threads(void) { return (size_t)omp_get_max_threads(); }

void kernels_parallel(size_t count, kernels_task task, const void *context) {
    size_t threads = kernels_threads();
    if (threads > count) threads = count;
    if (threads <= 1) {
        for (size_t index = 0; index < count; ++index) task(context, index, 0);
        return;
    }
    work work = {.task = task, .context = context, .count = count};
    GOMP_parallel(take_tasks, &work, (unsigned)threads, 0);
}
