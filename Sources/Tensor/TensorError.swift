import Foundation

/// What can go wrong in an operator.
public enum TensorError: Error, Equatable, CustomStringConvertible, LocalizedError {
    /// The operands do not fit each other. `shapes` are the operands' shapes in the order of the operator's arguments.
    case shapeMismatch(operator: String, shapes: [[Int]], expected: String)
    /// oneDNN refused to build or to run a primitive.
    case backend(operator: String, status: Int)

    public var description: String {
        switch self {
        case .shapeMismatch(let name, let shapes, let expected):
            let list = shapes.map { "\($0)" }.joined(separator: ", ")
            return "\(name): shapes \(list) do not fit; expected \(expected). Check the model's configuration against its weights."
        case .backend(let name, let status):
            return "\(name): oneDNN failed with status \(status). Run with ONEDNN_VERBOSE=2 to see the primitive that it refused."
        }
    }

    public var errorDescription: String? { description }
}
