import ArgumentParser
import Tensor

extension Precision: ExpressibleByArgument {}

/// What a model's layers multiply in.
struct PrecisionOptions: ParsableArguments {
    @Option(help: "What layers multiply in; bf16 is faster on processors that have it, and a little less exact.")
    var precision: Precision = .float32

    func validate() throws {
        guard precision.isNative else {
            throw ValidationError("This processor has no \(precision.rawValue) arithmetic: use --precision \(Precision.float32.rawValue).")
        }
    }
}
