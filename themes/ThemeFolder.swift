import Foundation

/// Where the themes that come with Backdrop lie at run time.
public enum ThemeFolder {
    /// The folder of `*.theme` files beside the executable; `nil` where the executable was moved away from its resources.
    ///
    /// `Bundle.module` would end the program in that case, and a missing theme is no reason for that.
    public static var bundled: URL? {
        var places = [Bundle.main.bundleURL]
        if let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            places.append(URL(fileURLWithPath: executable).deletingLastPathComponent())
        }
        for place in places {
            let folder = place.appendingPathComponent("Backdrop_Themes.resources")
            if FileManager.default.fileExists(atPath: folder.appendingPathComponent("dark.theme").path) { return folder }
        }
        return nil
    }
}
