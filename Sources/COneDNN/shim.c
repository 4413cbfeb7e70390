#include "shim.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct onednn_layout {
    dnnl_memory_desc_t descriptor;
};

static dnnl_status_t own(onednn_layout_t *layout, dnnl_status_t status, const dnnl_memory_desc_t *descriptor) {
    if (status != dnnl_success) return status;
    *layout = malloc(sizeof **layout);
    if (*layout == NULL) return dnnl_out_of_memory;
    (*layout)->descriptor = *descriptor;
    return dnnl_success;
}

dnnl_status_t onednn_layout_strided(
    onednn_layout_t *layout, dnnl_data_type_t type, int rank, const int64_t *dims, const int64_t *strides) {
    dnnl_memory_desc_t descriptor;
    return own(layout, dnnl_memory_desc_init_by_strides(&descriptor, rank, dims, type, strides), &descriptor);
}

dnnl_status_t onednn_layout_any(onednn_layout_t *layout, dnnl_data_type_t type, int rank, const int64_t *dims) {
    dnnl_memory_desc_t descriptor;
    return own(layout, dnnl_memory_desc_init_by_tag(&descriptor, rank, dims, type, dnnl_format_tag_any), &descriptor);
}

dnnl_status_t onednn_layout_of(onednn_layout_t *layout, const_dnnl_primitive_desc_t description, dnnl_query_t what) {
    const dnnl_memory_desc_t *descriptor = dnnl_primitive_desc_query_md(description, what, 0);
    return own(layout, descriptor == NULL ? dnnl_invalid_arguments : dnnl_success, descriptor);
}

void onednn_layout_destroy(onednn_layout_t layout) { free(layout); }

size_t onednn_layout_bytes(onednn_layout_t layout) { return dnnl_memory_desc_get_size(&layout->descriptor); }

int onednn_layout_equal(onednn_layout_t a, onednn_layout_t b) { return dnnl_memory_desc_equal(&a->descriptor, &b->descriptor); }

static void append(char *text, size_t size, const char *format, ...) {
    size_t used = strlen(text);
    va_list values;
    va_start(values, format);
    vsnprintf(text + used, size - used, format, values);
    va_end(values);
}

void onednn_layout_describe(onednn_layout_t layout, char *text, size_t size) {
    const dnnl_memory_desc_t *descriptor = &layout->descriptor;
    const dnnl_blocking_desc_t *blocking = &descriptor->format_desc.blocking;
    text[0] = 0;
    append(text, size, "%d:%d:%llx", (int)descriptor->data_type, (int)descriptor->format_kind, (unsigned long long)descriptor->extra.flags);
    for (int axis = 0; axis < descriptor->ndims; ++axis)
        append(text, size, ";%lld,%lld,%lld", (long long)descriptor->dims[axis], (long long)descriptor->padded_dims[axis],
            (long long)blocking->strides[axis]);
    for (int block = 0; block < blocking->inner_nblks; ++block)
        append(text, size, "/%lld,%lld", (long long)blocking->inner_idxs[block], (long long)blocking->inner_blks[block]);
}

void onednn_describe_choices(char *text, size_t size) {
    const dnnl_version_t *version = dnnl_version();
    text[0] = 0;
    append(text, size, "%d.%d.%d %s %x", version->major, version->minor, version->patch, version->hash, (unsigned)dnnl_get_effective_cpu_isa());
}

dnnl_status_t onednn_convolution(dnnl_primitive_desc_t *description, dnnl_engine_t engine, dnnl_primitive_attr_t attributes,
    onednn_layout_t source, onednn_layout_t weights, onednn_layout_t bias, onednn_layout_t destination,
    const int64_t strides[2], const int64_t dilates[2], const int64_t padding_before[2], const int64_t padding_after[2]) {
    dnnl_convolution_desc_t operation;
    dnnl_status_t status = dnnl_dilated_convolution_forward_desc_init(&operation, dnnl_forward_inference, dnnl_convolution_direct,
        &source->descriptor, &weights->descriptor, bias == NULL ? NULL : &bias->descriptor, &destination->descriptor,
        strides, dilates, padding_before, padding_after);
    if (status != dnnl_success) return status;
    return dnnl_primitive_desc_create(description, &operation, attributes, engine, NULL);
}

dnnl_status_t onednn_matmul(dnnl_primitive_desc_t *description, dnnl_engine_t engine, dnnl_primitive_attr_t attributes,
    onednn_layout_t source, onednn_layout_t weights, onednn_layout_t bias, onednn_layout_t destination) {
    dnnl_matmul_desc_t operation;
    dnnl_status_t status = dnnl_matmul_desc_init(&operation, &source->descriptor, &weights->descriptor,
        bias == NULL ? NULL : &bias->descriptor, &destination->descriptor);
    if (status != dnnl_success) return status;
    return dnnl_primitive_desc_create(description, &operation, attributes, engine, NULL);
}

dnnl_status_t onednn_reorder(dnnl_primitive_desc_t *description, dnnl_engine_t engine, dnnl_primitive_attr_t attributes,
    onednn_layout_t source, onednn_layout_t destination) {
    return dnnl_reorder_primitive_desc_create(
        description, &source->descriptor, engine, &destination->descriptor, engine, attributes);
}

dnnl_status_t onednn_append_sum(dnnl_post_ops_t operations) { return dnnl_post_ops_append_sum(operations, 1.0f); }

dnnl_status_t onednn_append_eltwise(dnnl_post_ops_t operations, dnnl_alg_kind_t algorithm, float alpha) {
    return dnnl_post_ops_append_eltwise(operations, 1.0f, algorithm, alpha, 0.0f);
}

dnnl_status_t onednn_append_binary_add(dnnl_post_ops_t operations, onednn_layout_t other) {
    return dnnl_post_ops_append_binary(operations, dnnl_binary_add, &other->descriptor);
}

int onednn_argument_of_post_operation(int index) { return DNNL_ARG_ATTR_MULTIPLE_POST_OP(index) | DNNL_ARG_SRC_1; }

dnnl_status_t onednn_memory_create(dnnl_memory_t *memory, onednn_layout_t layout, dnnl_engine_t engine) {
    return dnnl_memory_create(memory, &layout->descriptor, engine, DNNL_MEMORY_NONE);
}

const char *onednn_implementation(const_dnnl_primitive_desc_t description) {
    const char *name = NULL;
    dnnl_status_t status = dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, (void *)&name);
    return status == dnnl_success && name != NULL ? name : "unknown";
}
