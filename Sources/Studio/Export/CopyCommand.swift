import Foundation

/// The line that fetches an exported set, to be pasted into a terminal at home.
enum CopyCommand {
    /// - Parameter environment: `SSH_CONNECTION` names the address and port by which the designer reached this machine.
    static func line(folder: URL, environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        let user = environment["USER"] ?? environment["LOGNAME"]
        var host = ProcessInfo.processInfo.hostName
        var port = "22"
        // sshd(8): client address, client port, server address, server port.
        if let fields = environment["SSH_CONNECTION"]?.split(separator: " "), fields.count == 4 {
            host = String(fields[2])
            port = String(fields[3])
        }
        if host.contains(":") { host = "[\(host)]" }
        let source = (user.map { "\($0)@" } ?? "") + "\(host):\(folder.path)"
        return "scp -r " + (port == "22" ? "" : "-P \(port) ") + quoted(source) + " ."
    }

    /// A word that a shell takes as it is.
    private static func quoted(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@:/._-")
        if text.unicodeScalars.allSatisfy(plain.contains) { return text }
        return "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
