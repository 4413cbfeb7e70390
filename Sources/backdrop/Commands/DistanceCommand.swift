import ArgumentParser
import Foundation
import Imaging

struct DistanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distance", abstract: "Measure how far two pictures, or two folders of pictures, lie apart.",
        discussion: """
            Two pictures of one size: the first against the second as truth, as PSNR (decibels) and SSIM. Two folders: Fréchet and kernel \
            distance of the two sets by statistics of colour and texture. \(PictureStatistics.caution) The floor is what \
            two halves of the truth's folder are apart: a distance near it is none. Sets below \(SetDistance.fewest) pictures have no distance. Pictures \
            of the same name and size in both folders are compared one by one as well.

            EXAMPLES:
              backdrop distance composite.png truth.png
              backdrop distance candidates references --json
            """)

    @Argument(help: "A picture, or a folder of them.", completion: .file())
    var measured: String
    @Argument(help: "The truth: a picture, or a folder.", completion: .file())
    var truth: String
    @OptionGroup var output: OutputOptions

    func run() throws {
        switch (try Self.isFolder(measured), try Self.isFolder(truth)) {
        case (false, false):
            let likeness = try PictureLikeness(try Self.picture(measured), truth: try Self.picture(truth))
            if output.json { return try Console.json(likeness) }
            Console.result(Self.line(likeness))
        case (true, true): try compareFolders()
        default: throw ValidationError("give two pictures or two folders, not one of each")
        }
    }

    private func compareFolders() throws {
        let (first, second) = (try PictureFolder(measured), try PictureFolder(truth))
        let pairs = try first.pairs(with: second)
        var distance: SetDistance?
        var reason: String?
        do {
            distance = try SetDistance(first.statistics, second.statistics)
        } catch let error as PictureComparisonError where !pairs.isEmpty {
            reason = error.description
        }
        // Every other picture, so that both halves span the set.
        let halves = (0...1).map { rest in second.statistics.enumerated().filter { $0.offset % 2 == rest }.map(\.element) }
        let floor = halves[1].count >= SetDistance.fewest ? try SetDistance(halves[0], halves[1]) : nil
        let record = DistanceRecord(
            extractor: PictureStatistics.extractor, caution: PictureStatistics.caution,
            pictures: [first.statistics.count, second.statistics.count], distance: distance, reason: reason, floor: floor, pairs: pairs)
        if output.json { return try Console.json(record) }
        for line in record.lines { Console.result(line) }
        Console.note(reason ?? PictureStatistics.caution)
    }

    static func line(_ likeness: PictureLikeness) -> String {
        let ratio = likeness.psnr.map { String(format: "PSNR %.2f dB", $0) } ?? "PSNR unbounded (equal)"
        return ratio + String(format: "  SSIM %.4f", likeness.ssim)
    }

    private static func isFolder(_ path: String) throws -> Bool {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw PictureError.unreadable(file: path, reason: "there is no such file or folder")
        }
        return isFolder.boolValue
    }

    fileprivate static func picture(_ path: String) throws -> RasterImage { try Photo.load(URL(fileURLWithPath: path)).image }
}

/// The pictures of a folder and what was measured on them.
private struct PictureFolder {
    let path: String
    let names: [String]
    let statistics: [PictureStatistics]

    /// - Throws: `PictureError` for a PNG or JPEG that cannot be read.
    init(_ path: String) throws {
        self.path = path
        names = try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter {
            !$0.hasPrefix(".") && ["png", "jpg", "jpeg"].contains(($0 as NSString).pathExtension.lowercased())
        }
        statistics = try names.map { PictureStatistics(try DistanceCommand.picture(path + "/" + $0)) }
    }

    /// Pictures that both folders have under one name, where they are of one size.
    func pairs(with truth: PictureFolder) throws -> [DistanceRecord.Pair] {
        let known = Set(truth.names)
        return try names.filter(known.contains).compactMap { name in
            let (picture, other) = (try DistanceCommand.picture(path + "/" + name), try DistanceCommand.picture(truth.path + "/" + name))
            guard picture.width == other.width, picture.height == other.height else { return nil }
            return DistanceRecord.Pair(name: name, likeness: try PictureLikeness(picture, truth: other))
        }
    }
}

/// Two folders' distance as scripts read it. Keys are only ever added.
struct DistanceRecord: Encodable {
    struct Pair: Encodable {
        let name: String
        let likeness: PictureLikeness
    }

    /// What the numbers were taken from; see `PictureStatistics`.
    let extractor: String
    let caution: String
    /// In each folder.
    let pictures: [Int]
    /// Nil for sets too small to have one.
    let distance: SetDistance?
    /// Why there is no distance.
    let reason: String?
    /// The distance between two halves of the truth; nil where those are too small.
    let floor: SetDistance?
    let pairs: [Pair]

    /// The same for people.
    var lines: [String] {
        func words(_ name: String, _ distance: SetDistance) -> String {
            String(format: "%@  Fréchet %.4f  kernel %.5f", name, distance.frechet, distance.kernel)
        }
        return [distance.map { words("distance", $0) }, floor.map { words("floor", $0) }].compactMap { $0 }
            + pairs.map { "\($0.name)  \(DistanceCommand.line($0.likeness))" }
    }
}
