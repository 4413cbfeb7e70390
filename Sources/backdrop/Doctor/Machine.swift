import Foundation

/// What the processor, memory and libraries are.
enum Machine {
    static func findings() -> [Finding] {
        [processor(), instructions(), memory()] + libraries()
    }

    private static func processor() -> Finding {
        let name = field("model name", of: "/proc/cpuinfo") ?? "an unknown processor"
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return Finding("processor", "\(name), \(cores) \(cores == 1 ? "core" : "cores") for this process")
    }

    /// The sets that oneDNN and our own kernels choose between, slowest first.
    private static let instructionSets = ["sse4_1", "avx", "avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16"]

    private static func instructions() -> Finding {
        let flags = Set((field("flags", of: "/proc/cpuinfo") ?? "").split(separator: " ").map(String.init))
        let present = instructionSets.filter(flags.contains)
        guard flags.contains("avx2") else {
            return Finding(
                "instructions", .warning, present.isEmpty ? "none of the fast ones" : present.joined(separator: ", "),
                advice: "pictures will take long: a processor with AVX2 or AVX-512 is several times faster")
        }
        let used = flags.contains("avx512f") ? "AVX-512" : "AVX2"
        return Finding("instructions", "\(used) is used, the widest there is (\(present.joined(separator: ", ")))")
    }

    private static func memory() -> Finding {
        let free = field("MemAvailable", of: "/proc/meminfo").flatMap { $0.split(separator: " ").first }.flatMap { Int64($0) } ?? 0
        let text = ByteCountFormatter.string(fromByteCount: free * 1024, countStyle: .memory)
        // A 24-megapixel photo with its cutout and composite takes about half of this, the starter model the rest.
        guard free > 2 * 1024 * 1024 else {
            return Finding("memory", .warning, "\(text) free", advice: "close other programs: large photos need about 2 GB")
        }
        return Finding("memory", "\(text) free")
    }

    /// Libraries that come as Debian packages, by the name of their file.
    private static let packages = [
        ("libncursesw", "libncursesw6"), ("libsixel", "libsixel1"), ("libpng16", "libpng16-16"), ("libjpeg", "libjpeg62-turbo"),
        ("libdnnl", "libdnnl2"), ("libsqlite3", "libsqlite3-0"), ("libgomp", "libgomp1"),
    ]

    private static func libraries() -> [Finding] {
        let maps = text(of: "/proc/self/maps") ?? ""
        let loaded = Set(maps.split(separator: "\n").compactMap { $0.split(separator: " ").last.map(String.init) })
        let versions = installedVersions()
        return packages.map { library, package in
            let path = loaded.first { $0.contains("/\(library).so") || $0.contains("/\(library)-") }
            switch (path, versions[package]) {
            case (let path?, let version?): return Finding("library", "\(package) \(version), \(path)")
            case (let path?, nil): return Finding("library", .warning, "\(path) is used, and no Debian package \(package) is installed")
            case (nil, let version): return Finding("library", .warning, "\(package) \(version ?? "is not installed and") is not loaded")
            }
        }
    }

    /// Versions of installed Debian packages, from dpkg's own file: no program has to be started.
    private static func installedVersions() -> [String: String] {
        let status = text(of: "/var/lib/dpkg/status") ?? ""
        let wanted = Set(packages.map(\.1))
        var versions: [String: String] = [:]
        var (name, isInstalled) = ("", false)
        for line in status.split(separator: "\n") {
            if line.hasPrefix("Package: ") { (name, isInstalled) = (String(line.dropFirst(9)), false) }
            if line.hasPrefix("Status: ") { isInstalled = line.hasSuffix(" installed") }
            if line.hasPrefix("Version: "), isInstalled, wanted.contains(name) { versions[name] = String(line.dropFirst(9)) }
        }
        return versions
    }

    /// The value of the first line `name : value` of one of the kernel's files.
    private static func field(_ name: String, of file: String) -> String? {
        guard let text = text(of: file) else { return nil }
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name {
                return parts[1].trimmingCharacters(in: .whitespaces)
            }
        }
        return nil
    }

    /// The kernel's files say that they have no size, so that they must be read to their end.
    private static func text(of file: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.readToEnd() else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
