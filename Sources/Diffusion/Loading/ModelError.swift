import Foundation

/// What can be wrong with a model folder or with what is asked of a model: one clear line each.
public enum ModelError: Error, Equatable, Sendable {
    /// The folder does not exist or cannot be read.
    case missingFolder(path: String)
    /// The folder lacks a file that every model of its kind has.
    case missingFile(path: String, advice: String)
    /// A file exists but cannot be read.
    case unreadableFile(path: String, reason: String)
    /// The weights are a Python pickle (`.ckpt`, `.bin`, `.pt`), which can run code when it is read.
    case pickledWeights(path: String)
    /// A weights file breaks the safetensors format; `tensor` is the entry at fault, where one is.
    case corruptWeights(path: String, tensor: String?, problem: String)
    /// The architecture in `config.json` needs a tensor that the weights lack.
    case missingTensor(path: String, tensor: String)
    /// A tensor's shape is not the one that `config.json` asks for.
    case wrongShape(path: String, tensor: String, expected: [Int], found: [Int])
    /// A tensor holds NaN or an infinity.
    case notFinite(path: String, tensor: String)
    /// A JSON file is damaged, or a value in it makes no sense.
    case badConfiguration(path: String, problem: String)
    /// The model is sound but needs something that the engine does not do.
    case unsupported(path: String, feature: String, advice: String)
    /// A request cannot be carried out: its size, its steps or its pictures don't fit the model.
    case invalidRequest(String)
}

extension ModelError: CustomStringConvertible, LocalizedError {
    public var description: String {
        switch self {
        case .missingFolder(let path):
            "No model folder at \(path). Choose a folder that holds model_index.json, unet/, vae/, text_encoder/ and tokenizer/."
        case .missingFile(let path, let advice):
            "Missing model file \(path). \(advice)"
        case .unreadableFile(let path, let reason):
            "Cannot read model file \(path): \(reason)."
        case .pickledWeights(let path):
            "\(path) is a Python pickle, which may run code when opened. Use the model's safetensors edition, or convert it with diffusers."
        case .corruptWeights(let path, let tensor?, let problem):
            "Corrupt weights in \(path), tensor \(tensor): \(problem). Fetch the file again."
        case .corruptWeights(let path, nil, let problem):
            "Corrupt weights in \(path): \(problem). Fetch the file again."
        case .missingTensor(let path, let tensor):
            "\(path) lacks the tensor \(tensor) that its config.json asks for. The weights belong to another model or are incomplete."
        case .wrongShape(let path, let tensor, let expected, let found):
            "\(path), tensor \(tensor): shape \(found), but config.json asks for \(expected). Weights and config.json belong to different models."
        case .notFinite(let path, let tensor):
            "\(path), tensor \(tensor) holds NaN or infinite values. Fetch the file again, or train with a lower learning rate."
        case .badConfiguration(let path, let problem):
            "\(path): \(problem)."
        case .unsupported(let path, let feature, let advice):
            "\(path): \(feature) is not supported. \(advice)"
        case .invalidRequest(let problem):
            "\(problem)."
        }
    }

    public var errorDescription: String? { description }
}
