import Foundation
import Testing

@testable import Imaging

@Suite struct ResizeTests {
    @Test(arguments: [(640, 480), (64, 48), (63, 47), (7, 5), (1, 1), (1, 90), (333, 1), (200, 1000)])
    func oneColourStaysThatColourAtEverySize(width: Int, height: Int) {
        let colour = RGBA(200, 100, 50)
        let image = resized(RasterImage(width: 64, height: 48, fill: colour), width: width, height: height)
        #expect(image == RasterImage(width: width, height: height, fill: colour))
    }

    @Test(arguments: [(1, 1), (1, 9), (9, 1), (2, 3)]) func tinyPicturesCanBeEnlargedAndReduced(width: Int, height: Int) {
        let image = noise(width: width, height: height, opaque: true)
        #expect(resized(image, width: 50, height: 40).isOpaque)
        #expect(resized(image, width: 1, height: 1).isOpaque)
    }

    @Test func aReductionKeepsTheMean() {
        let image = noise(width: 301, height: 203, opaque: true)
        let small = resized(image, width: 10, height: 7)
        func mean(_ image: RasterImage) -> Double {
            let reds = stride(from: 0, to: image.pixels.count, by: 4).map { Double(image.pixels[$0]) }
            return reds.reduce(0, +) / Double(reds.count)
        }
        #expect(abs(mean(image) - mean(small)) < 1.5)
    }

    @Test func finePatternsBecomeGreyAndNotStripes() {
        var image = RasterImage(width: 600, height: 600, fill: .white)
        for y in 0..<600 { for x in 0..<600 where (x + y) % 2 == 0 { image[x, y] = .black } }
        let small = resized(image, width: 70, height: 70)
        let greys = stride(from: 0, to: small.pixels.count, by: 4).map { Int(small.pixels[$0]) }
        #expect((greys.min() ?? 0) > 120 && (greys.max() ?? 255) < 135)
    }

    @Test func transparentPixelsLendNoColour() {
        // Red product on transparent green: no green may appear anywhere.
        var image = RasterImage(width: 40, height: 40, fill: RGBA(0, 255, 0, 0))
        for y in 10..<30 { for x in 10..<30 { image[x, y] = RGBA(255, 0, 0) } }
        for size in [13, 20, 95] {
            let result = resized(image, width: size, height: size)
            for index in stride(from: 0, to: result.pixels.count, by: 4) where result.pixels[index + 3] > 8 {
                #expect(result.pixels[index + 1] < 10, "size \(size)")
            }
        }
    }

    @Test func anEnlargedEdgeHardlyOvershoots() {
        var image = RasterImage(width: 16, height: 16, fill: RGBA(60, 60, 60))
        for y in 0..<16 { for x in 8..<16 { image[x, y] = RGBA(180, 180, 180) } }
        let large = resized(image, width: 256, height: 256)
        let values = stride(from: 0, to: large.pixels.count, by: 4).map { Int(large.pixels[$0]) }
        // Mitchell's kernel overshoots by 3.5 % at most.
        #expect((values.min() ?? 0) >= 55 && (values.max() ?? 255) <= 185)
    }

    @Test func aMaskIsReducedLikeAPicture() {
        var mask = Mask(width: 100, height: 100, fill: 0)
        for y in 0..<100 { for x in 50..<100 { mask[x, y] = 255 } }
        let small = resized(mask, width: 10, height: 10)
        #expect(small[0, 5] == 0 && small[9, 5] == 255)
        #expect(resized(mask, width: 5, height: 5)[2, 2] == 128)
    }

    @Test func fittingKeepsTheShapeAndNeverEnlarges() {
        #expect(fittingSize(of: 6000, 4000, into: 1200, 1200) == (1200, 800))
        #expect(fittingSize(of: 30, 20, into: 1200, 1200) == (30, 20))
        #expect(fittingSize(of: 10_000, 1, into: 100, 100) == (100, 1))
    }

    @Test func aTwentyFourMegapixelPhotoIsReducedInLittleTime() {
        let photo = RasterImage(width: 6000, height: 4000, fill: RGBA(90, 120, 150))
        let seconds = processorSeconds { _ = resized(photo, width: 1200, height: 800) }
        // Measured 0.11 s of processor time on two cores; five times that leaves room for slow machines.
        #expect(seconds < 0.6, "\(seconds) s")
    }
}

/// The processor time that `work` takes on all threads: unlike the clock, it does not grow when the machine is busy.
func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
    func used() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = used()
    try work()
    return used() - start
}
