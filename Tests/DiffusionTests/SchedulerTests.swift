import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite("The schedulers")
struct SchedulerTests {
    struct Case: Decodable, CustomTestStringConvertible {
        let name: String
        let sampler: String
        let steps: Int
        let config: SchedulerConfiguration

        var testDescription: String { name }

        var kind: SchedulerKind? {
            SchedulerKind(rawValue: String(sampler.split(separator: ".")[0]).replacingOccurrences(of: "_karras", with: ""))
        }
    }

    static let cases: [Case] = (try? ConfigurationFile.decode([Case].self, at: Golden.folder.appending(path: "schedulers.json"))) ?? []

    @Test("There are cases of every kind")
    func casesExist() {
        #expect(Set(Self.cases.compactMap(\.kind)) == [.ddim, .euler, .dpmpp2m])
        #expect(Set(Self.furtherCases.compactMap(\.kind)) == Set(SchedulerKind.allCases).subtracting([.ddim]))
        #expect(Self.cases.count >= 24)
    }

    @Test("Timesteps, starting noise and the path of a latent equal those of diffusers", arguments: cases)
    func trajectory(_ example: Case) throws {
        let golden = try Golden("schedulers.safetensors")
        var scheduler = try #require(example.kind).makeScheduler(example.config, steps: example.steps)
        let timesteps = try golden.tensor("\(example.name).timesteps").values
        #expect(relativeError(scheduler.timesteps, timesteps) < 1e-6)
        let sigma = try golden.tensor("\(example.name).init_noise_sigma").values
        #expect(relativeError([scheduler.initialNoiseSigma], sigma) < 1e-5)

        let outputs = splitBatch(try golden.tensor("model_outputs"))
        let samples = splitBatch(try golden.tensor("\(example.name).samples"))
        let inputs = golden.contains("\(example.name).scaled_inputs") ? splitBatch(try golden.tensor("\(example.name).scaled_inputs")) : nil
        let noise = try golden.tensor("noise")
        var sample = mapped(noise.reshaped([1] + noise.shape)) { $0 * scheduler.initialNoiseSigma }
        var source = NoiseSource(seed: 0, height: 4, width: 4, channels: 4)
        for index in scheduler.timesteps.indices {
            if let inputs {
                #expect(relativeError(scheduler.scaledInput(sample, at: index), inputs[index]) < 1e-4)
            }
            sample = scheduler.step(modelOutput: outputs[index], at: index, sample: sample, noise: &source).previousSample
            let error = relativeError(sample, samples[index])
            noteError("sampler \(example.name)", error)
            #expect(error < 1e-4, "step \(index): relative error \(error)")
        }
        let noised = scheduler.addingNoise(noise.reshaped([1] + noise.shape), to: outputs[0], at: 3)
        let expected = try golden.tensor("\(example.name).noised")
        #expect(relativeError(noised, expected.reshaped(noised.shape)) < 1e-4)
    }

    /// Made by `make_family_goldens.py`: further samplers, spacings and noise levels, over latents of 2 x 2 cells.
    static let furtherCases: [Case] =
        (try? ConfigurationFile.decode([Case].self, at: Golden.folder.appending(path: "samplers.json"))) ?? []

    @Test("So they do for every further sampler, with its noise", arguments: furtherCases)
    func furtherTrajectory(_ example: Case) throws {
        let golden = try Golden("samplers.safetensors")
        var scheduler = try #require(example.kind).makeScheduler(example.config, steps: example.steps)
        #expect(relativeError(scheduler.timesteps, try golden.tensor("\(example.name).timesteps").values) < 1e-6)
        let sigma = try golden.tensor("\(example.name).init_noise_sigma").values
        #expect(relativeError([scheduler.initialNoiseSigma], sigma) < 1e-5)
        let outputs = splitBatch(try golden.picture("model_outputs"))
        let samples = splitBatch(try golden.picture("\(example.name).samples"))
        let noise = try golden.picture("noise")
        var source = NoiseSource(seed: 77, height: 2, width: 2, channels: 4)
        var sample = mapped(noise) { $0 * scheduler.initialNoiseSigma }
        try #require(samples.count == scheduler.timesteps.count)
        for index in scheduler.timesteps.indices {
            sample = scheduler.step(modelOutput: outputs[index], at: index, sample: sample, noise: &source).previousSample
            let error = relativeError(sample, samples[index])
            noteError("sampler \(example.name)", error)
            #expect(error < 1e-4, "step \(index): relative error \(error)")
        }
        let noised = scheduler.addingNoise(noise, to: outputs[0], at: min(2, scheduler.timesteps.count - 1))
        #expect(relativeError(noised, try golden.picture("\(example.name).noised")) < 1e-4)
    }

    @Test(
        "With a perfect model every scheduler ends on the clean latent", arguments: [SchedulerKind.ddim, .euler, .dpmpp2m, .unipc],
        [true, false])
    func perfectModel(_ kind: SchedulerKind, velocity: Bool) throws {
        var configuration = SchedulerConfiguration()
        configuration.betaSchedule = .scaledLinear
        (configuration.betaStart, configuration.betaEnd) = (0.00085, 0.012)
        configuration.timestepSpacing = .trailing
        configuration.predictionType = velocity ? .velocity : .epsilon
        configuration.setAlphaToOne = true
        var scheduler = try kind.makeScheduler(configuration, steps: 12)
        let alphas = NoiseSchedule(configuration).alphasCumprod
        var source = NoiseSource(seed: 1, height: 4, width: 4, channels: 4)
        let clean = source.next()
        // UniPC corrects the step before, so it begins at the beginning.
        let first = kind == .unipc ? 0 : 3
        var sample = scheduler.addingNoise(source.next(), to: clean, at: first)
        for index in first..<scheduler.timesteps.count {
            let alpha = alphas[Int(scheduler.timesteps[index])]
            // The noise in the latent as the model sees it, given the clean one.
            let input = scheduler.scaledInput(sample, at: index)
            let noise = combined(1 / (1 - alpha).squareRoot(), input, -alpha.squareRoot() / (1 - alpha).squareRoot(), clean)
            let output = velocity ? combined(alpha.squareRoot(), noise, -(1 - alpha).squareRoot(), clean) : noise
            let step = scheduler.step(modelOutput: output, at: index, sample: sample, noise: &source)
            #expect(relativeError(step.predictedOriginal, clean) < 1e-3)
            sample = step.previousSample
        }
        #expect(relativeError(sample, clean) < 1e-3)
    }

    @Test("A schedule rescaled to zero signal ends in pure noise and keeps its start")
    func zeroTerminalSignal() {
        var configuration = SchedulerConfiguration()
        let plain = NoiseSchedule(configuration).alphasCumprod
        configuration.predictionType = .velocity
        configuration.rescalesBetasToZeroSNR = true
        let rescaled = NoiseSchedule(configuration).alphasCumprod
        #expect(rescaled.last == 0)
        #expect(relativeError([rescaled[0]], [plain[0]]) < 1e-6)
        let last = NoiseSchedule(configuration, smallestAlpha: 0x1p-24).sigmas.last ?? .infinity
        #expect(relativeError([last], [4096]) < 1e-4)
    }

    @Test("Impossible numbers of steps are refused", arguments: SchedulerKind.allCases, [0, -3, 1001])
    func impossibleSteps(_ kind: SchedulerKind, steps: Int) {
        #expect(throws: ModelError.self) { try kind.makeScheduler(SchedulerConfiguration(), steps: steps) }
    }

    @Test("Every possible number of steps gives so many timesteps within the schedule", arguments: SchedulerKind.allCases)
    func everyCount(_ kind: SchedulerKind) throws {
        for spacing in [TimestepSpacing.leading, .trailing, .linspace] {
            var configuration = SchedulerConfiguration()
            configuration.timestepSpacing = spacing
            for steps in [1, 2, 3, 7, 11, 49, 50, 333, 999] {
                if kind == .lcm, steps > configuration.originalSteps { continue }
                configuration.skipsRungeKutta = true
                let timesteps = try kind.makeScheduler(configuration, steps: steps).timesteps
                #expect(timesteps.count == (kind == .heun ? 2 * steps - 1 : kind == .pndm && steps > 1 ? steps + 1 : steps))
                #expect(timesteps.allSatisfy { (0...999).contains($0) } && timesteps == timesteps.sorted(by: >))
            }
        }
    }
}
