import Foundation

/// What can go wrong in an operator.
public enum TensorError: Error, Equatable, CustomStringConvertible, LocalizedError {
    /// The operands do not fit each other. `shapes` are the operands' shapes in the order of the operator's arguments.
    case shapeMismatch(operator: String, shapes: [[Int]], expected: String)
    /// The operands are stored in ways that do not go together, in the order of the operator's arguments.
    case precisionMismatch(operator: String, precisions: [Precision])
    /// oneDNN refused to build or to run a primitive.
    case backend(operator: String, status: Int)

    public var description: String {
        switch self {
        case .shapeMismatch(let name, let shapes, let expected):
            let list = shapes.map { "\($0)" }.joined(separator: ", ")
            return "\(name): shapes \(list) do not fit; expected \(expected). Check the model's configuration against its weights."
        case .precisionMismatch(let name, let precisions):
            return "\(name): operands in \(precisions.map(\.rawValue).joined(separator: ", ")); convert them to one precision first."
        case .backend(let name, let status):
            return "\(name): oneDNN failed with status \(status). Run with ONEDNN_VERBOSE=2 to see the primitive that it refused."
        }
    }

    public var errorDescription: String? { description }
}
