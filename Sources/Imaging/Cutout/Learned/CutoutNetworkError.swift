import Foundation

/// Why the learned cutout cannot be used.
public enum CutoutNetworkError: Error, Equatable, CustomStringConvertible, LocalizedError {
    /// No weights were found in any of the places where they may be.
    case missing
    case unreadable(path: String)
    case damaged(path: String, problem: String)
    /// The file holds another network than U²-Net-p.
    case otherNetwork(path: String, convolutions: Int)

    public var description: String {
        switch self {
        case .missing:
            "The learned cutout has no weights. Install them with `\(CutoutNetwork.installation)`, or name the file u2netp.onnx in "
                + "\(CutoutNetwork.variable). Every other cutout works without."
        case .unreadable(let path): "\(path): cannot be read. Check that it exists and may be read."
        case .damaged(let path, let problem): "\(path): damaged (\(problem)). Install it again with `\(CutoutNetwork.installation)`."
        case .otherNetwork(let path, let convolutions):
            "\(path): not U2-Net-p (\(convolutions) convolutions, \(SaliencyNetwork.convolutionCount) expected). "
                + "Install it with `\(CutoutNetwork.installation)`."
        }
    }

    public var errorDescription: String? { description }
}
