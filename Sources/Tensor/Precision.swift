import COneDNN
import Kernels

/// How numbers are stored, and what products are computed from. Sums, statistics and the softmax are float32 in either case.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    /// IEEE single precision.
    case float32 = "f32"
    /// The upper half of a float32: the same range, 8 bits of precision, half the memory and, where the processor has AVX512-BF16, twice
    /// the speed.
    case bfloat16 = "bf16"

    /// Bytes of one number.
    public var byteCount: Int {
        switch self {
        case .float32: 4
        case .bfloat16: 2
        }
    }

    /// Whether this processor computes products of such numbers at full speed. Where it doesn't, bfloat16 may be slow or refused by
    /// oneDNN, and `float32` is the better choice.
    public var isNative: Bool {
        switch self {
        case .float32: true
        case .bfloat16: kernels_detected_isa() == kernels_isa_avx512_bfloat16
        }
    }

    /// The same in the kernels.
    var element: kernels_element {
        switch self {
        case .float32: kernels_element_float32
        case .bfloat16: kernels_element_bfloat16
        }
    }

    /// The same in oneDNN.
    var dataType: dnnl_data_type_t {
        switch self {
        case .float32: dnnl_f32
        case .bfloat16: dnnl_bf16
        }
    }
}
