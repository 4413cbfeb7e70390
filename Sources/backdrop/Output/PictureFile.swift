import Foundation
import Imaging

/// Pictures that a command writes where it was told to.
enum PictureFile {
    /// - Throws: `PictureError.notWritten`, naming the file.
    static func write(_ data: Data, to path: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            let reason = underlying.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
            throw PictureError.notWritten(file: path, reason: reason)
        }
    }
}
