# Source this before any stage: `source environment.sh`.
#
# glibc returns big buffers to the system and faults them in again at each step. Keeping them (and backing
# them with huge pages) makes PyTorch training on the CPU about twice as fast.
export GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.trim_threshold=8000000000:glibc.malloc.mmap_threshold=8000000000:glibc.malloc.top_pad=268435456
export TOKENIZERS_PARALLELISM=false
export HF_HUB_OFFLINE=1
