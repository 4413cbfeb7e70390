import Imaging
import Tensor

extension DiffusionPipeline {
    /// The last prompt, for candidates differ in their seeds only.
    struct PreparedPrompt {
        let key: PromptKey
        let context: UNet.PromptContext
        let pooled: Tensor?
    }

    /// Everything that the prompt's context depends on.
    struct PromptKey: Equatable {
        let text: PromptEncoder.Request
        let sizes: [Int]
        let guidanceScale: Float
        let styles: [RenderRequest.Style]
        let background: RenderRequest.Background?
        let kept: Mask?
    }

    /// Prompt, style pictures and where they are heard, ready for every step.
    func preparedPrompt(for request: RenderRequest, cancellation: CancellationFlag) throws -> PreparedPrompt {
        // A model distilled with guidance hears the scale itself.
        let isGuided = request.guidanceScale > 1 && blueprint.unet.guidanceChannels == nil
        var kept: Mask?
        if case .inpainting(_, let mask) = request.base { kept = mask }
        let key = PromptKey(
            text: PromptEncoder.Request(
                prompts: isGuided ? [request.negativePrompt, request.prompt] : [request.prompt], syntax: request.syntax,
                skippedLayers: request.skippedLayers),
            sizes: [request.height, request.width, 0, 0, request.height, request.width],
            guidanceScale: blueprint.unet.guidanceChannels == nil ? 1 : request.guidanceScale, styles: request.styles,
            background: kept == nil ? nil : request.background, kept: request.background == nil ? nil : kept)
        if let preparedPrompt, preparedPrompt.key == key { return preparedPrompt }

        let text = try promptEncoder(key.text, cancellation: cancellation)
        memory.promptIsEncoded()
        let pictures = try request.styles.compactMap { try picturePrompt($0, isGuided: isGuided, cancellation: cancellation) }
        var context = try unet.prepare(text.states, pictures: pictures)
        context.added = try unet.added(text.pooled, sizes: key.sizes)
        context.guidanceScale = key.guidanceScale
        if let background = key.background, background.mode != .off, let kept {
            context.guide = AttentionGuide(
                productMask: kept, mode: background.mode, tokens: promptEncoder.occurrences(of: background.phrases, in: text.tokens),
                guidesPictures: background.includesStyle && !pictures.isEmpty)
        }
        let prepared = PreparedPrompt(key: key, context: context, pooled: text.pooled)
        preparedPrompt = prepared
        return prepared
    }

    /// A style picture as the UNet hears it; the negative prompt hears none (base) or an empty one (Plus), as in diffusers.
    private func picturePrompt(
        _ style: RenderRequest.Style, isGuided: Bool, cancellation: CancellationFlag
    ) throws -> PicturePrompt? {
        guard let ipAdapter, let imageEncoder else { return nil }
        let size = imageEncoder.configuration.imageSize
        let encoding = try imageEncoder.encode(CLIPPicture.tensor(style.image, size: size), cancellation: cancellation)
        var tokens = [try ipAdapter.tokens(encoding)]
        if isGuided {
            let nothing =
                ipAdapter.readsPatches
                ? try imageEncoder.encode(Tensor.zeros([1, size, size, 3]), cancellation: cancellation)
                : CLIPVisionModel.Encoding(pooled: Tensor.zeros(encoding.pooled.shape), patches: encoding.patches)
            tokens.insert(try ipAdapter.tokens(nothing), at: 0)
        }
        return PicturePrompt(adapter: ipAdapter, tokens: stackedBatch(tokens), scale: style.scale)
    }

    /// The ControlNets that have something to say, with their pictures as features.
    func activeControls(
        _ request: RenderRequest, _ prompt: PreparedPrompt, cancellation: CancellationFlag
    ) throws -> [DenoisingSequence.ActiveControl] {
        try zip(controlNets, request.controls).filter { $0.1.scale != 0 }.map { net, control in
            try cancellation.check()
            let picture = resized(control.image, width: request.width, height: request.height)
            return DenoisingSequence.ActiveControl(
                net: net, prompt: try net.prepare(prompt.context.states, pooled: prompt.pooled, sizes: prompt.key.sizes),
                hint: try net.hint(mapped(InpaintingConditioning.tensor(of: picture)) { ($0 + 1) / 2 }), scale: control.scale,
                period: control.period)
        }
    }
}
