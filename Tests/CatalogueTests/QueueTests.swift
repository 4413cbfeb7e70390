import Foundation
import GRDB
import Testing

@testable import Catalogue

@Suite("The queue and what else is kept between runs")
struct QueueTests {
    let temporary: TemporaryFolder
    let catalogue: Catalogue
    let vase: Product

    init() throws {
        temporary = try TemporaryFolder()
        catalogue = try Catalogue.with(["vase"], in: temporary)
        vase = try catalogue.product(named: "vase")
    }

    /// Makes a job look as if another process had it.
    func give(_ job: Job, to owner: ProcessIdentity, heartbeat: Double = Date().timeIntervalSince1970) throws {
        let text = try StableJSON.encode(owner)
        try catalogue.write {
            try $0.execute(
                sql: "UPDATE job SET owner = ?, state = 'running', heartbeat = ? WHERE id = ?", arguments: [text, heartbeat, job.id])
        }
    }

    @Test("A job counts its pictures as they are stored, and is done with the last")
    func counting() throws {
        let job = try catalogue.enqueue(productID: vase.id, settings: .sample(), count: 2)
        try catalogue.setState(.running, of: job.id)
        for index in 0..<2 {
            #expect(try catalogue.job(id: job.id).done == index)
            try catalogue.storeCandidate(
                Pictures.background(), productID: vase.id, settings: job.settings.picture(index), seconds: 1, jobID: job.id)
        }
        #expect(try catalogue.job(id: job.id).state == .done)
        #expect(try catalogue.ownJobs().isEmpty)
        #expect(throws: CatalogueError.unknownJob(job.id)) { try catalogue.setState(.cancelled, of: job.id) }
    }

    @Test("A job of a process that was killed is offered again, at the picture it had come to")
    func killedOwner() throws {
        let job = try catalogue.enqueue(productID: vase.id, settings: .sample(), count: 3)
        try catalogue.storeCandidate(Pictures.background(), productID: vase.id, settings: job.settings, seconds: 1, jobID: job.id)
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/bin/sleep")
        other.arguments = ["600"]
        try other.run()
        try give(job, to: ProcessIdentity(pid: other.processIdentifier))
        #expect(try catalogue.interruptedJobs().isEmpty)
        #expect(try catalogue.adoptInterruptedJobs().isEmpty)
        kill(other.processIdentifier, SIGKILL)
        other.waitUntilExit()
        let interrupted = try catalogue.interruptedJobs()
        #expect(interrupted.map(\.id) == [job.id] && interrupted.first?.done == 1 && interrupted.first?.state == .running)
        let adopted = try catalogue.adoptInterruptedJobs()
        #expect(adopted.map(\.state) == [.queued] && adopted.map(\.done) == [1])
        #expect(try catalogue.interruptedJobs().isEmpty)
        #expect(try catalogue.ownJobs() == adopted)
    }

    @Test("A later process with the same id is not taken for the owner")
    func recycledPid() throws {
        let job = try catalogue.enqueue(productID: vase.id, settings: .sample(), count: 1)
        let current = ProcessIdentity.current
        try give(job, to: ProcessIdentity(boot: current.boot, pid: current.pid, started: current.started &- 1))
        #expect(try catalogue.interruptedJobs().map(\.id) == [job.id])
    }

    @Test("A process on another machine counts as alive as long as its heart beats")
    func otherMachine() throws {
        let job = try catalogue.enqueue(productID: vase.id, settings: .sample(), count: 1)
        let elsewhere = ProcessIdentity(boot: "another machine", pid: 1, started: 1)
        try give(job, to: elsewhere)
        #expect(try catalogue.interruptedJobs().isEmpty)
        try give(job, to: elsewhere, heartbeat: Date().timeIntervalSince1970 - 2 * ProcessIdentity.silence)
        #expect(try catalogue.interruptedJobs().count == 1)
    }

    @Test("Interrupted jobs can be discarded; their pictures stay")
    func discarding() throws {
        let job = try catalogue.enqueue(productID: vase.id, settings: .sample(), count: 3)
        try catalogue.storeCandidate(Pictures.background(), productID: vase.id, settings: job.settings, seconds: 1, jobID: job.id)
        try give(job, to: ProcessIdentity(boot: ProcessIdentity.current.boot, pid: 0, started: 1))
        #expect(try catalogue.discardInterruptedJobs([job.id + 1]).isEmpty)
        #expect(try catalogue.discardInterruptedJobs().map(\.state) == [.cancelled])
        #expect(try catalogue.candidates().count == 1 && catalogue.interruptedJobs().isEmpty)
    }

    @Test("Another process's job cannot be moved")
    func foreignJob() throws {
        let job = try catalogue.enqueue(productID: vase.id, settings: .sample(), count: 1)
        try give(job, to: ProcessIdentity(pid: 1))
        #expect(throws: CatalogueError.unknownJob(job.id)) { try catalogue.setState(.cancelled, of: job.id) }
    }

    @Test("The heart beats once in ten seconds, however often it is asked")
    func heartbeat() {
        let limiter = HeartbeatLimiter()
        #expect([100, 101, 109.9, 110, 111].map { limiter.isDue(now: $0, interval: 10) } == [true, false, false, true, false])
    }

    @Test("A failed job says why")
    func failing() throws {
        let job = try catalogue.enqueue(productID: vase.id, settings: .sample(), count: 1)
        #expect(try catalogue.setState(.failed, of: job.id, message: "no weights").message == "no weights")
        #expect(try catalogue.jobs().map(\.state) == [.failed])
    }

    @Test("Drafts and view state come back, each user with their own view")
    func workingState() throws {
        let draft = ProductDraft(
            productID: vase.id, prompt: "春", negativePrompt: "", steps: 9, guidance: 0.7, seed: .max, sampler: "euler", aspect: .wide,
            count: 4,
            referenceName: "spring", referenceStrength: 0.3)
        try catalogue.saveDrafts([draft])
        try catalogue.setViewState("vase", for: "product")
        let next = try Catalogue(folder: catalogue.folder, user: "aiko")
        #expect(try next.draft(productID: vase.id) == draft && next.contents().drafts == [vase.id: draft])
        #expect(try next.viewState("product") == "vase")
        #expect(try Catalogue(folder: catalogue.folder, user: "ben").viewState("product") == nil)
        try next.setViewState(nil, for: "product")
        #expect(try next.viewState("product") == nil)
    }

    @Test("A higher priority comes first, then the order; a later process finds it so, and what was paused still paused")
    func priorities() throws {
        let jobs = try (0..<4).map { _ in try catalogue.enqueue(productID: vase.id, settings: .sample(), count: 1) }
        try catalogue.setPriority(.high, of: jobs[2].id)
        try catalogue.setPriority(.low, of: jobs[0].id)
        try catalogue.setState(.paused, of: jobs[1].id)
        let order = [jobs[2], jobs[1], jobs[3], jobs[0]].map(\.id)
        #expect(try catalogue.ownJobs().map(\.id) == order)
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/bin/true")
        try other.run()
        other.waitUntilExit()
        let owner = try StableJSON.encode(ProcessIdentity(pid: other.processIdentifier))
        try catalogue.write { try $0.execute(sql: "UPDATE job SET owner = ?", arguments: [owner]) }
        let adopted = try catalogue.adoptInterruptedJobs()
        #expect(adopted.map(\.id) == order)
        #expect(adopted.map(\.priority) == [.high, .normal, .normal, .low])
        #expect(adopted.map(\.state) == [.queued, .paused, .queued, .queued])
        #expect(throws: CatalogueError.unknownJob(999)) { try catalogue.setPriority(.low, of: 999) }
    }

    @Test("A watcher notices what others change, once each time, and not what its own catalogue does")
    func watching() throws {
        let watcher = try catalogue.watchChanges()
        #expect(try !watcher.hasChanged())
        let other = try Catalogue(folder: catalogue.folder, user: "ben")
        _ = try watcher.hasChanged()  // opening may write
        try catalogue.setCategory("<shoes>", of: vase.id)
        #expect(try !watcher.hasChanged())
        try other.setCategory(nil, of: vase.id)
        #expect(try watcher.hasChanged())
        #expect(try !watcher.hasChanged())
        // Between two of its own.
        try catalogue.setCategory("<shoes>", of: vase.id)
        try other.setCategory(nil, of: vase.id)
        try catalogue.setCategory("<shoes>", of: vase.id)
        #expect(try watcher.hasChanged())
        #expect(try !watcher.hasChanged())
    }

    @Test("History says what can be taken back and brought back")
    func history() throws {
        let candidate = try catalogue.storeSample(vase)
        #expect(try catalogue.history() == (false, false))
        try catalogue.decide(candidate.id, .approved)
        #expect(try catalogue.history() == (true, false))
        try catalogue.undo()
        #expect(try catalogue.history() == (false, true))
    }

    @Test("A category of an unknown product is an error")
    func unknownProduct() throws {
        #expect(throws: CatalogueError.unknownProduct("99")) { try catalogue.setCategory("<shoes>", of: 99) }
    }
}
