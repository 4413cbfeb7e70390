import Foundation
import Tensor

/// Which of a model's networks are in memory at a time.
///
/// A network that works once in a while – for a prompt, for a picture – gives its memory back after it, and the UNet gives back while a
/// picture is decoded what is quickly there again.
final class ModelMemory {
    /// The file that packed weights come from, where there is one.
    let archive: PackedWeightsFile?
    private let options: LoadingOptions
    private let blueprint: ModelBlueprint
    private var residences: [ModelComponent: WeightResidence] = [:]
    private let largeComponents: Set<ModelComponent>

    /// Bytes of weights above which a network is not kept for the next time.
    private static let largeBytes = 64 << 20
    /// Bytes that tensors may leave behind between one network's work and the next's.
    private static let spareBytes = 128 << 20

    init(_ blueprint: ModelBlueprint, _ description: ModelDescription, _ options: LoadingOptions) {
        self.blueprint = blueprint
        self.options = options
        archive =
            options.keepsPackedWeights ? PackedWeightsPlace.open(blueprint.source, description, precision: options.precision) : nil
        let counts = description.parameterCounts
        let sizes = [(ModelComponent.unet, counts.unet), (.autoencoder, counts.autoencoder), (.textEncoder, counts.textEncoder)]
        largeComponents = Set(sizes.filter { $0.1 * options.precision.byteCount > Self.largeBytes }.map(\.0))
    }

    /// A component's weights, to be kept as the options say.
    func weights(_ component: ModelComponent, _ store: WeightStore, cancellation: CancellationFlag?) -> Weights {
        let residence = WeightResidence(isStreamed: options.memory == .low, archive: archive)
        residences[component] = residence
        return Weights(
            store, precision: options.precision, cancellation: cancellation, residence: residence, component: component.rawValue,
            isVerified: archive?.hasHistory ?? false)
    }

    /// The text encoders have done their work for a while.
    func promptIsEncoded() {
        guard largeComponents.contains(.textEncoder) else { return }
        for component in [ModelComponent.textEncoder, .secondTextEncoder] { residences[component]?.release(.everything) }
        StoragePool.shared.trim(above: Self.spareBytes)
    }

    /// Runs the autoencoder with as much room as there is.
    func autoencoding<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard largeComponents.contains(.autoencoder) else { return try body() }
        residences[.unet]?.release(.cheap)
        StoragePool.shared.trim(above: Self.spareBytes)
        defer {
            residences[.autoencoder]?.release(.everything)
            StoragePool.shared.trim(above: Self.spareBytes)
        }
        return try body()
    }
}
