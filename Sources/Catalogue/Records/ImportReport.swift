import Foundation

/// What became of the files that were offered to the catalogue.
public struct ImportReport: Sendable, Equatable {
    /// A file whose very bytes the catalogue has already.
    public struct Duplicate: Sendable, Equatable {
        /// The file that was offered, safe to show.
        public let file: String
        /// The name of the product or reference that it equals.
        public let of: String
    }

    /// A file that was not taken in.
    public struct Problem: Sendable, Equatable {
        /// The file, safe to show.
        public let file: String
        /// One line that names the file, says what is wrong and what to do.
        public let message: String
    }

    /// New products, in the order in which they were taken in.
    public internal(set) var products: [Product] = []
    /// New reference pictures, in the order in which they were taken in.
    public internal(set) var references: [Reference] = []
    public internal(set) var duplicates: [Duplicate] = []
    /// Names of products and references whose file in the project folder was replaced or renamed by hand, and which followed it.
    public internal(set) var changed: [String] = []
    /// Names of products and references whose file is gone from the project folder.
    public internal(set) var missing: [String] = []
    /// Files that are not called like a PNG or JPEG, and were left alone.
    public internal(set) var ignored: [String] = []
    public internal(set) var problems: [Problem] = []
    /// Ended before the last file, because the caller said so or nothing more could be written.
    public internal(set) var stopped = false

    public init() {}

    /// Nothing new and nothing to say.
    public var isEmpty: Bool { self == ImportReport() }

    mutating func add(_ error: any Error, file: String) {
        let file = SafeName.displayable(file)
        let text = SafeName.displayable("\(error)".replacingOccurrences(of: "\n", with: " "))
        problems.append(Problem(file: file, message: text.contains(file) ? text : "\(file): \(text)"))
    }
}
