import Foundation

/// Where a user keeps settings, keys, themes and presets of their own.
public enum Configuration {
    /// `$XDG_CONFIG_HOME/backdrop`, else `~/.config/backdrop`; nil without a home. It need not exist.
    public static func folder(environment: [String: String] = ProcessInfo.processInfo.environment) -> URL? {
        if let configuration = environment["XDG_CONFIG_HOME"], configuration.hasPrefix("/") {
            return URL(fileURLWithPath: configuration, isDirectory: true).appendingPathComponent("backdrop")
        }
        return environment["HOME"].map { URL(fileURLWithPath: $0, isDirectory: true).appendingPathComponent(".config/backdrop") }
    }
}
