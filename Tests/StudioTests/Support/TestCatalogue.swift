import Catalogue
import Foundation
import Imaging
import Testing

@testable import Studio

/// A project folder of its own in the temporary folder, removed when the tests are over.
struct TestCatalogue {
    let folder: URL

    /// - Parameter products: names of products to put into `products/`: a block cut out on nothing, each a little higher than the last.
    init(products: [String] = ["mug", "vase"]) throws {
        folder = TemporaryFolders.new()
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("products"), withIntermediateDirectories: true)
        for (index, name) in products.enumerated() { try Self.photo(height: 72 + index).write(to: photo(name)) }
    }

    func photo(_ name: String) -> URL { folder.appendingPathComponent("products/\(name).png") }

    /// A PNG with alpha: an opaque block with a colour gradient in the middle of nothing.
    static func photo(width: Int = 96, height: Int = 72) throws -> Data {
        try PNGCodec.encode(block(width: width, height: height))
    }

    static func block(width: Int = 96, height: Int = 72) -> RasterImage {
        var image = RasterImage(width: width, height: height)
        for y in (height / 4)..<(height * 3 / 4) {
            for x in (width / 4)..<(width * 3 / 4) { image[x, y] = RGBA(200, UInt8(x % 256), UInt8(y % 256)) }
        }
        return image
    }

    /// A session on the folder, its photos taken in already.
    func session(_ engine: Engine = .test(), user: String = "anna") throws -> StudioSession {
        try session(.success(engine), user: user)
    }

    /// - Parameter isInteractive: whether somebody sits before it.
    func session(_ engine: Result<Engine, any Error>, user: String = "anna", isInteractive: Bool = false) throws -> StudioSession {
        let session = try StudioSession(folder: folder, options: .init(user: user, isInteractive: isInteractive), engine: engine)
        session.runUntilIdle()
        return session
    }
}

extension StudioSession {
    /// Generates for the selected product with a fixed seed, and waits for the end.
    func paint(prompt: String = "on stone", seed: UInt64 = 7, count: Int = 2) {
        describe(prompt: prompt, seed: seed, count: count)
        perform(.generate(.selected))
        runUntilIdle()
    }

    /// Sets up a generation for the selected product.
    func describe(prompt: String, seed: UInt64 = 7, count: Int) {
        perform(.setPrompt(prompt))
        perform(.setParameter(.seed(.fixed(seed))))
        perform(.setParameter(.candidateCount(count)))
    }

    /// Takes events until something is so.
    /// - Returns: the events, or nil when `seconds` went by first.
    @discardableResult
    func wait(
        seconds: Double = 60, until isSo: (StudioState) -> Bool, taking take: (Event) -> Void = { _ in }
    ) -> [Event]? {
        let end = Date(timeIntervalSinceNow: seconds)
        var events: [Event] = []
        while true {
            let news = drain()
            news.forEach(take)
            events += news
            if isSo(state) { return events }
            if Date() > end { return nil }
            _ = mailbox.wait(seconds: 0.02)
        }
    }

    /// Takes events until one is of a kind.
    /// - Returns: false when `seconds` went by first.
    func hears(seconds: Double = 60, _ isIt: (Event) -> Bool) -> Bool {
        let end = Date(timeIntervalSinceNow: seconds)
        while Date() < end {
            if drain().contains(where: isIt) { return true }
            _ = mailbox.wait(seconds: 0.02)
        }
        return false
    }

    /// The file of a stored candidate of the selected product.
    func file(of number: Int) throws -> Data {
        let product = try #require(state.selectedProduct)
        return try Data(contentsOf: catalogue.folder.appendingPathComponent("candidates/\(product.name)/\(number).png"))
    }
}

/// The folders that this process made, which it removes when it ends.
enum TemporaryFolders {
    private static let root: URL = {
        atexit { try? FileManager.default.removeItem(at: TemporaryFolders.root) }
        return FileManager.default.temporaryDirectory.appendingPathComponent("studio-tests-\(getpid())", isDirectory: true)
    }()

    static func new() -> URL {
        root.appendingPathComponent(UUID().uuidString, isDirectory: true)
    }
}
