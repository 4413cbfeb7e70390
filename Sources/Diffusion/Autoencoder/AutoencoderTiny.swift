import Foundation
import Tensor

/// A small autoencoder without norms (diffusers `models/autoencoders/autoencoder_tiny.py`, after O. Boer Bohan's TAESD).
final class AutoencoderTiny: Autoencoder {
    private let configuration: AutoencoderTinyConfiguration
    private let encoder: [TinyLayer]
    private let decoder: [TinyLayer]

    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    init(_ weights: Weights, _ configuration: AutoencoderTinyConfiguration) throws {
        self.configuration = configuration
        // Its few channels are fastest by Winograd's method, which is float32's.
        let weights = weights.multiplied(in: .float32)
        encoder = try Self.encoder(weights.scope("encoder"), configuration)
        decoder = try Self.decoder(weights.scope("decoder"), configuration)
    }

    func encode(_ picture: Tensor, cancellation: CancellationFlag) throws -> LatentDistribution {
        let latent = try run(encoder, on: mapped(picture) { ($0 + 1) / 2 }, cancellation: cancellation)
        let scale = configuration.scalingFactor
        return LatentDistribution(mean: mapped(latent) { $0 * scale }, deviation: nil)
    }

    func decode(_ latent: Tensor, cancellation: CancellationFlag) throws -> Tensor {
        let scale = configuration.scalingFactor
        let bounded = mapped(latent) { tanh($0 / scale / Self.latentBound) * Self.latentBound }
        return mapped(try run(decoder, on: bounded, cancellation: cancellation)) { $0 * 2 - 1 }
    }

    /// Latents beyond this are pressed back before decoding (`DecoderTiny.forward`).
    private static let latentBound: Float = 3

    private func run(_ layers: [TinyLayer], on input: Tensor, cancellation: CancellationFlag) throws -> Tensor {
        try layers.reduce(input) { hidden, layer in
            try cancellation.check()
            return try layer(hidden)
        }
    }
}

/// One entry of the `layers` of encoder or decoder.
private enum TinyLayer {
    case convolution(Convolution2D, Activation)
    case block(TinyBlock)
    case upsample

    func callAsFunction(_ x: Tensor) throws -> Tensor {
        switch self {
        case .convolution(let convolution, let activation): try convolution(x, activation: activation)
        case .block(let block): try block(x)
        case .upsample: try upsampleNearest2x(x)
        }
    }
}

/// Three convolutions and a residual, each followed by a ReLU (`AutoencoderTinyBlock`).
private struct TinyBlock {
    private let convolutions: [Convolution2D]

    init(_ weights: Weights, channels: Int) throws {
        convolutions = try [0, 2, 4].map { try weights.convolution("conv.\($0)", inputs: channels, outputs: channels) }
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor {
        let inner = try convolutions[1](convolutions[0](x, activation: .relu), activation: .relu)
        return try convolutions[2](inner, adding: x, activation: .relu)
    }
}

extension AutoencoderTiny {
    /// Full resolution down: each level strides, then refines (`EncoderTiny`). Layers are numbered as in its `nn.Sequential`.
    private static func encoder(_ weights: Weights, _ configuration: AutoencoderTinyConfiguration) throws -> [TinyLayer] {
        let channels = configuration.encoderChannels
        var layers: [TinyLayer] = []
        func next() -> String { "layers.\(layers.count)" }
        for (level, blocks) in configuration.encoderBlocks.enumerated() {
            layers.append(
                level == 0
                    ? .convolution(try weights.convolution(next(), inputs: 3, outputs: channels), .none)
                    : .convolution(try weights.convolution(next(), inputs: channels, outputs: channels, stride: 2, bias: false), .none))
            for _ in 0..<blocks { layers.append(.block(try TinyBlock(weights.scope(next()), channels: channels))) }
        }
        layers.append(.convolution(try weights.convolution(next(), inputs: channels, outputs: configuration.latentChannels), .none))
        return layers
    }

    /// Latent resolution up: each level refines, then doubles (`DecoderTiny`, whose second layer is the ReLU fused here into the first).
    private static func decoder(_ weights: Weights, _ configuration: AutoencoderTinyConfiguration) throws -> [TinyLayer] {
        let channels = configuration.decoderChannels
        let last = configuration.decoderBlocks.count - 1
        var layers: [TinyLayer] = [
            .convolution(try weights.convolution("layers.0", inputs: configuration.latentChannels, outputs: channels), .relu)
        ]
        func next() -> String { "layers.\(layers.count + 1)" }
        for (level, blocks) in configuration.decoderBlocks.enumerated() {
            for _ in 0..<blocks { layers.append(.block(try TinyBlock(weights.scope(next()), channels: channels))) }
            if level < last { layers.append(.upsample) }
            layers.append(
                .convolution(
                    try weights.convolution(next(), inputs: channels, outputs: level < last ? channels : 3, bias: level == last), .none))
        }
        return layers
    }
}
