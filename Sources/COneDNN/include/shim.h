// The part of oneDNN that Backdrop uses, with what differs between oneDNN 2.x and 3.x kept on this side:
// 2.x fills an operation descriptor first (`*_desc_init`) and memory descriptors are plain structures; 3.x creates primitive
// descriptors directly and memory descriptors are handles. `Tensor` only sees the functions below and `dnnl_*` handles.

#ifndef BACKDROP_COneDNN_SHIM_H
#define BACKDROP_COneDNN_SHIM_H

#include <dnnl.h>

/// A memory descriptor behind a handle, as in oneDNN 3.x.
typedef struct onednn_layout *onednn_layout_t;

/// A dense or strided layout of numbers of `type`; `strides` in elements.
dnnl_status_t onednn_layout_strided(
    onednn_layout_t *layout, dnnl_data_type_t type, int rank, const int64_t *dims, const int64_t *strides);
/// A layout that the primitive may choose.
dnnl_status_t onednn_layout_any(onednn_layout_t *layout, dnnl_data_type_t type, int rank, const int64_t *dims);
/// The layout that a primitive chose. `what` is dnnl_query_src_md, dnnl_query_weights_md, dnnl_query_scratchpad_md …
dnnl_status_t onednn_layout_of(onednn_layout_t *layout, const_dnnl_primitive_desc_t description, dnnl_query_t what);
void onednn_layout_destroy(onednn_layout_t layout);
size_t onednn_layout_bytes(onednn_layout_t layout);
int onednn_layout_equal(onednn_layout_t a, onednn_layout_t b);
/// Writes what tells the layout from any other, in at most `size` characters with the final zero; cut off where there is less room.
void onednn_layout_describe(onednn_layout_t layout, char *text, size_t size);
/// oneDNN's version and the instruction sets that it uses, likewise: layouts that primitives choose depend on both.
void onednn_describe_choices(char *text, size_t size);

/// Forward convolution for inference. `bias` may be null. `dilates` counts the pixels left out between taps: 0 for none.
dnnl_status_t onednn_convolution(dnnl_primitive_desc_t *description, dnnl_engine_t engine, dnnl_primitive_attr_t attributes,
    onednn_layout_t source, onednn_layout_t weights, onednn_layout_t bias, onednn_layout_t destination,
    const int64_t strides[2], const int64_t dilates[2], const int64_t padding_before[2], const int64_t padding_after[2]);
/// Matrix product, batched when the rank is three. `bias` may be null.
dnnl_status_t onednn_matmul(dnnl_primitive_desc_t *description, dnnl_engine_t engine, dnnl_primitive_attr_t attributes,
    onednn_layout_t source, onednn_layout_t weights, onednn_layout_t bias, onednn_layout_t destination);
/// Copy that changes the layout.
dnnl_status_t onednn_reorder(dnnl_primitive_desc_t *description, dnnl_engine_t engine, dnnl_primitive_attr_t attributes,
    onednn_layout_t source, onednn_layout_t destination);

/// Adding the result to what the destination holds, as the next post-operation.
dnnl_status_t onednn_append_sum(dnnl_post_ops_t operations);
/// An element-wise function as the next post-operation.
dnnl_status_t onednn_append_eltwise(dnnl_post_ops_t operations, dnnl_alg_kind_t algorithm, float alpha);
/// The addition of another array, broadcast where its size is one, as the next post-operation.
dnnl_status_t onednn_append_binary_add(dnnl_post_ops_t operations, onednn_layout_t other);
/// The execution argument that holds the other array of post-operation number `index`.
int onednn_argument_of_post_operation(int index);

/// The name of the kernel that oneDNN chose, such as "brgconv:avx512_core_bf16".
const char *onednn_implementation(const_dnnl_primitive_desc_t description);

dnnl_status_t onednn_memory_create(dnnl_memory_t *memory, onednn_layout_t layout, dnnl_engine_t engine);

#endif
