import Foundation
import Testing

@testable import Studio

@Suite("The mailbox wakes its reader and keeps only what still counts")
struct MailboxTests {
    @Test("Of the previews of one picture only the newest waits, and other events keep their order")
    func latestPreviewWins() throws {
        let mailbox = try Mailbox()
        let key = CandidateKey.coming(1, index: 0)
        mailbox.post(.jobStarted(1))
        for step in 1...5 {
            mailbox.post(.step(StepReport(job: 1, index: 0, step: step, count: 5, secondsPerStep: 1)))
            mailbox.post(.preview(key, step: step))
        }
        mailbox.post(.preview(.coming(2, index: 0), step: 1))
        mailbox.post(.jobFinished(1))
        let events = mailbox.takeAll()
        #expect(events.count == 5)
        #expect(events.compactMap { if case .preview(let key, let step) = $0 { "\(key) \(step)" } else { nil } }.count == 2)
        guard case .jobStarted = events[0], case .step(let report) = events[1], case .preview(key, 5) = events[2],
            case .jobFinished = events[4]
        else {
            Issue.record("unexpected order: \(events)")
            return
        }
        #expect(report.step == 5)
    }

    @Test("The descriptor is readable exactly while something waits")
    func descriptor() throws {
        let mailbox = try Mailbox()
        #expect(!mailbox.wait(seconds: 0))
        for _ in 0..<100_000 { mailbox.post(.jobStarted(1)) }
        #expect(mailbox.wait(seconds: 0))
        #expect(mailbox.takeAll().count == 100_000)
        #expect(!mailbox.wait(seconds: 0))
        mailbox.post(.interrupted)
        #expect(mailbox.wait(seconds: 0))
    }

    @Test("A reader that sleeps is woken from another thread")
    func wakesSleeper() throws {
        let mailbox = try Mailbox()
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { mailbox.post(.interrupted) }
        let started = Date()
        #expect(mailbox.wait(seconds: 5))
        #expect(Date().timeIntervalSince(started) < 2)
    }
}
