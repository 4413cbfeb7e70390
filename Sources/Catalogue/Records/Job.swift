import Foundation
import GRDB

/// A batch of pictures to generate. The queue is in the database, so that it outlives the process that works on it.
public struct Job: Codable, Sendable, Equatable, Identifiable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case queued, running, paused, done, cancelled, failed

        /// There is still something to do.
        public var isUnfinished: Bool { self == .queued || self == .running || self == .paused }
    }

    public let id: Int64
    public let productID: Int64
    /// Of the first picture; the i-th has ``GenerationSettings/picture(_:)`` of i.
    public let settings: GenerationSettings
    /// Pictures asked for.
    public let count: Int
    /// Pictures stored. The next one to paint is number `done` from 0.
    public let done: Int
    public let state: State
    /// Why it failed, or nil.
    public let message: String?
    public let createdAt: Date

    init(row: Row) throws {
        id = row["id"]
        productID = row["productID"]
        settings = try StableJSON.decode(GenerationSettings.self, from: row["settings"])
        count = row["count"]
        done = row["done"]
        state = State(rawValue: row["state"]) ?? .failed
        message = row["message"]
        createdAt = row["createdAt"]
    }
}
