import Foundation
import Imaging
import Tensor
import Testing

@testable import Diffusion

@Suite("What the UNet sees beside the latent")
struct ConditioningTests {
    @Test("A cell that the product touches is kept whole, every other is painted")
    func latentMask() {
        var product = Mask(width: 24, height: 16, fill: 0)
        product[8, 7] = 128
        product[23, 15] = 255
        product[0, 8] = 127
        let mask = InpaintingConditioning.latentMask(product, latentScale: 8)
        #expect(mask.shape == [1, 2, 3, 1])
        #expect(mask.values == [1, 0, 1, 1, 1, 0])
    }

    @Test("The masked picture shows the product and mid grey elsewhere")
    func maskedPicture() {
        var canvas = RasterImage(width: 2, height: 1, fill: .white)
        canvas[0, 0] = RGBA(0, 255, 51)
        var product = Mask(width: 2, height: 1, fill: 127)
        product[0, 0] = 128
        let picture = InpaintingConditioning.maskedPicture(canvas, product)
        #expect(picture.shape == [1, 1, 2, 3])
        #expect(relativeError(picture.values, [-1, 1, -0.6, 0, 0, 0]) < 1e-6)
    }

    @Test("A picture survives the way to a tensor and back; what is out of range is clamped")
    func roundTrip() {
        var image = RasterImage(width: 16, height: 16, fill: .white)
        for value in 0..<256 { image[value % 16, value / 16] = RGBA(UInt8(value), UInt8(255 - value), 77) }
        #expect(InpaintingConditioning.image(of: InpaintingConditioning.tensor(of: image)) == image)
        let wild = Tensor([-9, 0, 9], shape: [1, 1, 1, 3])
        #expect(InpaintingConditioning.image(of: wild)[0, 0] == RGBA(0, 128, 255))
    }

    @Test("Noise is drawn in torch's order of channels")
    func noiseOrder() {
        var generator = TorchRandom(seed: 3)
        let drawn = generator.normals(4 * 2 * 3)
        var source = NoiseSource(seed: 3, height: 2, width: 3, channels: 4)
        let noise = source.next()
        #expect(noise.shape == [1, 2, 3, 4])
        #expect(noise.values == channelsLast(Tensor(drawn, shape: [1, 4, 2, 3])).values)
    }

    @Test("A stronger reference starts later, never at the end")
    func firstStep() {
        #expect(StyleReference.firstStep(strength: 0, steps: 20) == 0)
        #expect(StyleReference.firstStep(strength: 1, steps: 20) == 12)
        #expect(StyleReference.firstStep(strength: 0.5, steps: 20) == 6)
        #expect(StyleReference.firstStep(strength: 9, steps: 20) == 12)
        #expect(StyleReference.firstStep(strength: 1, steps: 1) == 0)
    }

    @Test("A reference of any shape fills the canvas from its middle")
    func referencePicture() {
        var reference = RasterImage(width: 60, height: 20, fill: .black)
        for y in 0..<20 { for x in 20..<40 { reference[x, y] = .white } }
        let picture = StyleReference.picture(reference, width: 8, height: 8)
        #expect(picture.values.allSatisfy { $0 == 1 })
        #expect(StyleReference.picture(RasterImage(width: 1, height: 1, fill: .white), width: 8, height: 16).values.allSatisfy { $0 == 1 })
    }

    @Test("A coarse latent keeps its mean and an even latent stays as it is")
    func coarse() {
        let even = mapped(Tensor.zeros([1, 10, 16, 4])) { _ in 0.5 }
        #expect(relativeError(StyleReference.coarse(even), even) < 1e-6)
        var source = NoiseSource(seed: 1, height: 16, width: 16, channels: 4)
        let noise = source.next()
        let coarse = StyleReference.coarse(noise)
        let spread = coarse.values.reduce(0) { $0 + $1 * $1 } / Float(coarse.count)
        #expect(spread < 0.1)
    }
}
