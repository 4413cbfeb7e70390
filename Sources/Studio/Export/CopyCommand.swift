import Foundation

/// The lines that fetch an exported set, to be pasted into a terminal at home.
enum CopyCommand {
    /// - Parameter environment: `SSH_CONNECTION` names the address and port by which the designer reached this machine.
    static func line(folder: URL, environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        let (source, port) = source(of: folder, environment: environment)
        return "scp -r " + (port == "22" ? "" : "-P \(port) ") + quoted(source) + " ."
    }

    /// The same by rsync, which fetches only what is new and goes on where a lost line stopped it.
    static func synchronisingLine(folder: URL, environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        let (source, port) = source(of: folder, environment: environment)
        return "rsync -avP " + (port == "22" ? "" : "-e 'ssh -p \(port)' ") + quoted(source) + " ."
    }

    /// The folder as both programs name it, and the port.
    private static func source(of folder: URL, environment: [String: String]) -> (path: String, port: String) {
        let user = environment["USER"] ?? environment["LOGNAME"]
        var host = ProcessInfo.processInfo.hostName
        var port = "22"
        // sshd(8): client address, client port, server address, server port.
        if let fields = environment["SSH_CONNECTION"]?.split(separator: " "), fields.count == 4 {
            host = String(fields[2])
            port = String(fields[3])
        }
        if host.contains(":") { host = "[\(host)]" }
        return ((user.map { "\($0)@" } ?? "") + "\(host):\(folder.path)", port)
    }

    /// A word that a shell takes as it is.
    private static func quoted(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@:/._-")
        if text.unicodeScalars.allSatisfy(plain.contains) { return text }
        return "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
