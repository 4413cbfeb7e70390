import Catalogue
import Foundation
import Testing

@testable import Studio

@Suite("The queue paints in order, stops when told, and survives failures")
struct QueueTests {
    @Test("Jobs are painted in the order they were asked for, picture i with seed + i, and stored with every setting")
    func order() throws {
        let folder = try TestCatalogue()
        let log = PaintLog()
        let session = try folder.session(.test(log: log))
        #expect(session.state.products.map(\.name) == ["mug", "vase"])
        session.perform(.selectCategory("bdshoes"))
        session.describe(prompt: "on stone", seed: 40, count: 3)
        session.perform(.generate(.selected))
        session.perform(.selectNextProduct)
        session.describe(prompt: "on sand", seed: 9, count: 1)
        session.perform(.generate(.selected))
        #expect(session.state.tasks.map(\.count) == [3, 1])
        session.runUntilIdle()
        #expect(log.seeds == [40, 41, 42, 9])
        #expect(log.prompts == ["bdshoes on stone", "bdshoes on stone", "bdshoes on stone", "on sand"])
        let candidates = try session.catalogue.candidates()
        #expect(candidates.map(\.settings.seed) == [40, 41, 42, 9])
        let settings = try #require(candidates.first?.settings)
        #expect(settings.prompt == "on stone" && settings.categoryIdentifier == "bdshoes" && settings.negativePrompt == "blurry")
        #expect(settings.steps == 4 && settings.sampler == "euler" && settings.modelFingerprint == "f00d")
        #expect(settings.width == 64 && settings.height == 64)
        #expect(session.state.totals == ReviewCounts(open: 4))
        #expect(try session.catalogue.jobs().allSatisfy { $0.state == .done })
    }

    @Test("A batch contains the same files as single runs")
    func batchEqualsSingles() throws {
        let batch = try TestCatalogue().session()
        batch.paint(seed: 100, count: 3)
        let singles = try TestCatalogue().session()
        for index in 0..<3 { singles.paint(seed: 100 + UInt64(index), count: 1) }
        for number in 1...3 { #expect(try batch.file(of: number) == singles.file(of: number)) }
        #expect(try batch.file(of: 1) != batch.file(of: 2))
    }

    @Test("Cancelling the running job takes less than 0.2 s, and the next one starts")
    func cancelRunning() throws {
        let taken = try shortest(under: 0.2, of: cancellationOfTheRunningJob)
        #expect(taken < 0.2)
    }

    /// How long it takes, in seconds.
    private func cancellationOfTheRunningJob() throws -> Double {
        let session = try TestCatalogue().session(.test(stepSeconds: 0.1))
        session.describe(prompt: "slow", count: 9)
        session.perform(.generate(.selected))
        session.perform(.setParameter(.candidateCount(1)))
        session.perform(.setPrompt("quick"))
        session.perform(.generate(.selected))
        let (first, second) = (session.state.tasks[0].id, session.state.tasks[1].id)
        #expect(session.wait { $0.tasks.first?.step ?? 0 > 0 } != nil)
        let started = Date()
        session.perform(.cancelCurrent)
        #expect(session.wait { !$0.tasks.contains { $0.id == first } } != nil)
        let taken = Date().timeIntervalSince(started)
        session.runUntilIdle()
        #expect(try session.catalogue.job(id: first).state == .cancelled)
        #expect(try session.catalogue.job(id: second).state == .done)
        #expect(try session.catalogue.candidates().map(\.settings.prompt) == ["quick"])
        return taken
    }

    @Test("Cancelling all empties the queue; what was finished stays")
    func cancelAll() throws {
        let folder = try TestCatalogue()
        let session = try folder.session(.test(stepSeconds: 0.01))
        session.describe(prompt: "a", count: 16)
        session.perform(.generate(.allOpen))
        #expect(session.state.tasks.count == 2)
        #expect(session.wait { $0.totals.open > 0 } != nil)
        session.perform(.cancelAll)
        session.runUntilIdle()
        #expect(session.state.tasks.isEmpty)
        #expect(try session.catalogue.jobs().allSatisfy { $0.state == .cancelled })
        #expect(try session.catalogue.candidates().count == session.state.totals.open)
    }

    @Test("A job that fails says why and does not stop the queue")
    func failureGoesOn() throws {
        let folder = try TestCatalogue()
        let session = try folder.session(.test(failing: ["bad"]))
        session.describe(prompt: "bad", count: 2)
        session.perform(.generate(.selected))
        session.perform(.setPrompt("good"))
        session.perform(.generate(.selected))
        session.runUntilIdle()
        #expect(try session.catalogue.jobs().map(\.state) == [.failed, .done])
        #expect(try session.catalogue.jobs()[0].message == "the test painter dropped its brush")
        #expect(session.state.message?.severity == .error)
        #expect(session.state.candidates.map(\.seed) == [7, 8])
    }

    @Test("A photo that is gone fails its own job only")
    func photoGone() throws {
        let folder = try TestCatalogue()
        let session = try folder.session()
        try FileManager.default.removeItem(at: folder.photo("mug"))
        session.perform(.generate(.allOpen))
        session.runUntilIdle()
        #expect(try session.catalogue.jobs().map(\.state) == [.failed, .done])
        #expect(session.state.message?.text.contains("mug.png") == true)
    }

    @Test("Weights that can't be loaded fail all jobs with one message, and everything else goes on")
    func brokenEngine() throws {
        let folder = try TestCatalogue()
        let earlier = try folder.session()
        earlier.paint()
        earlier.shutdown()
        let session = try folder.session(.broken)
        session.perform(.generate(.allOpen))
        var failures = 0
        session.runUntilIdle { event, _ in
            if case .modelFailed = event { failures += 1 }
            return true
        }
        #expect(failures == 1)
        #expect(try session.catalogue.jobs().suffix(2).allSatisfy { $0.state == .failed })
        guard case .failed(let words) = session.state.model.readiness else {
            Issue.record("\(session.state.model.readiness)")
            return
        }
        #expect(words.contains("unet.safetensors"))
        #expect(session.perform(.approve) == nil)
        #expect(session.state.totals.approved == 1)
    }

    @Test("Without a model the studio opens, and generating says what to do")
    func noModel() throws {
        let session = try TestCatalogue().session(.failure(StudioError.noModel))
        let words = session.perform(.generate(.selected))
        #expect(words?.text.contains("--model") == true)
        #expect(session.state.message == words)
        #expect(try session.catalogue.jobs().isEmpty)
    }

    @Test("A paused queue holds between two steps and goes on with the same picture")
    func pause() throws {
        let session = try TestCatalogue().session(.test(stepSeconds: 0.2))
        session.describe(prompt: "calm", count: 1)
        session.perform(.generate(.selected))
        #expect(session.wait { $0.tasks.first?.step ?? 0 >= 1 } != nil)
        session.perform(.pauseQueue)
        #expect(session.state.queueIsPaused)
        // The step under way comes to its end; one that was not held would come to the picture's.
        var held: Int?
        repeat {
            held = session.state.tasks.first?.step
            Thread.sleep(forTimeInterval: 0.3)
            session.drain()
        } while session.state.tasks.first?.step != held
        #expect(held != nil, "it was painted to its end")
        session.perform(.resumeQueue)
        session.runUntilIdle()
        #expect(session.state.totals.open == 1)
    }

    @Test("A more urgent job is painted first, and stands so in the catalogue")
    func priority() throws {
        let log = PaintLog()
        let session = try TestCatalogue().session(.test(stepSeconds: 0.02, log: log))
        session.perform(.pauseQueue)
        for (prompt, seed) in [("one", 1), ("two", 2), ("three", 3)] {
            session.describe(prompt: prompt, seed: UInt64(seed), count: 1)
            session.perform(.generate(.selected))
        }
        let jobs = session.state.tasks.map(\.id)
        session.perform(.setPriority(jobs[2], .high))
        session.perform(.setPriority(jobs[0], .low))
        #expect(session.state.tasks.map(\.id) == [jobs[2], jobs[1], jobs[0]])
        #expect(try session.catalogue.ownJobs().map(\.id) == [jobs[2], jobs[1], jobs[0]])
        session.perform(.moveJob(jobs[0], by: -2))
        #expect(session.state.tasks.map(\.id) == [jobs[2], jobs[1], jobs[0]], "the priority decides first")
        session.perform(.resumeQueue)
        session.runUntilIdle()
        #expect(log.prompts == ["three", "two", "one"])
    }

    @Test("One job is held while the others go on; a running one stops after its picture and goes on where it stopped")
    func pauseOne() throws {
        let log = PaintLog()
        let session = try TestCatalogue().session(.test(stepSeconds: 0.15, log: log))
        session.describe(prompt: "first", seed: 1, count: 3)
        session.perform(.generate(.selected))
        session.describe(prompt: "second", seed: 10, count: 1)
        session.perform(.generate(.selected))
        let first = session.state.tasks[0].id
        #expect(session.wait { $0.tasks.first?.step ?? 0 >= 1 } != nil)
        session.perform(.pauseJob(first, true))
        #expect(try session.catalogue.job(id: first).state == .paused)
        #expect(session.runUntilIdle(), "what is paused is not waited for")
        #expect(session.state.tasks.map(\.id) == [first] && session.state.tasks[0].isPaused)
        #expect(log.prompts == ["first", "second"])
        #expect(try session.catalogue.job(id: first).done == 1)
        session.perform(.pauseJob(first, false))
        session.runUntilIdle()
        #expect(log.prompts == ["first", "second", "first", "first"])
        #expect(try session.catalogue.job(id: first).state == .done)
        #expect(session.state.totals.open == 4)
    }

    @Test("A paused job can be cancelled")
    func cancelPaused() throws {
        let session = try TestCatalogue().session(.test(stepSeconds: 0.02))
        session.describe(prompt: "calm", count: 1)
        session.perform(.generate(.selected))
        #expect(session.wait { $0.tasks.first?.step ?? 0 >= 1 } != nil)
        session.perform(.pauseQueue)
        session.perform(.cancelAll)
        #expect(session.wait { $0.tasks.isEmpty } != nil)
    }

    @Test("Variations share the settings of the shown candidate and have seeds of their own")
    func vary() throws {
        let session = try TestCatalogue().session()
        session.paint(prompt: "on stone", seed: 7, count: 1)
        session.describe(prompt: "something else", count: 2)
        session.perform(.vary)
        session.runUntilIdle()
        let settings = try session.catalogue.candidates().map(\.settings)
        #expect(settings.map(\.prompt) == ["on stone", "on stone", "on stone"])
        #expect(settings[1].seed != 7 && settings[2].seed == settings[1].seed + 1)
    }

    @Test("Interrupting the headless run returns at once and leaves the job unfinished")
    func interrupt() throws {
        let taken = try shortest(under: 1) {
            let session = try TestCatalogue().session(.test(stepSeconds: 0.05))
            session.describe(prompt: "long", count: 16)
            session.perform(.generate(.selected))
            let interrupter = session.interrupter
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { interrupter.interrupt() }
            let started = Date()
            #expect(!session.runUntilIdle())
            let taken = Date().timeIntervalSince(started)
            let job = try #require(try session.catalogue.jobs().first)
            #expect(job.state == .running && job.done < job.count)
            return taken
        }
        #expect(taken < 1)
    }

    @Test("A session that ends in the middle of a picture ends quickly")
    func quickShutdown() throws {
        let taken = try shortest(under: 0.5) {
            let session = try TestCatalogue().session(.test(stepSeconds: 5))
            session.describe(prompt: "long", count: 16)
            session.perform(.generate(.selected))
            #expect(session.wait { $0.runningTask != nil } != nil)
            let started = Date()
            session.shutdown()
            return Date().timeIntervalSince(started)
        }
        #expect(taken < 0.5)
    }
}
