import Foundation

/// Names one run of one process on one machine, so that another can tell whether it still lives.
struct ProcessIdentity: Codable, Equatable, Sendable {
    /// The kernel's id of this boot, and the process-id namespace (a container has its own).
    let boot: String
    let pid: Int32
    /// Clock ticks between the boot and the process's start: tells a process from a later one with the same id.
    let started: UInt64

    /// A process whose machine cannot be asked counts as dead when its heartbeat is older than this, in seconds.
    /// Six missed beats of ``Catalogue/heartbeatInterval``.
    static let silence: Double = 60

    static let current = ProcessIdentity(pid: getpid())

    /// Whether the process still runs. On another machine only its `heartbeat` (seconds since 1970) can tell.
    func isAlive(heartbeat: Double, now: Double = Date().timeIntervalSince1970) -> Bool {
        guard boot == Self.currentBoot else { return now - heartbeat < Self.silence }
        return Self.startTime(of: pid) == started
    }

    private static let currentBoot: String = {
        let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ProcessInfo.processInfo.hostName
        let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        return boot.trimmingCharacters(in: .whitespacesAndNewlines) + " " + namespace
    }()

    /// Field 22 of /proc/PID/stat (proc(5)); nil where no such process runs, or only its zombie is left.
    private static func startTime(of pid: Int32) -> UInt64? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8), let end = text.lastIndex(of: ")") else {
            return nil
        }
        // The name in field 2 may hold spaces; what follows its closing bracket is field 3 (the state) and on.
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return UInt64(fields[19])
    }
}

extension ProcessIdentity {
    /// The process with this id on this machine.
    init(pid: Int32) {
        self.init(boot: Self.currentBoot, pid: pid, started: Self.startTime(of: pid) ?? 0)
    }
}
