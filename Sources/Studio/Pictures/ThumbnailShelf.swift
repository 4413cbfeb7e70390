import Catalogue
import Foundation
import Imaging
import Synchronization

/// Small pictures of photos for lists, made in the background by a thread that gives way to everything else, and kept.
///
/// Only what a list shows is wished for: of the wishes the latest are made first, and the oldest are forgotten.
final class ThumbnailShelf: @unchecked Sendable {
    // Sound as `@unchecked Sendable`: everything that changes is only touched with `condition` locked.

    struct Key: Hashable, Sendable {
        let product: ProductID
        let width: Int
        let height: Int
    }

    /// Wishes that are kept: more than a list shows.
    private static let longestQueue = 64
    /// Pictures that are kept: some forty bytes a pixel row of a few thousand list lines.
    private static let most = 4_000

    private let folder: URL
    private let mailbox: Mailbox
    private let condition = NSCondition()
    private var made: [Key: StudioPicture] = [:]
    /// The order in which they were made.
    private var order: [Key] = []
    private var failed: Set<Key> = []
    /// Oldest first, taken from the end.
    private var wishes: [(key: Key, file: URL)] = []
    private var isOver = false
    private var revision = 0
    private var hasThread = false

    init(catalogue: Catalogue, mailbox: Mailbox) {
        folder = catalogue.folder.appendingPathComponent("products", isDirectory: true)
        self.mailbox = mailbox
    }

    /// The thumbnail, where it is made; else nil, and `Event.pictureReady` follows. A photo that cannot be read has none.
    func picture(of product: ProductItem, width: Int, height: Int) -> StudioPicture? {
        let key = Key(product: product.id, width: width, height: height)
        condition.lock()
        defer { condition.unlock() }
        if let there = made[key] { return there }
        guard !isOver, !failed.contains(key) else { return nil }
        wishes.removeAll { $0.key == key }
        wishes.append((key, folder.appendingPathComponent(product.fileName)))
        if wishes.count > Self.longestQueue { wishes.removeFirst() }
        if !hasThread { start() }
        condition.signal()
        return nil
    }

    /// Forgets everything, after files were changed by hand.
    func forgetAll() {
        condition.lock()
        defer { condition.unlock() }
        made = [:]
        order = []
        failed = []
    }

    /// Gives up what nobody has got yet.
    func stop() {
        condition.lock()
        defer { condition.unlock() }
        isOver = true
        wishes = []
        condition.broadcast()
    }

    /// A thread of its own, for niceness belongs to threads.
    private func start() {
        hasThread = true
        let thread = Thread { [weak self] in
            ThreadManners.giveWay()
            while let self, let wish = next() { make(wish.key, from: wish.file) }
        }
        thread.name = "backdrop.thumbnails"
        thread.start()
    }

    private func next() -> (key: Key, file: URL)? {
        condition.lock()
        defer { condition.unlock() }
        while !isOver, wishes.isEmpty { condition.wait() }
        return isOver ? nil : wishes.removeLast()
    }

    private func make(_ key: Key, from file: URL) {
        let image = (try? Photo.load(file)).map { resized($0.image, fitting: key.width, key.height) }
        condition.lock()
        if let image {
            revision += 1
            made[key] = StudioPicture(subject: .thumbnail(key.product), revision: revision, image: image)
            order.append(key)
            if order.count > Self.most { made[order.removeFirst()] = nil }
        } else {
            failed.insert(key)
        }
        let isLast = wishes.isEmpty
        condition.unlock()
        // The list is drawn once for several.
        if image != nil, isLast || revision % 4 == 0 { mailbox.post(.pictureReady(.thumbnail(key.product))) }
    }
}
