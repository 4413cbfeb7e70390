import Foundation
import Imaging
import Testing

@testable import Diffusion
@testable import Studio

@Suite("The real pipeline behind the queue, on the tiny random model")
struct PipelineTests {
    private static let model = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden/tiny-inpaint")

    private func session(_ folder: TestCatalogue) throws -> StudioSession {
        let session = try folder.session(try Engine(directory: Self.model))
        session.perform(.setParameter(.steps(4)))
        session.perform(.setParameter(.guidance(3)))
        return session
    }

    @Test("The same seed twice gives byte-identical files, and a batch contains the same pictures as single runs")
    func deterministic() throws {
        let (first, second) = (try TestCatalogue(), try TestCatalogue())
        let batch = try session(first)
        let singles = try session(second)
        batch.paint(prompt: "on stone, 朝の光", seed: 11, count: 3)
        for index in 0..<3 { singles.paint(prompt: "on stone, 朝の光", seed: 11 + UInt64(index), count: 1) }
        #expect(batch.state.totals.open == 3)
        for number in 1...3 { #expect(try batch.file(of: number) == singles.file(of: number)) }
        #expect(try batch.file(of: 1) != batch.file(of: 2))
        guard case .ready = batch.state.model.readiness else {
            Issue.record("\(batch.state.model)")
            return
        }
    }

    @Test("Each step shows a different preview, and the tokens of a prompt are counted")
    func previews() throws {
        let folder = try TestCatalogue()
        let session = try session(folder)
        session.perform(.setParameter(.steps(8)))
        session.previewSize = PictureSize(width: 64, height: 64)
        session.describe(prompt: "on stone", count: 1)
        #expect(session.wait { $0.promptTokens != nil } != nil)
        #expect(session.state.promptTokens?.limit == 75)
        #expect(session.state.promptTokens?.used ?? 0 > 0)
        session.perform(.generate(.selected))
        var frames: [[UInt8]] = []
        session.runUntilIdle { event, _ in
            if case .preview(let key, _) = event, let picture = session.picture(for: .painting(key), maximumWidth: 64, maximumHeight: 64) {
                frames.append(picture.image.pixels)
            }
            return true
        }
        #expect(Set(frames).count >= 2)
    }
}
