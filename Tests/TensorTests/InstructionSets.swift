import Kernels
import Testing

@testable import Tensor

/// Runs `body` on every instruction set of this processor, the narrowest first, and restores the widest.
///
/// The limit holds for the whole process. Suites that run beside each other only see kernels of another width, whose results they
/// accept as well; suites that compare bit for bit stand in ``KernelTests``, which is serialized and the only one to set the limit.
func onEveryInstructionSet(_ body: (kernels_isa) throws -> Void) rethrows {
    defer { kernels_limit_isa(kernels_detected_isa()) }
    for level in kernels_isa_baseline.rawValue...kernels_detected_isa().rawValue {
        kernels_limit_isa(kernels_isa(level))
        try body(kernels_isa(level))
    }
}
