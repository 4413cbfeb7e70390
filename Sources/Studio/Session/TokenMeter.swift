import Diffusion
import Foundation
import Synchronization

/// Counts the tokens of prompts as soon as the model's vocabulary is read, which takes a moment and happens in the background.
final class TokenMeter: Sendable {
    private struct Contents {
        var meter: PromptMeter?
        var last: (prompt: String, count: TokenCount)?
    }

    private let contents = Mutex(Contents())

    /// - Parameter directory: the model's folder; without one nothing is counted. A vocabulary that cannot be read is the loading engine's to report.
    init(directory: URL?, mailbox: Mailbox) {
        guard let directory else { return }
        DispatchQueue.global(qos: .utility).async { [weak self] in
            guard let meter = try? PromptMeter(directory: directory), let self else { return }
            contents.withLock { $0.meter = meter }
            mailbox.post(.promptMeterReady)
        }
    }

    /// The length of a prompt, nil while it can't be known.
    func count(_ prompt: String) -> TokenCount? {
        contents.withLock { contents in
            if let last = contents.last, last.prompt == prompt { return last.count }
            guard let meter = contents.meter else { return nil }
            let count = TokenCount(used: meter.count(prompt), limit: meter.limit)
            contents.last = (prompt, count)
            return count
        }
    }
}
